#include "cp/base/free_storage.h"
#include "s370/machine/storage.h"
#include "tests/fakes/cp/io/display_3270.h"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace cp;
namespace aid = s370::ds3270::aid;
using Kind = Screen::Event::Kind;

namespace {

// A screen and the display it is sent to.
struct Fixture {
    Screen screen;
    fakes::Display3270 display;
    u8 stream[Screen::largest_stream];
    u32 streams = 0;

    explicit Fixture(u32 rows = 24, u32 columns = 80) : display(rows, columns) {
        screen.open({static_cast<u8>(rows), static_cast<u8>(columns), rows * columns != 24 * 80});
        send();
    }
    void send() {
        for (;;) {
            Screen::Outbound const out = screen.compose(stream);
            if (out.length == 0) return;
            ++streams;
            BOOST_REQUIRE(display.outbound(out.command, {stream, out.length}));
        }
    }
    bool append(const std::string& text) {
        auto const bytes = fakes::to_ebcdic(text);
        bool const taken = screen.append({bytes.data(), bytes.size()});
        send();
        return taken;
    }
    void fill() {
        for (u32 i = 0; i < screen.output_rows(); ++i) append("line " + std::to_string(i));
    }
    Screen::Event press(u8 key) {
        Screen::Event const event = screen.receive(display.press(key));
        send();
        return event;
    }
    Screen::Event enter(const std::string& text) {
        Screen::Event const event = screen.receive(display.enter(text));
        send();
        return event;
    }
    void read(ReadMode mode) {
        screen.begin_read(mode);
        send();
    }
    void expire() {
        screen.expired();
        send();
    }
};

std::string ascii(Text text) { return fakes::to_ascii(text); }

} // namespace

BOOST_AUTO_TEST_SUITE(screen)

BOOST_AUTO_TEST_CASE(an_opened_screen_is_empty_and_its_keyboard_free) {
    Fixture f;
    BOOST_TEST(!f.display.locked());
    BOOST_TEST(f.display.screen() == std::string(24, '\n'));
    BOOST_TEST(f.display.cursor() == 22u * 80 + 1);
    BOOST_TEST(f.streams == 1u);
}

BOOST_AUTO_TEST_CASE(a_line_of_full_width_is_shown_whole) {
    Fixture f;
    f.append(std::string(80, 'x'));
    f.append("next");
    BOOST_TEST(f.display.row(0) == std::string(80, 'x'));
    BOOST_TEST(f.display.row(1) == "next");
}

BOOST_AUTO_TEST_CASE(lines_appended_together_go_with_one_stream) {
    Fixture f;
    f.screen.append("one"_e);
    f.screen.append("two"_e);
    f.screen.append("three"_e);
    f.send();
    BOOST_TEST(f.streams == 2u);
    BOOST_TEST(f.display.row(2) == "three");
}

BOOST_AUTO_TEST_CASE(the_status_area_tells_who_reads) {
    Fixture f;
    f.read(ReadMode::Cp);
    BOOST_TEST(f.display.status() == "CP READ");
    f.screen.end_read();
    f.read(ReadMode::Virtual);
    BOOST_TEST(f.display.status() == "VM READ");
    f.screen.end_read();
    f.screen.show(Activity::Running);
    f.send();
    BOOST_TEST(f.display.status() == "RUNNING");
    f.screen.show(Activity::None);
    f.send();
    BOOST_TEST(f.display.status() == "");
}

BOOST_AUTO_TEST_CASE(what_is_typed_is_the_line_and_is_shown_above) {
    Fixture f;
    f.read(ReadMode::Cp);
    Screen::Event const event = f.enter("query time");
    BOOST_TEST((event.kind == Kind::Line));
    BOOST_TEST(ascii(event.line) == "query time");
    f.screen.end_read();
    f.screen.accept(event.line, true);
    f.send();
    BOOST_TEST(f.display.row(0) == "query time");
    BOOST_TEST(f.display.unprotected() == "");
    BOOST_TEST(!f.display.locked());
    BOOST_TEST(f.display.cursor() == 22u * 80 + 1);
}

BOOST_AUTO_TEST_CASE(the_input_field_takes_132_characters_and_no_more) {
    Fixture f;
    f.read(ReadMode::Virtual);
    Screen::Event const event = f.enter(std::string(200, 'a'));
    BOOST_TEST(ascii(event.line) == std::string(132, 'a'));
    f.screen.accept(event.line, true);
    f.send();
    BOOST_TEST(f.display.row(0) == std::string(80, 'a'));
    BOOST_TEST(f.display.row(1) == std::string(52, 'a'));
}

