#include "cp/io/graphic_terminal.h"

#include "cp/base/timer_queue.h"
#include "s370/machine/channel.h"
#include "s370/machine/control.h"
#include "s370/machine/storage.h"
#include "tests/fakes/cp/io/display_3270.h"

#include <boost/test/unit_test.hpp>

#include <vector>

using namespace cp;
using namespace s370;
using namespace s370::ds3270;

namespace {

constexpr u16 address = 0x0C0;
constexpr u16 ce_de = status::channel_end | status::device_end;
using Record = std::vector<u8>;

// A 3270 behind a control unit that keeps one record, as Hercules does: a Read Modified takes
// it, or asks the client when there is none.
struct Client {
    fakes::Display3270 display;
    bool answers = true; // queries
    Record kept, state{aid::none, 0x40, 0x40};
    std::vector<u8> commands;
    Record typed_while_asked; // what the user sends just before a Read Modified comes to him
    std::vector<Record> late; // to come after the program that runs
    bool attention = false;

    void sends(const Record& record, bool announced = true) {
        kept = record;
        attention = attention || announced;
    }
    void presses(const Record& record, bool announced = true) {
        state = record;
        sends(record, announced);
    }
    Record read() {
        if (!kept.empty()) return std::exchange(kept, {});
        if (typed_while_asked.empty()) return state;
        // His own record answers; the one that he was asked for comes after it.
        state = std::exchange(typed_while_asked, {});
        late.push_back(state);
        return state;
    }
    u8 start(const Ccw* ccw, Csw& csw) {
        for (;; ++ccw) {
            commands.push_back(ccw->command);
            std::span<u8> const data(machine::real(ccw->address), ccw->count);
            u16 residual = 0;
            if (ccw->command == ds3270::command::read_modified) {
                Record const record = read();
                std::copy(record.begin(), record.end(), data.begin());
                residual = static_cast<u16>(data.size() - record.size());
            } else if (ccw->command != s370::command::noop) {
                BOOST_TEST(display.outbound(ccw->command, data));
                if (ccw->command == ds3270::command::write_structured_field) {
                    if (answers) late.push_back(display.query_reply());
                } else if ((data[0] & wcc::restore_keyboard) != 0) {
                    state = {aid::none, 0x40, 0x40};
                }
            }
            csw = {0, 0, ce_de, residual};
            if ((ccw->flags & Ccw::ChainCommand) == 0) return 0;
        }
    }
};

struct Lines final : TerminalService {
    std::vector<std::string> typed;
    bool ended = false;

    void serve(Terminal& terminal, bool) override { spawn(read(terminal)); }
    Task<> read(Terminal& terminal) {
        for (;;) {
            Input input;
            input = co_await terminal.read(ReadMode::Cp);
            if (input.kind != Input::Kind::Line) break;
            typed.push_back(fakes::to_ascii(input.line));
        }
        ended = true;
        terminal.release();
    }
};

struct Fixture {
    Client client;
    RealDevice device{{address}, DeviceClass::Graphic, 0x3278};
    Lines lines;
    GraphicTerminal* terminal = nullptr;

    Fixture() {
        fakes::clear_storage();
        free_storage::initialize(machine::real(0x10000), 0x40000);
        terminal = free_storage::create<GraphicTerminal>(device, lines);
        fakes::devices[address] = {
            [this](const Ccw* ccw, Csw& csw) { return client.start(ccw, csw); }, {}, false, 0};
    }
    // Nobody is left at it, and no timer of its runs.
    ~Fixture() {
        fakes::devices.erase(address);
        pass(30);
        terminal->~GraphicTerminal();
    }

