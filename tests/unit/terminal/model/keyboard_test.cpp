#include "terminal/model/keyboard.h"

#include <boost/test/unit_test.hpp>

namespace {

using terminal::Action;
using terminal::Bytes;
using terminal::Lock;

struct Terminal {
    terminal::Screen screen{{24, 80}, {24, 80}};
    terminal::DataStream stream{screen, {}};
    std::vector<Bytes> sent;
    terminal::Keyboard keyboard{screen, stream, [this](const Bytes& b) { sent.push_back(b); }};

    // A field of four between protected ones, the cursor in it.
    Terminal() {
        stream.receive(
            Bytes{0xF5, 0xC2, 0x1D, 0x40, 0x13, 0xC1, 0xC2, 0x00, 0x00, 0x1D, 0xF0, 0xC3});
        keyboard.connect();
        keyboard.restore();
    }
    bool type(u8 code) { return keyboard.press({Action::Character, code}); }
    bool press(Action action, u8 code = 0) { return keyboard.press({action, code}); }
    void play_waiting() {
        keyboard.play_waiting([this](const terminal::Key& key) { keyboard.press(key); });
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(keyboard, Terminal)

BOOST_AUTO_TEST_CASE(typing_modifies_the_field_and_moves_on) {
    BOOST_TEST(type(0xC9));
    BOOST_TEST(screen.at(1).code == 0xC9);
    BOOST_TEST((screen.at(0).attribute & 1) == 1);
    BOOST_TEST(screen.cursor() == 2u);
}

BOOST_AUTO_TEST_CASE(a_full_field_locks_before_anything_moves) {
    press(Action::ToggleInsert);
    BOOST_TEST(type(0xF1));
    BOOST_TEST(type(0xF2));
    BOOST_TEST(!type(0xF3));
    BOOST_TEST((keyboard.lock() == Lock::Overflow));
    BOOST_TEST(screen.at(4).code == 0xC2);
    press(Action::Reset);
    BOOST_TEST((keyboard.lock() == Lock::None));
    BOOST_TEST(!keyboard.insert());
}

BOOST_AUTO_TEST_CASE(a_protected_field_is_refused_and_a_tab_is_answer_enough) {
    screen.move_cursor(6);
    BOOST_TEST(!type(0xC1));
    BOOST_TEST((keyboard.lock() == Lock::Protected));
    BOOST_TEST(press(Action::Tab));
    BOOST_TEST(screen.cursor() == 1u);
}

BOOST_AUTO_TEST_CASE(keys_pressed_while_the_host_has_the_keyboard_are_played_later) {
    press(Action::Attention, 0x7D);
    BOOST_TEST((keyboard.lock() == Lock::System));
    BOOST_TEST(!type(0xC9));
    BOOST_TEST(screen.at(1).code == 0xC1);
    keyboard.restore();
    play_waiting();
    BOOST_TEST(screen.at(1).code == 0xC9);
    BOOST_TEST(sent.size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_was_typed_ahead_is_played_past_a_key_that_is_refused) {
    press(Action::Attention, 0x7D);
    press(Action::MoveCursor); // to the field's attribute
    type(0xC8);
    press(Action::Right);
    type(0xC9);
    press(Action::Attention, 0x7D);
    type(0xD1);
    keyboard.restore();
    play_waiting();
    BOOST_TEST(screen.at(1).code == 0xC9);
    BOOST_TEST(sent.size() == 2u);
    BOOST_TEST(keyboard.waiting() == 1u);
}

BOOST_AUTO_TEST_CASE(reset_forgets_what_was_typed_ahead) {
    press(Action::Attention, 0x7D);
    type(0xC9);
    press(Action::Reset);
    keyboard.restore();
    play_waiting();
    BOOST_TEST(screen.at(1).code == 0xC1);
}

BOOST_AUTO_TEST_CASE(a_second_reset_takes_the_keyboard_from_the_host) {
    press(Action::Attention, 0x7D);
    type(0xC9);
    press(Action::Reset);
    BOOST_TEST((keyboard.lock() == Lock::System));
    press(Action::Reset);
    BOOST_TEST((keyboard.lock() == Lock::None));
}

BOOST_AUTO_TEST_CASE(a_blank_at_the_end_gives_way_to_an_insertion) {
    screen.at(3).code = 0xC3;
    screen.at(4).code = 0x40;
    press(Action::ToggleInsert);
    BOOST_TEST(type(0xF1));
    BOOST_TEST(screen.at(4).code == 0xC3);
    BOOST_TEST(!type(0xF2));
}

BOOST_AUTO_TEST_CASE(the_host_ends_insertion_when_it_restores_the_keyboard) {
    press(Action::Insert);
    press(Action::Insert);
    BOOST_TEST(keyboard.insert());
    keyboard.restore();
    BOOST_TEST(!keyboard.insert());
}

BOOST_AUTO_TEST_CASE(words_are_gone_to_and_deleted) {
    screen.at(2).code = 0x40;
    screen.at(3).code = 0xC2;
    screen.move_cursor(1);
    press(Action::NextWord);
    BOOST_TEST(screen.cursor() == 3u);
    press(Action::PreviousWord);
    BOOST_TEST(screen.cursor() == 1u);
    screen.move_cursor(4);
    press(Action::DeleteWord);
    BOOST_TEST(screen.cursor() == 3u);
    BOOST_TEST(screen.at(3).code == 0);
    press(Action::DeleteField);
    BOOST_TEST(screen.cursor() == 1u);
    BOOST_TEST(screen.at(1).code == 0);
    BOOST_TEST((screen.at(0).attribute & 1) == 1);
}

// What was typed over a shift-out wrote over the only field: the screen still counts as
// formatted, and no search ends at a field.
BOOST_AUTO_TEST_CASE(keys_for_words_end_without_a_field) {
    stream.receive(Bytes{0xF5, 0xC2, 0x1D, 0x40, 0x11, 0x5D, 0x7F, 0x0E});
    screen.move_cursor(1919);
    type(0xC1);
    BOOST_TEST(screen.formatted());
    BOOST_TEST(!screen.field_of(0).has_value());
    u32 const there = screen.cursor();
    press(Action::NextWord);
    press(Action::DeleteWord);
    for (u32 at = 0; at < 1920; ++at) screen.put(at, 0xC1, false, {});
    press(Action::NextWord);
    press(Action::PreviousWord);
    press(Action::DeleteWord);
    BOOST_TEST(screen.cursor() == there);
}

BOOST_AUTO_TEST_CASE(back_space_moves_and_is_no_answer_to_a_mistake) {
    screen.move_cursor(6);
    press(Action::BackSpace);
    BOOST_TEST(screen.cursor() == 5u);
    type(0xC1);
    BOOST_TEST(!press(Action::BackSpace));
    BOOST_TEST((keyboard.lock() == Lock::Protected));
    BOOST_TEST(press(Action::DeleteWord) == false);
    BOOST_TEST(press(Action::Left2));
    BOOST_TEST(screen.cursor() == 3u);
}

BOOST_AUTO_TEST_CASE(numeric_lock_refuses_letters_where_it_is_used) {
    screen.at(0).attribute = 0x10;
    BOOST_TEST(type(0xC1));
    keyboard.use_numeric_lock(true);
    BOOST_TEST(!type(0xC1));
    BOOST_TEST((keyboard.lock() == Lock::Numeric));
}

BOOST_AUTO_TEST_CASE(clear_sends_only_its_name) {
    press(Action::Attention, 0x6D);
    BOOST_TEST(sent.at(0) == Bytes{0x6D}, boost::test_tools::per_element());
    BOOST_TEST(!screen.formatted());
}

BOOST_AUTO_TEST_SUITE_END()