BOOST_AUTO_TEST_CASE(a_password_is_neither_shown_while_typed_nor_afterwards) {
    Fixture f;
    f.read(ReadMode::Password);
    BOOST_TEST(f.display.hidden(22 * 80 + 1));
    Screen::Event const event = f.enter("secret");
    BOOST_TEST(ascii(event.line) == "secret");
    BOOST_TEST(!f.display.shows("secret"));
    f.screen.end_read();
    f.screen.accept(event.line, false);
    f.send();
    BOOST_TEST(!f.display.hidden(22 * 80 + 1));
    BOOST_TEST(!f.display.shows("secret"));
}

BOOST_AUTO_TEST_CASE(a_password_read_that_is_given_up_leaves_nothing_to_see) {
    Fixture f;
    f.read(ReadMode::Password);
    f.display.type("secret");
    BOOST_TEST((f.press(aid::pa1).kind == Kind::Attention));
    f.screen.end_read();
    f.send();
    BOOST_TEST(!f.display.hidden(22 * 80 + 1));
    BOOST_TEST(!f.display.shows("secret"));
}

BOOST_AUTO_TEST_CASE(output_leaves_what_is_being_typed_alone) {
    Fixture f;
    f.read(ReadMode::Cp);
    f.display.type("half a");
    u32 const cursor = f.display.cursor();
    f.append("a message");
    BOOST_TEST(f.display.unprotected() == "half a");
    BOOST_TEST(f.display.cursor() == cursor);
    BOOST_TEST(ascii(f.enter(" line").line) == "half a line");
}

BOOST_AUTO_TEST_CASE(a_full_screen_asks_for_more_only_when_there_is_more) {
    Fixture f;
    f.screen.show(Activity::Running);
    f.fill();
    BOOST_TEST(f.display.status() == "RUNNING");
    BOOST_TEST(!f.append("one too many"));
    BOOST_TEST(f.display.status() == "MORE...");
    BOOST_TEST(f.screen.timeout().count == 50'000'000u);
}

BOOST_AUTO_TEST_CASE(more_sounds_the_alarm_after_50_seconds_and_clears_10_later) {
    Fixture f;
    f.fill();
    f.append("x");
    f.expire();
    BOOST_TEST(f.display.alarms() == 1u);
    BOOST_TEST(f.display.status() == "MORE...");
    BOOST_TEST(f.screen.timeout().count == 10'000'000u);
    f.expire();
    BOOST_TEST(f.display.row(0) == "");
    BOOST_TEST(f.display.row(21) == "");
    BOOST_TEST(f.screen.timeout().count == 0u);
    BOOST_TEST(f.append("x"));
    BOOST_TEST(f.display.row(0) == "x");
}

BOOST_AUTO_TEST_CASE(enter_holds_a_full_screen_until_pa2) {
    Fixture f;
    f.fill();
    f.append("x");
    BOOST_TEST((f.press(aid::enter).kind == Kind::Nothing));
    BOOST_TEST(f.display.status() == "HOLDING");
    BOOST_TEST(f.screen.timeout().count == 0u);
    BOOST_TEST(!f.display.locked());
    f.press(aid::enter);
    BOOST_TEST(f.display.status() == "HOLDING");
    f.press(aid::pa2);
    BOOST_TEST(f.display.row(0) == "");
    BOOST_TEST(f.screen.room());
}

BOOST_AUTO_TEST_CASE(clear_paints_the_empty_screen_anew) {
    Fixture f;
    f.read(ReadMode::Cp);
    f.fill();
    f.append("x");
    f.press(aid::clear);
    BOOST_TEST(f.display.row(0) == "");
    BOOST_TEST(f.display.status() == "CP READ");
    BOOST_TEST(!f.display.locked());
    BOOST_TEST(ascii(f.enter("again").line) == "again");
}

BOOST_AUTO_TEST_CASE(typing_at_more_is_kept_for_later) {
    Fixture f;
    f.read(ReadMode::Cp);
    f.fill();
    f.append("x");
    f.enter("q t");
    BOOST_TEST(f.display.status() == "HOLDING");
    f.press(aid::pa2);
    BOOST_TEST(f.display.status() == "CP READ");
    BOOST_TEST(ascii(f.enter("").line) == "q t");
}