    void come() {
        spawn(terminal->serve());
        settle();
        device.interrupted({0, 0, status::device_end, 0});
        settle();
        BOOST_TEST(client.display.status() == "CP READ");
    }
    // Until nothing happens but by the clock.
    void settle() {
        for (;;) {
            work_queue.run();
            if (fakes::interrupt(address)) {
                device.interrupted(Csw::from(machine::low_storage().csw));
            } else if (std::exchange(client.attention, false)) {
                device.interrupted({0, 0, status::attention, 0});
            } else if (!client.late.empty()) {
                client.sends(client.late.front());
                client.late.erase(client.late.begin());
            } else {
                return;
            }
        }
    }
    void pass(u32 tenths) {
        for (; tenths > 0; --tenths) {
            fakes::time_of_day += u64{100'000} << 12;
            timer_queue.expire();
            settle();
        }
    }
    usize count(u8 command) const {
        return static_cast<usize>(
            std::count(client.commands.begin(), client.commands.end(), command));
    }
    using Typed = std::vector<std::string>;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(graphic_terminal, Fixture)

BOOST_AUTO_TEST_CASE(a_line_is_read_when_its_attention_comes) {
    come();
    client.presses(client.display.enter("logon"));
    settle();
    BOOST_TEST(lines.typed == Typed{"logon"});
    BOOST_TEST(!client.display.locked());
}

BOOST_AUTO_TEST_CASE(nothing_is_shown_before_a_client_is_announced_or_has_been_there_for_a_second) {
    spawn(terminal->serve());
    settle();
    BOOST_TEST(count(ds3270::command::erase_write) == 0u);
    pass(9);
    BOOST_TEST(count(ds3270::command::erase_write) == 0u);
    pass(2);
    BOOST_TEST(client.display.status() == "CP READ");
}

BOOST_AUTO_TEST_CASE(a_key_whose_attention_was_lost_is_found_within_a_second) {
    come();
    client.presses(client.display.enter("logon"), false);
    pass(10);
    BOOST_TEST(lines.typed == Typed{"logon"});
    BOOST_TEST(!client.display.locked());
}

BOOST_AUTO_TEST_CASE(two_records_that_come_at_once_are_read_as_the_one_that_is_left) {
    come();
    client.sends(client.display.query_reply());
    device.interrupted({0, 0, status::attention, 0}); // of a first record, which is gone
    client.presses(client.display.enter("logon"));
    device.interrupted({0, 0, status::attention, 0});
    client.attention = false;
    client.commands.clear();
    settle();
    BOOST_TEST(lines.typed == Typed{"logon"});
    BOOST_TEST(count(ds3270::command::read_modified) == 1u);
}

BOOST_AUTO_TEST_CASE(an_attention_that_comes_beside_the_read_asks_for_no_other) {
    come();
    client.presses(client.display.enter("logon"), false);
    device.interrupted({0, 0, status::attention, 0});
    work_queue.run(); // the read begins
    device.interrupted({0, 0, status::attention, 0});
    settle();
    BOOST_TEST(lines.typed == Typed{"logon"});
    BOOST_TEST(count(ds3270::command::read_modified) == 2u); // that of the query's answer
}

BOOST_AUTO_TEST_CASE(a_key_pressed_while_the_client_is_asked_counts_once) {
    come();
    client.typed_while_asked = client.display.enter("once");
    pass(10);
    BOOST_TEST(lines.typed == Typed{"once"});
    client.presses(client.display.enter("twice"));
    settle();
    BOOST_TEST(lines.typed == (Typed{"once", "twice"}));
}

BOOST_AUTO_TEST_CASE(a_key_that_comes_before_the_answer_to_the_query_counts_once) {
    come();
    client.late.push_back(client.state = client.display.enter("early"));
    fakes::time_of_day += u64{600'000} << 12;
    timer_queue.expire();
    settle();
    pass(10);
    BOOST_TEST(lines.typed == Typed{"early"});
}

BOOST_AUTO_TEST_CASE(a_client_that_answers_no_query_is_not_asked_to_be_read) {
    come();
    pass(10);
    client.answers = false;
    terminal->alarm();
    settle();
    client.commands.clear();
    pass(50);
    BOOST_TEST(count(ds3270::command::read_modified) == 0u);
    // He is back, and his key is found.
    client.answers = true;
    client.presses(client.display.enter("back"), false);
    pass(20);
    BOOST_TEST(lines.typed == Typed{"back"});
}

BOOST_AUTO_TEST_CASE(an_idle_terminal_is_asked_whether_it_is_there_and_for_a_key_now_and_then) {
    come();
    pass(20);
    client.commands.clear();
    pass(100);
    BOOST_TEST(count(s370::command::noop) == 5u);
    BOOST_TEST(client.commands.size() <= 9u);
}

BOOST_AUTO_TEST_CASE(a_key_whose_attention_a_poll_cost_is_found) {
    come();
    pass(50);
    client.presses(client.display.enter("lost"), false);
    pass(120);
    BOOST_TEST(lines.typed == Typed{"lost"});
}

BOOST_AUTO_TEST_SUITE_END()
