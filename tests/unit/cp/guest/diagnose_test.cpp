#include "cp/guest/diagnose.h"

#include <boost/test/unit_test.hpp>

#include "cp/api/diagnose_codes.h"
#include "cp/command/ipl.h"
#include "cp/guest/fast_path.h"
#include "cp/guest/identification.h"
#include "cp/guest/unit_record.h"
#include "cp/guest/virtual_console.h"
#include "s370/machine/control.h"
#include "tests/fakes/cp/outer_cp.h"
#include "tests/unit/cp/guest/guest_fixture.h"

using namespace cp;
using namespace s370;
using namespace fixtures;
namespace op = s370::ckd::command;

namespace {

struct DiagnoseGuest : Guest {
    // Registers 2, 3 (Rx) and 4, 5 (Ry).
    Program call(u16 code, u32 rx, u32 ry, u32 rx1 = 0, u32 ry1 = 0) {
        vm.cpu.gpr[2] = rx;
        vm.cpu.gpr[3] = rx1;
        vm.cpu.gpr[4] = ry;
        vm.cpu.gpr[5] = ry1;
        vm.stopped = {};
        vm.stopped.cp_mode = false;
        Program const program = diagnose(vm, code, 2, 4);
        pump();
        BOOST_TEST(!vm.stopped.instruction);
        return program;
    }
    u32 reg(u32 n) { return vm.cpu.gpr[n]; }
    int condition() { return vm.cpu.psw.condition_code(); }
    void command_line(const std::string& text) { put(0x3000, in_ebcdic(text)); }