BOOST_AUTO_TEST_CASE(input_without_room_for_its_echo_is_shown_first_when_there_is_room) {
    Fixture f;
    f.read(ReadMode::Cp);
    f.fill();
    Screen::Event const event = f.enter("q names");
    BOOST_TEST((event.kind == Kind::Line));
    f.screen.end_read();
    f.screen.accept(event.line, true);
    f.send();
    BOOST_TEST(f.display.status() == "MORE...");
    BOOST_TEST(!f.append("the answer"));
    f.press(aid::pa2);
    BOOST_TEST(f.display.row(0) == "q names");
    f.append("the answer");
    BOOST_TEST(f.display.row(1) == "the answer");
}

BOOST_AUTO_TEST_CASE(refused_input_stays_and_the_keyboard_is_locked_for_3_seconds) {
    Fixture f;
    f.screen.show(Activity::Running);
    f.send();
    f.screen.receive(f.display.enter("too fast"));
    f.screen.refuse();
    f.send();
    BOOST_TEST(f.display.status() == "NOT ACCEPTED");
    BOOST_TEST(f.display.locked());
    BOOST_TEST(f.screen.timeout().count == 3'000'000u);
    f.expire();
    BOOST_TEST(f.display.status() == "RUNNING");
    BOOST_TEST(!f.display.locked());
    BOOST_TEST(ascii(f.enter("").line) == "too fast");
}

BOOST_AUTO_TEST_CASE(a_logo_vanishes_with_the_first_line) {
    Fixture f;
    f.append("LOGO");
    f.screen.clear_at_input();
    f.read(ReadMode::Cp);
    Screen::Event const event = f.enter("logon me");
    f.screen.accept(event.line, true);
    f.send();
    BOOST_TEST(f.display.row(0) == "logon me");
    BOOST_TEST(!f.display.shows("LOGO"));
}

BOOST_AUTO_TEST_CASE(function_keys_are_told_by_number) {
    Fixture f;
    BOOST_TEST(f.press(aid::pf1).function_key == 1u);
    BOOST_TEST(f.press(aid::pf10).function_key == 10u);
    BOOST_TEST(f.press(aid::pf13).function_key == 13u);
    BOOST_TEST(f.press(0x4C).function_key == 24u);
}

BOOST_AUTO_TEST_CASE(a_line_goes_on_where_the_last_one_ended) {
    Fixture f;
    f.append("prompt");
    f.screen.append(": answer"_e, true);
    f.send();
    BOOST_TEST(f.display.row(0) == "prompt: answer");
}

BOOST_AUTO_TEST_CASE(control_characters_of_a_guest_are_blanks) {
    Fixture f;
    u8 const text[] = {0xC1, 0x11, 0x00, 0x1D, 0xFF, 0xC2};
    f.screen.append({text, sizeof text});
    f.send();
    BOOST_TEST(f.display.row(0) == "A    B");
}

BOOST_AUTO_TEST_CASE(text_is_placed_at_a_line_over_what_is_there) {
    Fixture f;
    f.append("first line");
    f.screen.place(0, "FI"_e);
    f.screen.place(20, "near the end"_e);
    f.send();
    BOOST_TEST(f.display.row(0) == "FIrst line");
    BOOST_TEST(f.display.row(20) == "near the end");
    f.screen.place(22, "outside"_e);
    f.screen.place(21, Text());
    f.send();
    BOOST_TEST(!f.display.shows("outside"));
}

BOOST_AUTO_TEST_CASE(every_model_has_its_own_rows_and_columns) {
    for (s370::ds3270::Model const& model : s370::ds3270::models) {
        Fixture f(model.rows, model.columns);
        f.read(ReadMode::Virtual);
        BOOST_TEST(f.display.rows() == model.rows);
        f.fill();
        BOOST_TEST(f.display.row(model.rows - 3u) == "line " + std::to_string(model.rows - 3));
        BOOST_TEST(f.display.status() == "VM READ");
        BOOST_TEST(ascii(f.enter(std::string(140, 'z')).line) == std::string(132, 'z'));
    }
}

BOOST_AUTO_TEST_CASE(the_size_is_learnt_from_the_query_reply) {
    for (s370::ds3270::Model const& model : s370::ds3270::models) {
        fakes::Display3270 const display(model.rows, model.columns);
        ScreenSize const size = screen_size(display.query_reply());
        BOOST_TEST(size.rows == model.rows);
        BOOST_TEST(size.columns == model.columns);
        BOOST_TEST(size.alternate == (model.number != 2));
    }
}

