#include "cp/control/dispatch.h"

#include "s370/machine/control.h"
#include "s370/machine/switch.h"
#include "tests/unit/cp/guest/supervisor_fixture.h"

#include <functional>

using namespace cp;
using namespace fixtures;
using machine::Interruption;

namespace {

// Ends dispatch(), which never returns.
struct Enough {};

std::function<Interruption(void*)> running;
std::function<Interruption()> waiting;

Interruption external(u16 code) {
    machine::low_storage().external_code = code;
    return Interruption::External;
}

// Uses the slice up.
Interruption slice_ends() {
    fakes::cpu_timer = ~u64{0};
    return external(0x1005);
}

struct Fixture : Supervisor {
    VirtualMachine second{"SECOND"_e};
    std::string order; // who ran

    Fixture() {
        vm.cpu.psw.bits = second.cpu.psw.bits = 0x1000;
        BOOST_REQUIRE(second.storage.create(size));
        second.stopped.cp_mode = false;
        fakes::when_running = [](void* registers) { return running(registers); };
        fakes::when_waiting = [] { return waiting(); };
        waiting = []() -> Interruption { throw Enough{}; };
    }
    ~Fixture() {
        unschedule(vm);
        unschedule(second);
        fakes::when_running = nullptr;
        fakes::when_waiting = nullptr;
    }
    void go() { BOOST_CHECK_THROW(dispatch(), Enough); }
    void note(void* registers) { order += registers == &vm.cpu ? 'a' : 'b'; }
    // Machines that give way, `turns` times in all, and use `run` each time.
    void give_way(usize turns, Microseconds run, const std::function<void()>& each = nullptr) {
        vm.wake();
        second.wake();
        running = [this, turns, run, each](void* registers) {
            note(registers);
            fakes::cpu_timer -= run.count << 12;
            if (each) each();
            if (order.size() == turns) {
                for (VirtualMachine* machine : {&vm, &second}) {
                    machine->stopped.cp_mode = true;
                    machine->wake();
                }
            }
            return Interruption::GivesWay;
        };
        go();
    }
    // Stops both machines when somebody got the CPU `count` times; then CP waits.
    void run_until(usize count, std::function<Interruption(void*)> what) {
        running = [this, count, what](void* registers) {
            note(registers);
            if (order.size() == count) vm.stopped.cp_mode = second.stopped.cp_mode = true;
            return what(registers);
        };
        go();
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch_, Fixture)

BOOST_AUTO_TEST_CASE(with_nobody_to_run_cp_waits) {
    running = [](void*) {
        BOOST_ERROR("somebody ran");
        return slice_ends();
    };
    go();
}

BOOST_AUTO_TEST_CASE(a_slice_goes_round) {
    vm.settings.timer = second.settings.timer = TimerMode::Off;
    vm.wake();
    second.wake();
    run_until(6, [](void*) { return slice_ends(); });
    BOOST_TEST(order == "ababab");
}

BOOST_AUTO_TEST_CASE(an_interval_timer_is_brought_up_to_date_within_a_slice) {
    vm.wake();
    second.wake();
    run_until(6, [](void*) { return slice_ends(); }); // 1/300 s of it
    BOOST_TEST(order == "aaaabb");
}

BOOST_AUTO_TEST_CASE(a_machine_that_is_disturbed_goes_on) {
    vm.wake();
    second.wake();
    run_until(4, [](void*) {
        fakes::cpu_timer -= 1000ull << 12;
        return external(0x1004);
    });
    BOOST_TEST(order == "aaaa");
}

BOOST_AUTO_TEST_CASE(disturbing_does_not_make_a_slice_longer) {
    vm.wake();
    second.wake();
    run_until(20, [](void*) {
        fakes::cpu_timer -= 4000ull << 12;
        return external(0x1004);
    });
    BOOST_TEST(order.substr(0, 7) == "aaabbba");
}

BOOST_AUTO_TEST_CASE(busy_interactive_machines_leave_something_to_the_others) {
    vm.wake();
    second.wake();
    vm.interactive = false;
    // The second one never uses its allowance up: it waits and is woken at once.
    run_until(60, [this](void* registers) {
        if (registers == &second.cpu) {
            fakes::cpu_timer -= 5000ull << 12;
            second.queue_time = second.slice_used = {};
            return external(0x1004);
        }
        return slice_ends();
    });
    BOOST_TEST(order.find('a') != std::string::npos);
    BOOST_TEST(order.find('b') != std::string::npos);
}

BOOST_AUTO_TEST_CASE(time_is_counted_for_who_ran) {
    vm.wake();
    run_until(1, [](void*) {
        fakes::cpu_timer -= 2500ull << 12;
        return external(0x1004);
    });
    BOOST_TEST(vm.accounting.run_time.count == 2500u);
    BOOST_TEST(vm.accounting.total_time.count >= 2500u);
}

BOOST_AUTO_TEST_CASE(a_page_fault_is_resolved_and_the_guest_goes_on) {
    vm.wake();
    run_until(1, [this](void*) {
        s370::LowStorage& real = machine::low_storage();
        real.program_code = 0x11;
        real.program_ilc = 4;
        real.translation_address = 0x9123;
        return Interruption::Program;
    });
    BOOST_TEST(vm.storage.resident() > 0u);
    BOOST_TEST(vm.cpu.psw.address() == 0x1000u);
    BOOST_TEST(low().program_old_psw == 0u);
}

BOOST_AUTO_TEST_CASE(a_fault_beyond_storage_is_an_addressing_exception_behind_the_instruction) {
    low().program_new_psw = 0x00000000'00004000;
    vm.wake();
    run_until(1, [](void*) {
        s370::LowStorage& real = machine::low_storage();
        real.program_code = 0x10;
        real.program_ilc = 4;
        real.translation_address = 0x00F00000;
        return Interruption::Program;
    });
    BOOST_TEST(low().program_old_psw == 0x00000005'80001004u);
    BOOST_TEST(vm.cpu.psw.address() == 0x4000u);
}

BOOST_AUTO_TEST_CASE(machines_that_give_way_take_turns) {
    give_way(7, Microseconds{1});
    BOOST_TEST(order == "abababa");
}

BOOST_AUTO_TEST_CASE(no_time_is_lost_in_short_turns) {
    give_way(2000, Microseconds{1});
    BOOST_TEST(vm.accounting.run_time.count >= 1000u - 100);
    BOOST_TEST(vm.accounting.run_time.count <= 1000u);
    BOOST_TEST(second.accounting.run_time.count >= 1000u - 100);
    BOOST_TEST(second.accounting.run_time.count <= 1000u);
}

// What fast_path.S does with `from.cpu.successor`.
BOOST_AUTO_TEST_CASE(who_got_the_cpu_without_cp_is_who_is_interrupted) {
    vm.wake();
    second.wake();
    running = [this](void* registers) {
        note(registers);
        if (order.size() < 5) return Interruption::GivesWay;
        if (order.size() == 5) {
            BOOST_TEST(vm.cpu.successor != 0u);
            vm.cpu.real_psw = 0x070D0000'00002000;
            vm.cpu.uncharged += 5u << 12;
            machine::select(&second.cpu);
            fakes::cpu_timer -= 7u << 12;
            second.cpu.real_psw = 0x070D0000'00003000;
        } else {
            vm.stopped.cp_mode = second.stopped.cp_mode = true;
        }
        return external(0x1004);
    };
    go();
    BOOST_TEST(order == "ababab");
    BOOST_TEST(vm.cpu.psw.address() == 0x2000u);
    BOOST_TEST(second.cpu.psw.address() == 0x3000u);
    BOOST_TEST(second.accounting.run_time.count == 7u);
    BOOST_TEST(vm.cpu.successor == 0u);
    BOOST_TEST(second.cpu.successor == 0u);
}

BOOST_AUTO_TEST_CASE(who_takes_short_turns_leaves_q1_in_the_end) {
    give_way(200, milliseconds(1));
    BOOST_TEST(order.substr(0, 6) == "ababab");
    BOOST_TEST(!vm.interactive);
}

BOOST_AUTO_TEST_CASE(what_comes_between_two_turns_interrupts) {
    vm.cpu.psw.bits = 0x01000000'00001000;
    low().external_new_psw = 0x00000000'00004000;
    give_way(8, Microseconds{1}, [this] {
        if (order.size() != 4) return; // the second one runs
        vm.cpu.pending_external |= 0x40;
        vm.wake();
    });
    BOOST_TEST(low().external_old_psw == 0x01000040'00001000u);
}

BOOST_AUTO_TEST_CASE(an_interval_timer_that_runs_out_in_short_turns_interrupts) {
    vm.cpu.psw.bits = 0x01000000'00001000;
    low().external_new_psw = 0x00000000'00004000;
    low().interval_timer = 1;
    // Negative after two steps of 13 microseconds; one more may be kept.
    give_way(2 * 42, Microseconds{1});
    BOOST_TEST(low().external_old_psw == 0x01000080'00001000u);
}

BOOST_AUTO_TEST_CASE(a_cpu_timer_that_may_interrupt_is_right_after_each_turn) {
    vm.settings.ec_mode = true;
    vm.cpu.cr[0] |= s370::cr0::cpu_timer;
    vm.cpu.cpu_timer = 100ull << 12;
    give_way(10, Microseconds{3});
    BOOST_TEST(vm.cpu.cpu_timer == (100ull - 5 * 3) << 12);
}

BOOST_AUTO_TEST_CASE(a_stopped_machine_does_not_run) {
    vm.stopped.cp_mode = true;
    vm.wake();
    running = [](void*) {
        BOOST_ERROR("a stopped machine ran");
        return slice_ends();
    };
    go();
}

BOOST_AUTO_TEST_CASE(load_is_the_share_of_time_that_was_used) {
    fakes::time_of_day = 1'000'000ull << 12;
    vm.wake();
    run_until(1, [](void*) {
        fakes::cpu_timer -= 2'500'000ull << 12;
        fakes::time_of_day += 10'000'000ull << 12;
        return external(0x1004);
    });
    BOOST_TEST(system_load().cpu_percent == 25u);
}

BOOST_AUTO_TEST_SUITE_END()