    // n blocks of one cylinder for DIAGNOSE 18, at 1100; block r goes to 8000 + r * 800.
    void blocks(u32 n, u8 command) {
        u32 at = 0x1100;
        for (u32 i = 0; i < n; ++i) {
            u32 const arguments = 0x1800 + 16 * i;
            put(arguments, {0, 0, 0, 2, 0, u8(i / 4), 0, 0, 0, 2, 0, u8(i / 4), u8(i % 4 + 1)});
            ccw(at, i == 0 ? op::seek : op::seek_head, arguments, cc, 6);
            ccw(at + 8, op::search_id_equal, arguments + 8, cc, 5);
            ccw(at + 16, command::tic, at + 8, 0, 0);
            ccw(at + 24, command, 0x8000 + 800 * i, u8(i + 1 < n ? cc : 0), 800);
            at += 32;
        }
    }
    Program disk_io(u32 address, u32 n) {
        vm.cpu.gpr[15] = n;
        return call(0x18, 0x191, address);
    }
    int answer() { return condition() * 100 + static_cast<int>(reg(15)); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(diagnose_codes, DiagnoseGuest)

BOOST_AUTO_TEST_CASE(code_00_tells_of_each_cp_around_the_machine) {
    BOOST_TEST((call(0x00, 0x2000, 160) == Program::None));
    BOOST_TEST(reg(4) == 128u);
    BOOST_TEST(get(0x2000, 8) == in_ebcdic("VM/370  "));
    BOOST_TEST(get(0x200B, 1)[0] == 0); // a real machine
    BOOST_TEST(get(0x2010, 8) == in_ebcdic("TESTER  "));
    BOOST_TEST(get(0x2020, 32) == std::vector<u8>(32, 0));

    ExtendedIdentification second, first;
    second.userid = "VMCP2"_e;
    first.userid = "VMCP1"_e;
    fakes::outer_cps = {second, first};
    fakes::cpu_id = fakes::real_cpu_id | u64{0xFF} << 56;
    learn_outer_levels();
    BOOST_TEST((call(0x00, 0x2000, 160) == Program::None));
    BOOST_TEST(reg(4) == 64u);
    BOOST_TEST(get(0x200B, 1)[0] == 0xFF);
    BOOST_TEST(get(0x2010, 8) == in_ebcdic("TESTER  "));
    BOOST_TEST(get(0x2030, 8) == in_ebcdic("VMCP2   "));
    BOOST_TEST(get(0x2050, 8) == in_ebcdic("VMCP1   "));
    put(0x2000, std::vector<u8>(160, 0));
    BOOST_TEST((call(0x00, 0x2000, 40) == Program::None)); // as much as there is room
    BOOST_TEST(get(0x2010, 8) == in_ebcdic("TESTER  "));
    BOOST_TEST(get(0x2028, 8) == std::vector<u8>(8, 0));

    // There CP's own instructions are dear, and the fast path does not pay.
    BOOST_TEST(in_virtual_machine());
    BOOST_TEST(!fast_path::prepare(vm));

    fakes::outer_cps.clear();
    fakes::cpu_id = fakes::real_cpu_id;
    learn_outer_levels();
    BOOST_TEST(!in_virtual_machine());
    BOOST_TEST(fast_path::prepare(vm));
}

BOOST_AUTO_TEST_CASE(codes_that_are_none_are_specification_exceptions) {
    for (int code : {0x01, 0x0A, 0x88, 0xFC, 0x100, 0x1FC, 0xFFFC})
        BOOST_TEST((call(u16(code), 0, 0) == Program::Specification));
    for (int code : {0x04, 0x1C, 0x34, 0x3C, 0x84})
        BOOST_TEST((call(u16(code), 0, 0) == Program::PrivilegedOperation));
    for (int code : {0x40, 0x44, 0x48, 0x54, 0x6C, 0x70})
        BOOST_TEST((call(u16(code), 0, 0) == Program::None));
}

BOOST_AUTO_TEST_CASE(identification_gives_as_much_as_is_asked_for) {
    BOOST_TEST((call(0x00, 0x2000, 40) == Program::None));
    BOOST_TEST(reg(4) == 8u);
    BOOST_TEST(get(0x2000, 8) == in_ebcdic("VM/370  "));
    BOOST_TEST(get(0x2010, 8) == in_ebcdic("TESTER  "));
    put(0x2000, std::vector<u8>(40, 0xEE));
    BOOST_TEST((call(0x00, 0x2000, 8) == Program::None));
    BOOST_TEST(reg(4) == 0u);
    BOOST_TEST(get(0x2008, 1).at(0) == 0xEE);
    BOOST_TEST((call(0x00, 0x2004, 8) == Program::Specification));
    BOOST_TEST((call(0x00, size, 8) == Program::Addressing));
}

BOOST_AUTO_TEST_CASE(a_command_is_executed_and_its_code_returned) {
    command_line("query time");
    session.answer_code = 3;
    BOOST_TEST((call(0x08, 0x3000, 10) == Program::None));
    BOOST_TEST(session.commands == std::vector<std::string>{"query time"});
    BOOST_TEST(reg(4) == 3u);
}

BOOST_AUTO_TEST_CASE(separated_commands_stop_at_the_first_that_fails) {
    command_line("ONE#TWO\x85THREE"); // X'15' after TWO
    BOOST_TEST((call(0x08, 0x3000, 13) == Program::None));
    BOOST_TEST(session.commands == (std::vector<std::string>{"ONE", "TWO", "THREE"}));
    session.commands.clear();
    session.answer_code = 1;
    BOOST_TEST((call(0x08, 0x3000, 13) == Program::None));
    BOOST_TEST(session.commands == std::vector<std::string>{"ONE"});
    BOOST_TEST(reg(4) == 1u);
}

BOOST_AUTO_TEST_CASE(a_response_goes_to_the_buffer_or_overflows) {
    command_line("Q T");
    session.answer = "0123456789";
    BOOST_TEST((call(0x08, 0x3000, 0x40000003, 0x4000, 20) == Program::None));
    BOOST_TEST(condition() == 0);
    BOOST_TEST(reg(5) == 10u);
    BOOST_TEST(get(0x4000, 10) == in_ebcdic("0123456789"));
    BOOST_TEST((call(0x08, 0x3000, 0x40000003, 0x5000, 4) == Program::None));
    BOOST_TEST(condition() == 1);
    BOOST_TEST(reg(5) == 6u);
    BOOST_TEST(get(0x5000, 5) == (std::vector<u8>{0xF0, 0xF1, 0xF2, 0xF3, 0}));
}

BOOST_AUTO_TEST_CASE(bad_command_operands_are_refused) {
    BOOST_TEST((call(0x08, 0x3000, 133) == Program::Specification));
    BOOST_TEST((call(0x08, 0x3000, 0xFF000003) == Program::Specification));
    BOOST_TEST((call(0x08, size - 2, 3) == Program::Addressing));
    BOOST_TEST((call(0x08, 0x3000, 0x40000003, 0x4000, 8193) == Program::Specification));
    BOOST_TEST((call(0x08, 0x3000, 0x40000003, 0x4000, 0) == Program::Specification));
    BOOST_TEST((call(0x08, 0x3000, 0x40000003, size - 10, 20) == Program::Addressing));
    BOOST_TEST((call(0x08, 0, 0) == Program::None));
    BOOST_TEST(session.entered_cp == 1u);
    BOOST_TEST(session.commands.empty());
}

BOOST_AUTO_TEST_CASE(the_pseudo_timer_has_date_time_and_times_used) {
    vm.accounting.run_time = Microseconds{123};
    vm.accounting.total_time = Microseconds{456};
    BOOST_TEST((call(0x0C, 0x2000, 0) == Program::None));
    BOOST_TEST(get(0x2002, 1).at(0) == 0x61);
    BOOST_TEST(get(0x200A, 1).at(0) == 0x7A);
    BOOST_TEST(get(0x2017, 1).at(0) == 123);
    BOOST_TEST(half(0x201E) == 456);
    BOOST_TEST((call(0x0C, 0x2004, 0) == Program::Specification));
    BOOST_TEST((call(0x0C, size - 16, 0) == Program::Addressing));
}

BOOST_AUTO_TEST_CASE(released_pages_are_zero) {
    put(0x5000, std::vector<u8>(0x3000, 1));
    BOOST_TEST((call(0x10, 0x5000, 0x6000) == Program::None));
    BOOST_TEST(get(0x5000, 0x2000) == std::vector<u8>(0x2000, 0));
    BOOST_TEST(get(0x7000, 1).at(0) == 1);
    BOOST_TEST((call(0x10, 0x5001, 0x6000) == Program::Specification));
    BOOST_TEST((call(0x10, 0x6000, 0x5000) == Program::Specification));
    BOOST_TEST((call(0x10, 0x6000, size) == Program::Addressing));
}

BOOST_AUTO_TEST_CASE(fifteen_blocks_go_in_one_real_program) {
    disk(100, 10);
    for (u16 head = 0; head < 4; ++head) volume.format(102, head, 4, 800, 100);
    blocks(15, op::read_data);
    BOOST_TEST((disk_io(0x1100, 15) == Program::None));
    BOOST_TEST(answer() == 0);
    BOOST_TEST(fakes::devices[0x350].start_ios == 1u);
    for (u32 i = 0; i < 15; ++i) BOOST_TEST(get(0x8000 + 800 * i, 1).at(0) == i % 4 + 1);
    put(0x8000, std::vector<u8>(800, 9));
    blocks(1, op::write_data);
    BOOST_TEST((disk_io(0x1100, 1) == Program::None));
    BOOST_TEST(volume.track(102, 0).records[0].data == std::vector<u8>(800, 9));
    BOOST_TEST(!vm.io.interruption_pending(0xFFFFFFFF));
}

BOOST_AUTO_TEST_CASE(each_fault_of_disk_io_has_its_code) {
    attach_console(vm, {0x009});
    blocks(1, op::read_data);
    BOOST_TEST((disk_io(0x1100, 1) == Program::None));
    BOOST_TEST(answer() == 101);
    vm.cpu.gpr[15] = 1;
    BOOST_TEST((call(0x18, 0x009, 0x1100) == Program::None));
    BOOST_TEST(answer() == 102);

    Minidisk& mine = disk(100, 10);
    volume.format(102, 0, 4, 800, 100);
    auto expect = [&](int code, u32 address, u32 n) {
        BOOST_TEST((disk_io(address, n) == Program::None));
        BOOST_TEST(answer() == code);
    };
    expect(205, 0x1104, 1);
    expect(206, size, 1);
    expect(211, 0x1100, 0);
    expect(211, 0x1100, 16);
    expect(207, 0x1100, 2); // the read does not chain
    ccw(0x1118, op::read_data, 0x8000, 0, 0);
    expect(208, 0x1100, 1);
    ccw(0x1118, op::read_data, 0x8000, 0, 2049);
    expect(209, 0x1100, 1);
    ccw(0x1118, op::read_data, size - 100, 0, 800);
    expect(210, 0x1100, 1);
    ccw(0x1118, op::read_data, 0x8000, ida, 800);
    expect(207, 0x1100, 1);
    ccw(0x1118, op::read_count, 0x8000, 0, 8);
    expect(207, 0x1100, 1);
    blocks(1, op::read_data);
    put(0x1802, {0, 10});
    expect(104, 0x1100, 1);
    blocks(2, op::read_data);
    put(0x1812, {0, 3});
    expect(212, 0x1100, 2);
    blocks(1, op::write_data);
    mine.set_read_only(true);
    expect(103, 0x1100, 1);
    blocks(1, op::read_data);
    put(0x180C, {77});
    expect(313, 0x1100, 1);
    BOOST_TEST(stored_csw().status == (ce_de | status::unit_check));
    BOOST_TEST((diagnose(vm, 0x18, 15, 4) == Program::Specification));
}

BOOST_AUTO_TEST_CASE(general_io_answers_without_interruption) {
    disk(100, 10);
    volume.format(102, 0, 4, 800, 100);
    blocks(1, op::read_data);
    BOOST_TEST((call(0x20, 0x191, 0x1100) == Program::None));
    BOOST_TEST(answer() == 0);
    BOOST_TEST(get(0x8000, 1).at(0) == 1);
    ccw(0x1118, op::read_data, 0x8000, 0, 900);
    BOOST_TEST((call(0x20, 0x191, 0x1100) == Program::None));
    BOOST_TEST(answer() == 203);
    put(0x180C, {77});
    BOOST_TEST((call(0x20, 0x191, 0x1100) == Program::None));
    BOOST_TEST(answer() == 313);
    BOOST_TEST(reg(4) == 0x0008u); // no record found
    BOOST_TEST((call(0x20, 0x192, 0x1100) == Program::None));
    BOOST_TEST(answer() == 101);
    BOOST_TEST(!vm.io.interruption_pending(0xFFFFFFFF));
}

BOOST_AUTO_TEST_CASE(general_io_works_on_every_kind_of_device) {
    attach_console(vm, {0x009});
    attach_punch(vm, {0x00D});
    attach_reader(vm, {0x00C});
    put(0x2000, in_ebcdic("LINE"));
    ccw(0x1000, 0x09, 0x2000, 0, 4);
    BOOST_TEST((call(0x20, 0x009, 0x1000) == Program::None));
    BOOST_TEST(answer() == 0);
    BOOST_TEST(session.typed == std::vector<std::string>{"LINE"});
    ccw(0x1000, 0x01, 0x2000, 0, 80);
    BOOST_TEST((call(0x20, 0x00D, 0x1000) == Program::None));
    BOOST_TEST(answer() == 0);
    ccw(0x1000, 0x02, 0x2000, 0, 80);
    BOOST_TEST((call(0x20, 0x00C, 0x1000) == Program::None));
    BOOST_TEST(answer() == 313);
    BOOST_TEST(reg(4) == 0x4000u);
    BOOST_TEST(!vm.io.interruption_pending(0xFFFFFFFF));
}

BOOST_AUTO_TEST_CASE(device_types_are_told) {
    disk(100, 10, true);
    attach_console(vm, {0x009});
    attach_reader(vm, {0x00C});
    BOOST_TEST((call(0x24, 0x191, 0) == Program::None));
    BOOST_TEST(condition() == 0);
    BOOST_TEST(reg(4) == 0x04088000u);
    BOOST_TEST(reg(5) == 0x04080000u);
    call(0x24, 0xFFFFFFFF, 0);
    BOOST_TEST(condition() == 0);
    BOOST_TEST(reg(2) == 0x009u);
    BOOST_TEST(reg(4) == 0x80000000u);
    BOOST_TEST(reg(5) == 0x40010250u);
    session.at = nullptr;
    call(0x24, 0xFFFFFFFF, 0);
    BOOST_TEST(condition() == 2);
    call(0x24, 0x00C, 0);
    BOOST_TEST(condition() == 2);
    BOOST_TEST(reg(4) == 0x20820000u);
    call(0x24, 0x555, 0);
    BOOST_TEST(condition() == 3);
    call(0x24, 0x1191, 0);
    BOOST_TEST(condition() == 3);
}

BOOST_AUTO_TEST_CASE(a_screen_is_written_by_58_only) {
    attach_console(vm, {0x009});
    put(0x2000, in_ebcdic("SCREEN"));
    put(0x1000, {0x19, 0, 0x20, 0, 0, 0x83, 0, 6});
    BOOST_TEST((call(0x58, 0x1000, 0x009) == Program::None));
    BOOST_TEST(condition() == 0);
    BOOST_TEST(session.screen.displayed == std::vector<std::string>{"3C:SCREEN"});
    BOOST_TEST(interruption().csw.status == ce_de);
    put(0x1005, {0xFF});
    call(0x58, 0x1000, 0x009);
    BOOST_TEST(session.screen.clears == 1u);
    interruption();
    session.screen.is_graphic = false;
    call(0x58, 0x1000, 0x009);
    BOOST_TEST(interruption().csw.status ==
               (ce_de | status::unit_check | status::incorrect_length));
    call(0x58, 0x1000, 0x008);
    BOOST_TEST(condition() == 3);
}

BOOST_AUTO_TEST_CASE(messages_are_edited_as_set_emsg_says) {
    vm.settings.error_messages = ErrorMessages::On;
    call(0x5C, 0x3000, 30);
    BOOST_TEST(reg(2) == 0x3000u);
    BOOST_TEST(reg(4) == 30u);
    vm.settings.error_messages = ErrorMessages::Code;
    call(0x5C, 0x3000, 30);
    BOOST_TEST(reg(4) == 10u);
    vm.settings.error_messages = ErrorMessages::Text;
    call(0x5C, 0x3000, 30);
    BOOST_TEST(reg(2) == 0x300Bu);
    BOOST_TEST(reg(4) == 19u);
    call(0x5C, 0x3000, 11);
    BOOST_TEST(reg(4) == 0u);
    vm.settings.error_messages = ErrorMessages::Off;
    call(0x5C, 0x3000, 30);
    BOOST_TEST(reg(4) == 0u);
}

BOOST_AUTO_TEST_CASE(storage_size_and_the_absent_services) {
    call(0x60, 0, 0);
    BOOST_TEST(reg(2) == size);
    put(0x2000, in_ebcdic("CMS     "));
    call(0x64, 0x2000, 0x0C);
    BOOST_TEST(condition() == 2);
    BOOST_TEST(reg(4) == 44u);
    BOOST_TEST((call(0x64, 0x2000, 0x0E) == Program::Specification));
    BOOST_TEST((call(0x64, 0x2004, 0) == Program::Specification));
    call(0x4C, 0, 0);
    BOOST_TEST(condition() == 1);
}

BOOST_AUTO_TEST_SUITE_END()

// --- IPL ---------------------------------------------------------------------------

namespace {

struct IplGuest : DiagnoseGuest {
    IplOutcome ipl(u16 address, IplOptions options = {}) {
        IplOutcome outcome{};
        bool done = false;
        auto task = [](IplGuest& guest, DeviceAddress device, IplOptions o, IplOutcome& result,
                       bool& end) -> Task<> {
            Task<IplOutcome> loading = ipl_device(guest.vm, device, o);
            result = co_await loading;
            end = true;
        };
        spawn(task(*this, {address}, options, outcome, done));
        pump();
        BOOST_REQUIRE(done);
        return outcome;
    }
    void record(u16 cylinder, usize number, const std::vector<u8>& bytes) {
        std::vector<u8>& data = volume.track(cylinder, 0).records[number - 1].data;
        std::copy(bytes.begin(), bytes.end(), data.begin());
    }
};

struct BootDeck : CardSource {
    u32 next = 0;
    u32 read(std::span<u8> card) override {
        std::vector<u8> bytes(80);
        if (next == 0) { // PSW, then read the second card to 800, and no more
            bytes = {0, 0, 0, 0, 0, 0, 0x08, 0, 0x02, 0, 0x08, 0, 0x20, 0, 0, 80};
        } else if (next == 1) {
            bytes = in_ebcdic("PROGRAM");
        } else {
            return 0;
        }
        ++next;
        std::copy(bytes.begin(), bytes.end(), card.begin());
        return static_cast<u32>(bytes.size());
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(ipl, IplGuest)

BOOST_AUTO_TEST_CASE(a_disk_program_chains_through_what_it_reads) {
    disk(100, 10);
    volume.format(100, 0, 3, 800, 100);
    // PSW to 800; read record 2 to 800, then a TIC to CCWs in it that read record 3.
    record(100, 1, {0,    0, 0,    0,    0, 0, 0x08, 0, 0x06, 0, 0x08, 0,
                    0x60, 0, 0x03, 0x20, 8, 0, 9,    0, 0,    0, 0,    0});
    std::vector<u8> program(0x108);
    std::vector<u8> const last{0x06, 0, 0x20, 0, 0x20, 0, 0x03, 0x20};
    std::copy(last.begin(), last.end(), program.begin() + 0x100);
    record(100, 2, program);
    BOOST_TEST((ipl(0x191) == IplOutcome::Loaded));
    BOOST_TEST(vm.cpu.psw.address() == 0x800u);
    BOOST_TEST(half(2) == 0x191);
    BOOST_TEST(get(0x900, 8) == last);
    BOOST_TEST(get(0x2000, 800) == std::vector<u8>(800, 3));
    BOOST_TEST(!vm.io.interruption_pending(0xFFFFFFFF));
}

BOOST_AUTO_TEST_CASE(a_cylinder_may_be_named) {
    disk(100, 10);
    volume.format(104, 0, 1, 800, 100);
    record(104, 1, {0, 0, 0, 0, 0, 0, 0x12, 0x34, 0x03, 0, 0, 0, 0x20, 0, 0, 1});
    IplOptions options;
    options.cylinder = 4;
    options.has_parameters = true;
    options.parameters = "HELLO"_e;
    BOOST_TEST((ipl(0x191, options) == IplOutcome::Loaded));
    BOOST_TEST(vm.cpu.psw.address() == 0x1234u);
    BOOST_TEST(vm.cpu.gpr[0] == 0xC8C5D3D3u);
    BOOST_TEST(vm.cpu.gpr[15] == 0x40404040u);
    options.cylinder = 10;
    BOOST_TEST((ipl(0x191, options) == IplOutcome::Failed));
}

BOOST_AUTO_TEST_CASE(a_deck_is_loaded_from_the_reader) {
    VirtualReader& reader = *attach_reader(vm, {0x00C});
    reader.load(*free_storage::create<BootDeck>());
    BOOST_TEST((ipl(0x00C) == IplOutcome::Loaded));
    BOOST_TEST(vm.cpu.psw.address() == 0x800u);
    BOOST_TEST(get(0x800, 7) == in_ebcdic("PROGRAM"));
    BOOST_TEST(half(2) == 0x00C);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_loaded_is_told) {
    attach_console(vm, {0x009});
    attach_reader(vm, {0x00C});
    disk(100, 10);
    BOOST_TEST((ipl(0x555) == IplOutcome::NoDevice));
    BOOST_TEST((ipl(0x009) == IplOutcome::WrongDevice));
    BOOST_TEST((ipl(0x00C) == IplOutcome::Failed));
    BOOST_TEST((ipl(0x191) == IplOutcome::Failed));
    BOOST_REQUIRE(session.typed.size() == 2u);
    BOOST_TEST(session.typed[0] == "DMKVMI232E IPL UNIT ERROR, CSW=00000008 0E000018, SENSE=4000");
    BOOST_TEST(session.typed[1] == "DMKVMI232E IPL UNIT ERROR, CSW=00000008 0E000000, SENSE=0008");
    BOOST_TEST(vm.cpu.psw.bits == 0x0002'0000'0000'0000u);
}

BOOST_AUTO_TEST_SUITE_END()