BOOST_AUTO_TEST_CASE(a_dynamic_display_has_the_size_that_it_tells) {
    fakes::Display3270 const display(62, 160);
    BOOST_TEST((screen_size(display.query_reply()) == ScreenSize{62, 160, true}));
}

BOOST_AUTO_TEST_CASE(a_size_out_of_reach_is_taken_for_model_2) {
    for (auto [rows, columns] : {std::pair{24, 300}, {300, 80}, {204, 81}, {12, 80}, {24, 40}}) {
        fakes::Display3270 const display(static_cast<u32>(rows), static_cast<u32>(columns));
        BOOST_TEST((screen_size(display.query_reply()) == ScreenSize{}));
    }
}

// Larger than 12-bit addresses reach, and than one stream holds.
BOOST_AUTO_TEST_CASE(all_of_a_dynamic_display_is_used) {
    free_storage::initialize(machine::real(0x10000), 0x40000);
    Fixture f(62, 160);
    f.read(ReadMode::Virtual);
    std::string const rest(150, '*');
    for (u32 i = 0; i < 60; ++i)
        BOOST_TEST(f.append("line " + std::to_string(i) + rest.substr(std::to_string(i).size())));
    BOOST_TEST(!f.append("one too many"));
    for (u32 i = 0; i < 60; ++i)
        BOOST_TEST(f.display.row(i) ==
                   "line " + std::to_string(i) + rest.substr(std::to_string(i).size()));
    BOOST_TEST(f.display.status() == "MORE...");
    f.press(aid::clear);
    BOOST_TEST(ascii(f.enter("typed").line) == "typed");
    f.screen.open({62, 160, true}); // the next user's
    f.send();
    BOOST_TEST(f.display.row(0) == "");
}

BOOST_AUTO_TEST_CASE(without_storage_a_dynamic_display_is_used_as_model_2) {
    free_storage::initialize(nullptr, 0);
    free_storage::grow_from(
        {[](u32) { return static_cast<u8*>(nullptr); }, [](u8*, u32) { return false; }});
    Screen screen;
    screen.open({62, 160, true});
    BOOST_TEST((screen.size() == ScreenSize{}));
}

BOOST_AUTO_TEST_CASE(damaged_query_replies_are_read_no_further_than_they_go) {
    std::mt19937 random(370);
    std::vector<u8> const good = fakes::Display3270(43, 80).query_reply();
    for (u32 i = 0; i < 20'000; ++i) {
        std::vector<u8> reply = good;
        reply.resize(random() % (reply.size() + 1));
        for (u32 n = random() % 4; n > 0 && !reply.empty(); --n)
            reply[random() % reply.size()] = static_cast<u8>(random());
        ScreenSize const size = screen_size(reply);
        BOOST_TEST_REQUIRE(size.cells() <= 1 << 14);
    }
}

BOOST_AUTO_TEST_CASE(any_inbound_bytes_at_all_do_no_harm) {
    std::mt19937 random(3270);
    constexpr u8 likely[] = {0x7D, 0x6D, 0x6C, 0x6E, 0xF1, 0x11, 0x1D, 0x00, 0xFF, 0x88, 0x60};
    Fixture f;
    f.read(ReadMode::Virtual);
    for (u32 i = 0; i < 20'000; ++i) {
        std::vector<u8> inbound(random() % 24);
        for (u8& byte : inbound)
            byte = random() % 2 != 0 ? likely[random() % sizeof likely] : static_cast<u8>(random());
        Screen::Event const event = f.screen.receive(inbound);
        if (event.kind == Kind::Line) f.screen.accept(event.line, true);
        if (random() % 3 == 0) f.screen.append(event.line);
        if (random() % 5 == 0) f.screen.expired();
        f.send(); // the display checks each stream
    }
}

BOOST_AUTO_TEST_CASE(data_outside_the_input_field_is_ignored) {
    Fixture f;
    f.read(ReadMode::Cp);
    u8 const inbound[] = {aid::enter, 0x40, 0x40, 0x11, 0x40, 0x40, 0xC1, 0xC2};
    Screen::Event const event = f.screen.receive(inbound);
    BOOST_TEST((event.kind == Kind::Line));
    BOOST_TEST(event.line.size() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
