// DUMP (DMKCDM): registers, storage keys and storage of the user's virtual machine on its
// printer.
//
//   DUMP [L|T][hexloc1][{-|:}hexloc2|END] ... [*dumpid]

#include "cp/command/hexadecimal.h"
#include "cp/command/processors.h"
#include "cp/guest/unit_record.h"

namespace cp {
namespace {

constexpr u32 bytes_a_line = 32, registers_a_line = 8;
// After so much the user is told how far it is.
constexpr u32 progress = 0x10000;

// One dump: `failed` after the first line that could not be printed.
struct Paper {
    VirtualMachine& machine;
    bool failed = false;

    Task<> print(MessageLine line) {
        bool printed = false;
        printed = co_await print_line(machine, line);
        failed = failed || !printed;
    }
};

Task<> print_registers(Paper& paper, Text name, const u32* registers, u32 last) {
    for (u32 number = 0; number <= last; number += registers_a_line) {
        MessageLine const line = register_line(name, registers, number, last, registers_a_line);
        co_await paper.print(line);
    }
}

Task<> print_state(Paper& paper) {
    VirtualMachine& machine = paper.machine;
    VirtualCpu const& cpu = machine.cpu;
    MessageLine const psw = psw_line(cpu.psw), blank(" "_e);
    co_await paper.print(psw);
    co_await print_registers(paper, "GPR"_e, cpu.gpr, 15);
    for (u32 number = 0; number < 8; number += 2) {
        MessageLine const line = floating_register_line(cpu, number);
        co_await paper.print(line);
    }
    co_await print_registers(paper, "ECR"_e, cpu.cr, machine.settings.ec_mode ? 15 : 0);
    StorageSource const source(machine);
    co_await paper.print(blank);
    for (u32 start = 0; start < source.size() && !paper.failed;) {
        MessageLine const line = key_line(source, start, source.size() - 1);
        co_await paper.print(line);
    }
}

Task<> print_storage(const Caller& caller, Paper& paper, HexRange range) {
    StorageLines lines(StorageSource(caller.machine()), range, bytes_a_line, true);
    MessageLine const blank(" "_e);
    co_await paper.print(blank);
    MessageLine line;
    u32 told = range.first / progress;
    while (!paper.failed && lines.next(line)) {
        co_await paper.print(line);
        if (lines.address() / progress == told || lines.address() > range.last) continue;
        told = lines.address() / progress;
        MessageLine where("DUMPING LOC "_e);
        where.hex(told * progress, 6);
        co_await caller.respond(where);
    }
}

u16 check(const Caller& caller, Fields operands, Text& wrong) {
    u16 code = operands.empty() ? 33 : 0;
    while (code == 0 && !operands.empty() && operands.peek()[0] != '*'_e) {
        wrong = operands.next();
        bool const typed = wrong[0] == 'L'_e || wrong[0] == 'T'_e;
        HexRange range;
        code = parse_storage_range(typed ? wrong.substr(1) : wrong, caller.machine().storage.size(),
                                   range);
    }
    return code;
}

} // namespace

Task<u32> dump_command(const Caller& caller, Fields operands) {
    Text word;
    u16 const wrong = check(caller, operands, word);
    if (wrong != 0) co_return co_await caller.fail("CDM"_e, wrong, word);
    VirtualMachine& machine = caller.machine();
    VirtualOutput* const printer = first_printer(machine);
    if (printer == nullptr) co_return co_await caller.fail("CDM"_e, 60);

    Paper paper{machine};
    Fields rest = operands;
    while (!rest.empty() && rest.peek()[0] != '*'_e) rest.next();
    if (!rest.empty()) {
        MessageLine const id(rest.rest());
        co_await paper.print(id);
    }
    co_await print_state(paper);
    while (!operands.empty() && operands.peek()[0] != '*'_e && !paper.failed) {
        word = operands.next();
        bool const typed = word[0] == 'L'_e || word[0] == 'T'_e;
        HexRange range;
        parse_storage_range(typed ? word.substr(1) : word, machine.storage.size(), range);
        co_await print_storage(caller, paper, range);
    }
    if (paper.failed) co_return co_await caller.fail("CDM"_e, 61);
    MessageLine const complete("COMMAND COMPLETE"_e);
    co_await caller.respond(complete);
    co_return 0;
}

} // namespace cp
