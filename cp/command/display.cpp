// DISPLAY and DCP (DMKCDB): storage and registers in hexadecimal.

#include "cp/command/hexadecimal.h"
#include "cp/command/processors.h"

namespace cp {
namespace {

Task<> type_storage(const Caller& caller, StorageSource source, HexRange range, bool translated) {
    constexpr u32 bytes_a_line = 16;
    StorageLines lines(source, range, bytes_a_line, translated);
    MessageLine line;
    while (lines.next(line)) co_await caller.respond(line);
}

Task<> type_keys(const Caller& caller, StorageSource source, HexRange range) {
    for (u32 start = range.first & ~(s370::key_block_size - 1); start <= range.last;) {
        MessageLine const line = key_line(source, start, range.last);
        co_await caller.respond(line);
    }
}

Task<> type_registers(const Caller& caller, Text name, const u32* registers, HexRange range) {
    constexpr u32 a_line = 4;
    for (u32 number = range.first; number <= range.last; number += a_line) {
        MessageLine const line = register_line(name, registers, number, range.last, a_line);
        co_await caller.respond(line);
    }
}

Task<> type_floating_registers(const Caller& caller, HexRange range) {
    for (u32 number = range.first; number <= range.last; number += 2) {
        MessageLine const line = floating_register_line(caller.machine().cpu, number);
        co_await caller.respond(line);
    }
}

MessageLine caw_line(GuestStorage& storage) {
    Be32 caw;
    storage.read(GuestReal{offsetof(s370::LowStorage, caw)}, caw);
    MessageLine line("CAW=  "_e);
    return line.hex(caw, 8);
}

MessageLine csw_line(GuestStorage& storage) {
    Be64 csw;
    storage.read(GuestReal{offsetof(s370::LowStorage, csw)}, csw);
    MessageLine line("CSW=  "_e);
    line.hex(csw >> 32, 8) << ' '_e;
    return line.hex(csw, 8);
}

bool is_type_letter(u8 c) {
    return c == 'L'_e || c == 'T'_e || c == 'K'_e || c == 'G'_e || c == 'Y'_e || c == 'X'_e;
}

constexpr RegisterFile registers{15, 2, 1}, floating_registers{6, 1, 2};

// The word of the machine that an operand begins like, however it goes on.
Text machine_word(Text word) {
    if (word[0] == 'P'_e) return "PSW"_e;
    for (Text const name : {"CAW"_e, "CSW"_e})
        if (word.starts_with(name)) return name;
    return {};
}

Task<u32> display_registers(const Caller& caller, u8 type, Text operand, Text word) {
    bool const floating = type == 'Y'_e;
    HexRange range;
    Text number;
    u16 const wrong =
        parse_register_range(operand, floating ? floating_registers : registers, range, number);
    if (wrong == 9) {
        Line<5> const ends = register_ends_of(range);
        co_return co_await caller.fail("CDB"_e, wrong, ends);
    }
    if (wrong != 0) co_return co_await caller.fail("CDB"_e, wrong, wrong == 10 ? number : word);
    VirtualMachine& machine = caller.machine();
    if (type == 'X'_e && !machine.settings.ec_mode) range = {0, 0};
    if (floating)
        co_await type_floating_registers(caller, range);
    else if (type == 'G'_e)
        co_await type_registers(caller, "GPR"_e, machine.cpu.gpr, range);
    else
        co_await type_registers(caller, "ECR"_e, machine.cpu.cr, range);
    co_return 0;
}

Task<u32> display_storage(const Caller& caller, StorageSource source, u8 type, Text operand,
                          Text word) {
    HexRange range;
    u16 const wrong = parse_storage_range(operand, source.size(), range);
    if (wrong == 9) {
        Line<13> const ends = ends_of(range);
        co_return co_await caller.fail("CDB"_e, wrong, ends);
    }
    if (wrong != 0)
        co_return co_await caller.fail("CDB"_e, wrong, wrong == 160 || wrong == 4 ? operand : word);
    if (type == 'K'_e)
        co_await type_keys(caller, source, range);
    else
        co_await type_storage(caller, source, range, type == 'T'_e);
    co_return 0;
}

} // namespace

Task<u32> display_command(const Caller& caller, Fields operands) {
    VirtualMachine& machine = caller.machine();
    if (operands.empty()) co_return co_await caller.fail("CDB"_e, 26);
    u8 type = 'L'_e;
    for (u32 code = 0; !operands.empty();) {
        Text const word = operands.next();
        if (Text const name = machine_word(word); !name.empty()) {
            if (!abbreviates(word, name, name == "PSW"_e ? 1 : 3))
                co_return co_await caller.fail("CDB"_e, 3, word);
            MessageLine const line = name == "PSW"_e   ? psw_line(machine.cpu.psw)
                                     : name == "CAW"_e ? caw_line(machine.storage)
                                                       : csw_line(machine.storage);
            co_await caller.respond(line);
            type = 'L'_e;
            continue;
        }
        Text operand = word;
        if (is_type_letter(word[0])) {
            type = word[0];
            operand = word.substr(1);
        }
        if (type == 'G'_e || type == 'Y'_e || type == 'X'_e)
            code = co_await display_registers(caller, type, operand, word);
        else
            code = co_await display_storage(caller, StorageSource(machine), type, operand, word);
        if (code != 0) co_return code;
    }
    co_return 0;
}

Task<u32> display_real_command(const Caller& caller, Fields operands) {
    if (operands.empty()) co_return co_await caller.fail("CDB"_e, 33);
    StorageSource const source(round_up(frame_pool.total() * 4096, 1 << 20));
    u8 type = 'L'_e;
    for (u32 code = 0; !operands.empty();) {
        Text const word = operands.next();
        Text operand = word;
        if (is_type_letter(word[0])) {
            type = word[0];
            operand = word.substr(1);
        }
        // The real machine's storage is all that can be asked for.
        if ((type != 'L'_e && type != 'T'_e) || !machine_word(word).empty())
            co_return co_await caller.fail("CDB"_e, 3, word);
        code = co_await display_storage(caller, source, type, operand, word);
        if (code != 0) co_return code;
    }
    co_return 0;
}

} // namespace cp
