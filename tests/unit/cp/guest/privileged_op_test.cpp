#include "tests/unit/cp/guest/supervisor_fixture.h"

#include "s370/machine/clock.h"
#include "s370/machine/control.h"

using namespace cp;
using namespace fixtures;
using s370::Program;

namespace {

constexpr u64 problem_state = 0x00010000'00000000, key_5 = 0x00500000'00000000;

} // namespace

BOOST_FIXTURE_TEST_SUITE(privileged_op, Supervisor)

BOOST_AUTO_TEST_CASE(in_problem_state_the_exception_is_the_guests) {
    vm.cpu.psw.bits = problem_state;
    trap({0x80, 0x00, 0x08, 0x00});
    BOOST_TEST(interruption_code() == 2u);
    BOOST_TEST(low().program_old_psw == 0u);
}

BOOST_AUTO_TEST_CASE(the_old_psw_holds_code_length_and_next_address) {
    vm.cpu.psw.bits = problem_state;
    trap({0x80, 0x00, 0x08, 0x00});
    BOOST_TEST(low().program_old_psw == 0x00010002'80001004u);
}

BOOST_AUTO_TEST_CASE(an_undefined_operation_is_reflected) {
    trap({0x01, 0x00}, Program::Operation);
    BOOST_TEST(interruption_code() == 1u);
}

BOOST_AUTO_TEST_CASE(operations_not_of_the_370_are_operation_exceptions) {
    for (u8 opcode : std::vector<u8>{0x84, 0x85, 0xAE, 0xB0, 0xB3, 0xB5}) {
        trap({opcode, 0x00, 0x08, 0x00});
        BOOST_TEST(interruption_code() == 1u, "operation " << int(opcode));
    }
    for (u8 second : std::vector<u8>{0x00, 0x01, 0x05, 0x0C, 0x10, 0x11, 0x12, 0x14, 0xF0}) {
        trap({0xB2, second, 0x08, 0x00});
        BOOST_TEST(interruption_code() == 1u, "operation B2" << int(second));
    }
}

BOOST_AUTO_TEST_CASE(ssm_sets_the_mask) {
    put(0x800, {0xFE});
    trap({0x80, 0x00, 0x08, 0x00});
    BOOST_TEST(interruption_code() == 0u);
    BOOST_TEST(vm.cpu.psw.bits == 0xFE000000'00001004u);
}

BOOST_AUTO_TEST_CASE(ssm_of_a_byte_that_the_key_may_not_fetch_is_a_protection_exception) {
    put(0x5000, {0xFE});
    vm.storage.set_key({0x5000}, 0x38);
    vm.cpu.psw.bits = key_5;
    vm.cpu.gpr[1] = 0x5000;
    trap({0x80, 0x00, 0x10, 0x00});
    BOOST_TEST(interruption_code() == 4u);
    vm.storage.set_key({0x5000}, 0x30); // no fetch protection
    trap({0x80, 0x00, 0x10, 0x00});
    BOOST_TEST(interruption_code() == 0u);
}

BOOST_AUTO_TEST_CASE(an_operand_beyond_storage_is_an_addressing_exception) {
    vm.cpu.gpr[1] = size;
    trap({0x80, 0x00, 0x10, 0x00});
    BOOST_TEST(interruption_code() == 5u);
}

BOOST_AUTO_TEST_CASE(lpsw_loads_and_an_operand_off_a_doubleword_is_refused) {
    vm.storage.write(GuestReal{0x800}, Be64(0x00040000'30002000u));
    trap({0x82, 0x00, 0x08, 0x00});
    BOOST_TEST(vm.cpu.psw.address() == 0x2000u);
    BOOST_TEST(vm.cpu.psw.condition_code() == 3);
    trap({0x82, 0x00, 0x08, 0x04});
    BOOST_TEST(interruption_code() == 6u);
}

BOOST_AUTO_TEST_CASE(an_ec_psw_without_ecmode_is_the_old_psw_of_a_specification_exception) {
    vm.storage.write(GuestReal{0x800}, Be64(0x00080000'00002000u));
    trap({0x82, 0x00, 0x08, 0x00});
    BOOST_TEST(low().program_old_psw == 0x00080000'00002000u);
    BOOST_TEST(low().program_code == 6);
}

BOOST_AUTO_TEST_CASE(keys_are_set_and_shown_without_reference_and_change_in_bc_mode) {
    vm.cpu.gpr[2] = 0x57;
    vm.cpu.gpr[3] = 0x3800;
    trap({0x08, 0x23});
    BOOST_TEST(vm.storage.key({0x3800}) == 0x50);
    vm.cpu.gpr[4] = 0xFFFFFFFF;
    trap({0x09, 0x43});
    BOOST_TEST(vm.cpu.gpr[4] == 0xFFFFFF50u);
    vm.cpu.gpr[3] = 0x3801;
    trap({0x09, 0x43});
    BOOST_TEST(interruption_code() == 6u);
    vm.cpu.gpr[3] = size;
    trap({0x09, 0x43});
    BOOST_TEST(interruption_code() == 5u);
}

BOOST_AUTO_TEST_CASE(rrb_gives_reference_and_change_as_they_were) {
    vm.settings.ec_mode = true;
    vm.storage.set_key({0x3800}, 0x06);
    vm.cpu.gpr[1] = 0x3800;
    trap({0xB2, 0x13, 0x10, 0x00});
    BOOST_TEST(condition_code() == 3);
    trap({0xB2, 0x13, 0x10, 0x00});
    BOOST_TEST(condition_code() == 1);
}

BOOST_AUTO_TEST_CASE(what_needs_ecmode_is_an_operation_exception_without) {
    std::vector<std::vector<u8>> const instructions{
        {0xAC, 0x00, 0x08, 0x00}, {0xAD, 0x00, 0x08, 0x00}, {0xB1, 0x10, 0x08, 0x00},
        {0xB2, 0x06, 0x08, 0x00}, {0xB2, 0x07, 0x08, 0x00}, {0xB2, 0x08, 0x08, 0x00},
        {0xB2, 0x09, 0x08, 0x00}, {0xB2, 0x0D, 0x00, 0x00}, {0xB2, 0x13, 0x08, 0x00}};
    for (auto const& instruction : instructions) {
        trap(instruction);
        BOOST_TEST(interruption_code() == 1u, "operation " << int(instruction[0]));
    }
}

BOOST_AUTO_TEST_CASE(only_control_registers_0_and_14_are_loaded_without_ecmode) {
    for (u32 i = 0; i < 16; ++i) vm.storage.write(GuestReal{0x800 + 4 * i}, Be32(0xFFFFFFFF));
    trap({0xB7, 0x0F, 0x08, 0x00});
    BOOST_TEST(vm.cpu.cr[0] == 0xFFFFFFFFu);
    BOOST_TEST(vm.cpu.cr[1] == 0u);
    BOOST_TEST(vm.cpu.cr[14] == (s370::cr14_initial | 0x20000000u));
}

BOOST_AUTO_TEST_CASE(control_registers_wrap_from_15_to_0) {
    vm.settings.ec_mode = true;
    vm.storage.write(GuestReal{0x800}, Be32(0x0F0F0F0F));
    vm.storage.write(GuestReal{0x804}, Be32(0xE0));
    trap({0xB7, 0xF0, 0x08, 0x00});
    BOOST_TEST(vm.cpu.cr[15] == 0x0F0F0F0Fu);
    BOOST_TEST(vm.cpu.cr[0] == 0xE0u);
    trap({0xB6, 0xF0, 0x09, 0x00});
    BOOST_TEST(word(0x900) == 0x0F0F0F0Fu);
    BOOST_TEST(word(0x904) == 0xE0u);
    trap({0xB6, 0x00, 0x09, 0x02});
    BOOST_TEST(interruption_code() == 6u);
}

BOOST_AUTO_TEST_CASE(stnsm_and_stosm_store_the_old_mask) {
    vm.settings.ec_mode = true;
    vm.cpu.psw.bits = 0xFF000000'00000000;
    trap({0xAC, 0x0F, 0x08, 0x00});
    BOOST_TEST(get(0x800, 1)[0] == 0xFF);
    BOOST_TEST(vm.cpu.psw.bits >> 56 == 0x0Fu);
    trap({0xAD, 0x80, 0x08, 0x01});
    BOOST_TEST(get(0x801, 1)[0] == 0x0F);
    BOOST_TEST(vm.cpu.psw.bits >> 56 == 0x8Fu);
}

BOOST_AUTO_TEST_CASE(stnsm_that_may_not_store_changes_nothing) {
    vm.settings.ec_mode = true;
    vm.storage.set_key({0x5000}, 0x30);
    vm.cpu.gpr[1] = 0x5000;
    vm.cpu.psw.bits = 0xFF500000'00000000;
    trap({0xAC, 0x00, 0x10, 0x00});
    BOOST_TEST(interruption_code() == 4u);
    BOOST_TEST(get(0x5000, 1)[0] == 0);
}

BOOST_AUTO_TEST_CASE(spka_and_ipk_work_on_the_psw_key) {
    vm.cpu.gpr[1] = 0x70;
    trap({0xB2, 0x0A, 0x10, 0x00});
    BOOST_TEST(vm.cpu.psw.key() == 7);
    vm.cpu.gpr[2] = 0x11111111;
    trap({0xB2, 0x0B, 0x00, 0x00}, Program::Operation); // a CPU without the feature
    BOOST_TEST(vm.cpu.gpr[2] == 0x11111170u);
}

BOOST_AUTO_TEST_CASE(stidp_gives_version_ff_and_the_machines_serial) {
    vm.cpu_id_serial = 0xABCDEF;
    trap({0xB2, 0x02, 0x08, 0x00});
    BOOST_TEST(word(0x800) == 0xFFABCDEFu);
    BOOST_TEST(word(0x804) == 0x31580000u);
    trap({0xB2, 0x02, 0x08, 0x04});
    BOOST_TEST(interruption_code() == 6u);
}

BOOST_AUTO_TEST_CASE(sck_has_no_effect) {
    vm.cpu.psw.set_condition_code(2);
    trap({0xB2, 0x04, 0x08, 0x00});
    BOOST_TEST(condition_code() == 0);
}

BOOST_AUTO_TEST_CASE(the_clock_comparator_is_kept_and_strikes) {
    vm.settings.ec_mode = true;
    fakes::time_of_day = 1'000'000ull << 12;
    vm.storage.write(GuestReal{0x800}, Be64(1'000'500ull << 12));
    trap({0xB2, 0x06, 0x08, 0x00});
    trap({0xB2, 0x07, 0x09, 0x00});
    BOOST_TEST(word(0x900) == static_cast<u32>(1'000'500ull << 12 >> 32));
    BOOST_TEST(!vm.cpu.clock_comparator_pending);
    fakes::time_of_day = 1'000'600ull << 12;
    timer_queue.expire();
    BOOST_TEST(vm.cpu.clock_comparator_pending);
    vm.storage.write(GuestReal{0x800}, Be64(~u64{0}));
    trap({0xB2, 0x06, 0x08, 0x00});
    BOOST_TEST(!vm.cpu.clock_comparator_pending);
}

BOOST_AUTO_TEST_CASE(the_cpu_timer_counts_down_while_the_machine_runs) {
    vm.settings.ec_mode = true;
    vm.clock.start(milliseconds(50));
    vm.storage.write(GuestReal{0x800}, Be64(1000ull << 12));
    trap({0xB2, 0x08, 0x08, 0x00});
    fakes::cpu_timer -= 600ull << 12;
    trap({0xB2, 0x09, 0x09, 0x00});
    BOOST_TEST(word(0x904) == 400u << 12);
    fakes::cpu_timer -= 600ull << 12;
    BOOST_TEST(vm.clock.stop().count == 1200u);
    BOOST_TEST(vm.cpu.cpu_timer_pending);
    BOOST_TEST(vm.accounting.run_time.count == 1200u);
}

BOOST_AUTO_TEST_CASE(a_cpu_timer_set_in_mid_slice_is_not_late) {
    vm.settings.ec_mode = true;
    vm.cpu.cr[0] |= s370::cr0::cpu_timer;
    run_clock.lap();
    vm.clock.start(milliseconds(50));
    fakes::cpu_timer -= 10'000ull << 12;
    vm.storage.write(GuestReal{0x800}, Be64(1000ull << 12));
    trap({0xB2, 0x08, 0x08, 0x00});
    BOOST_TEST(fakes::cpu_timer == (1000ull << 12) + 1);
    // One beyond the slice changes nothing.
    vm.storage.write(GuestReal{0x800}, Be64(90'000ull << 12));
    trap({0xB2, 0x08, 0x08, 0x00});
    BOOST_TEST(fakes::cpu_timer == (1000ull << 12) + 1);
    BOOST_TEST(vm.clock.stop().count == 10'000u);
}

BOOST_AUTO_TEST_CASE(a_cpu_timer_that_is_enabled_in_mid_slice_is_not_late) {
    vm.settings.ec_mode = true;
    vm.cpu.cpu_timer = 1000ull << 12;
    vm.clock.start(milliseconds(50));
    fakes::cpu_timer -= 600ull << 12;
    vm.storage.write(GuestReal{0x800}, Be32(s370::cr0::cpu_timer));
    trap({0xB7, 0x00, 0x08, 0x00});
    BOOST_TEST(fakes::cpu_timer == (400ull << 12) + 1);
    BOOST_TEST(vm.clock.stop().count == 600u);
}

BOOST_AUTO_TEST_CASE(an_interval_timer_set_in_mid_slice_is_not_early) {
    GuestReal const timer{80};
    vm.storage.write(timer, Be32(0x00000100)); // 1/300 s
    vm.clock.start(milliseconds(50));
    BOOST_TEST(fakes::cpu_timer <= 3'334ull << 12);
    fakes::cpu_timer -= 40'000ull << 12;
    vm.clock.catch_up();
    BOOST_TEST(vm.cpu.pending_external == 0);
    BOOST_TEST(word(80) == 0xFFu);
    fakes::cpu_timer -= 3'000ull << 12;
    vm.clock.catch_up();
    BOOST_TEST(vm.cpu.pending_external == 0);
    fakes::cpu_timer -= 400ull << 12;
    vm.clock.catch_up();
    BOOST_TEST(vm.cpu.pending_external == 0x80);
}

BOOST_AUTO_TEST_CASE(a_processor_that_signals_itself_to_stop_is_stopped_behind_that) {
    vm.settings.ec_mode = true;
    vm.stopped.cp_mode = false;
    trap({0xAE, 0x12, 0x00, 0x05}); // to CPU 0
    BOOST_TEST(condition_code() == 0);
    BOOST_TEST(vm.stopped.cp_mode);
    BOOST_TEST(vm.cpu.psw.address() == 0x1004u);
}

BOOST_AUTO_TEST_CASE(a_processor_that_resets_itself_is_stopped_and_keeps_what_the_order_leaves) {
    struct Order {
        u8 code;
        bool initial;
    };
    for (Order const order :
         {Order{7, true}, Order{8, false}, Order{10, true}, Order{11, true}, Order{12, false}}) {
        vm.settings.ec_mode = true;
        vm.stopped.cp_mode = false;
        vm.cpu.emergency_pending = true;
        vm.cpu.cr[8] = 5;
        trap({0xAE, 0x12, 0x00, order.code});
        BOOST_TEST(vm.stopped.cp_mode);
        BOOST_TEST(!vm.cpu.emergency_pending);
        BOOST_TEST(vm.cpu.psw.bits == (order.initial ? 0u : 0x1004u));
        BOOST_TEST(vm.cpu.cr[8] == (order.initial ? 0u : 5u));
    }
}

BOOST_AUTO_TEST_CASE(a_processor_that_stops_itself_and_stores_its_status_finds_it_in_low_storage) {
    vm.settings.ec_mode = true;
    vm.cpu.gpr[9] = 0x99;
    vm.cpu.psw.set_condition_code(2);
    put(288, {0xEE});
    trap({0xAE, 0x12, 0x00, 0x09});
    BOOST_TEST(vm.stopped.cp_mode);
    BOOST_TEST(word(256) == 0u);
    BOOST_TEST(word(260) == 0x80001004u); // with the length of SIGP
    BOOST_TEST(word(288) == 0u);
    BOOST_TEST(word(384 + 4 * 9) == 0x99u);
}

BOOST_AUTO_TEST_CASE(the_architecture_stays_whichever_cpu_is_named) {
    vm.settings.ec_mode = true;
    for (u32 cpu : {0u, 5u}) {
        vm.cpu.gpr[2] = cpu;
        trap({0xAE, 0x12, 0x00, 0x12});
        BOOST_TEST(condition_code() == 1);
        BOOST_TEST(vm.cpu.gpr[1] == 0x100u);
    }
}

BOOST_AUTO_TEST_CASE(a_missing_device_gives_condition_code_3) {
    vm.cpu.gpr[1] = 0x123;
    for (u8 opcode : std::vector<u8>{0x9C, 0x9D, 0x9E}) {
        vm.cpu.psw.set_condition_code(0);
        trap({opcode, 0x00, 0x10, 0x00});
        BOOST_TEST(condition_code() == 3, "operation " << int(opcode));
    }
    BOOST_TEST(vm.accounting.start_ios == 0u);
}

BOOST_AUTO_TEST_CASE(execute_of_a_privileged_instruction_is_simulated) {
    put(0x800, {0xFE});
    put(0x2000, {0x80, 0x00, 0x08, 0x00});
    vm.cpu.gpr[3] = 0x1000;
    vm.cpu.gpr[4] = 0x1000;
    trap({0x44, 0x03, 0x40, 0x00}); // EX 0,0(3,4)
    BOOST_TEST(interruption_code() == 0u);
    BOOST_TEST(vm.cpu.psw.bits == 0xFE000000'00001004u);
}

BOOST_AUTO_TEST_CASE(execute_ors_the_register_into_the_second_byte) {
    vm.settings.ec_mode = true;
    vm.cpu.psw.bits = 0xFF000000'00000000;
    put(0x2000, {0xAC, 0x00, 0x08, 0x00});
    vm.cpu.gpr[1] = 0xFFFFFF3C;
    vm.cpu.gpr[4] = 0x2000;
    trap({0x44, 0x10, 0x40, 0x00});
    BOOST_TEST(vm.cpu.psw.bits >> 56 == 0x3Cu);
}

BOOST_AUTO_TEST_CASE(lra_walks_the_guests_tables) {
    vm.settings.ec_mode = true;
    vm.cpu.cr[0] = s370::cr0::pages_4k | s370::cr0::segments_64k;
    vm.cpu.cr[1] = 0x00004000; // 16 segments
    vm.storage.write(GuestReal{0x4000}, Be32(0xF0005000));
    vm.storage.write(GuestReal{0x4004}, Be32(0x00000001));
    vm.storage.write(GuestReal{0x4008}, Be32(0x00005000)); // one page
    vm.storage.write(GuestReal{0x5000}, Be16(0x0120));
    vm.storage.write(GuestReal{0x5002}, Be16(0x0008));
    struct {
        u32 address;
        u8 cc;
        u32 result;
    } const cases[] = {{0x0345, 0, 0x012345}, {0x1345, 2, 0x5002},   {0x10000, 1, 0x4004},
                       {0x21000, 3, 0x5002},  {0x20345, 0, 0x12345}, {0x100000, 3, 0x4040}};
    for (auto const& c : cases) {
        vm.cpu.gpr[2] = c.address;
        trap({0xB1, 0x10, 0x20, 0x00});
        BOOST_TEST(condition_code() == c.cc);
        BOOST_TEST(vm.cpu.gpr[1] == c.result);
    }
    vm.cpu.cr[0] = 0;
    trap({0xB1, 0x10, 0x20, 0x00});
    BOOST_TEST(interruption_code() == 0x12u);
}

// As the machine at hand has it: only the least length is told from the greatest.
BOOST_AUTO_TEST_CASE(a_page_table_of_more_than_one_page_has_all_of_them) {
    vm.settings.ec_mode = true;
    vm.cpu.cr[0] = s370::cr0::pages_4k | s370::cr0::segments_64k;
    vm.cpu.cr[1] = 0x00004000;
    vm.storage.write(GuestReal{0x4000}, Be32(0x10005000)); // two pages
    vm.storage.write(GuestReal{0x5006}, Be16(0x0120));
    vm.cpu.gpr[2] = 0x3345;
    trap({0xB1, 0x10, 0x20, 0x00});
    BOOST_TEST(condition_code() == 0);
    BOOST_TEST(vm.cpu.gpr[1] == 0x012345u);
}

BOOST_AUTO_TEST_CASE(move_with_key_looks_at_its_source_first) {
    vm.settings.ec_mode = true;
    vm.cpu.psw.bits = key_5;
    vm.cpu.gpr[1] = 4;
    vm.cpu.gpr[2] = 0x20; // key of the source
    vm.cpu.gpr[3] = 0x00F00000;
    vm.cpu.gpr[4] = 0x5000;
    vm.storage.set_key({0x5000}, 0x38);
    trap({0xD9, 0x12, 0x30, 0x00, 0x40, 0x00});
    BOOST_TEST(interruption_code() == 4u);
    vm.storage.set_key({0x5000}, 0x28);
    trap({0xD9, 0x12, 0x30, 0x00, 0x40, 0x00});
    BOOST_TEST(interruption_code() == 5u);
}

BOOST_AUTO_TEST_CASE(the_asn_is_extracted_in_bc_mode_with_channel_5_enabled) {
    vm.settings.ec_mode = true;
    vm.cpu.cr[4] = 0x12345678;
    trap({0xB2, 0x26, 0x00, 0x10});
    BOOST_TEST(interruption_code() == 0x13u);
    vm.cpu.psw.bits = u64{0x04} << 56;
    trap({0xB2, 0x26, 0x00, 0x10});
    BOOST_TEST(interruption_code() == 0u);
    BOOST_TEST(vm.cpu.gpr[1] == 0x5678u);
}

BOOST_AUTO_TEST_CASE(an_instruction_whose_page_has_gone_is_a_page_translation_exception) {
    vm.settings.ec_mode = true;
    vm.cpu.cr[0] = s370::cr0::pages_4k | s370::cr0::segments_64k;
    vm.cpu.cr[1] = 0x00004000;
    vm.storage.write(GuestReal{0x4000}, Be32(0xF0005000));
    vm.storage.write(GuestReal{0x5002}, Be16(0x0008)); // page 1
    vm.cpu.psw.bits = 0x04080000'00000000;
    trap({0x80, 0x00, 0x08, 0x00});
    BOOST_TEST(low().program_code == 0x11u);
    BOOST_TEST(low().translation_address == at);
    BOOST_TEST(s370::Psw{low().program_old_psw}.address() == at);
}

BOOST_AUTO_TEST_CASE(each_trap_counts_once_by_what_became_of_it) {
    trap({0xB2, 0x0B, 0, 0}); // IPK
    BOOST_TEST(vm.cpu.counted(trap_kind::of(0xB2, 0x0B)) == 1u);
    BOOST_TEST(vm.cpu.counted(trap_kind::program) == 0u);
    vm.cpu.psw.bits |= u64{1} << 48; // problem state: the guest's own business
    trap({0x80, 0, 0x20, 0});
    BOOST_TEST(vm.cpu.counted(0x80) == 0u);
    BOOST_TEST(vm.cpu.counted(trap_kind::program) == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
