// DISPLAY and DCP (DMKCDB): storage and registers in hexadecimal.
//
// Line layouts: cp-commands section 9.

#include "cp/command/processors.h"
#include "s370/machine/key.h"
#include "s370/machine/storage.h"

namespace cp {
namespace {

constexpr u32 line_bytes = 16;

// Where bytes come from: a guest's storage, or the real one.
class Source {
  public:
    explicit Source(GuestStorage& guest) : guest_(&guest) {}
    explicit Source(u32 real_size) : real_size_(real_size) {}

    u32 size() const { return guest_ != nullptr ? guest_->size() : real_size_; }
    // `address` is inside.
    void read(u32 address, std::span<u8> bytes) const {
        if (guest_ != nullptr)
            guest_->read(GuestReal{address}, bytes);
        else
            std::copy_n(machine::real(address), bytes.size(), bytes.data());
    }
    u8 key(u32 address) const {
        return guest_ != nullptr ? guest_->key(GuestReal{address}) : machine::storage_key(address);
    }

  private:
    GuestStorage* guest_ = nullptr;
    u32 real_size_ = 0;
};

struct Range {
    u32 first = 0, last = 0;
};

constexpr u8 printable(u8 c) { return c > 0x40 && c != 0xFF ? c : '.'_e; }

MessageLine range_line(u32 first, u32 last, Text rest) {
    MessageLine line;
    line.hex(first, 6) << " TO "_e;
    return line.hex(last, 6) << rest;
}

// The 16 bytes at `address`, or fewer at the end of storage.
MessageLine storage_line(const Source& source, u32 address, bool translated) {
    u8 bytes[line_bytes];
    u32 const length = std::min(line_bytes, source.size() - address);
    source.read(address, {bytes, length});

    MessageLine line;
    line.hex(address, 6);
    for (u32 i = 0; i + 4 <= length; i += 4) {
        line.at(10 + i / 4 * 10);
        for (u32 j = 0; j < 4; ++j) line.hex(bytes[i + j], 2);
    }
    if (!translated) return line;
    if (address % s370::key_block_size == 0) line.at(49).hex(source.key(address), 2);
    line.at(53) << '*'_e;
    for (u32 i = 0; i < length; ++i) line << printable(bytes[i]);
    return line << '*'_e;
}

// Lines equal to the one before are counted, not typed.
Task<> type_storage(const Caller& caller, Source source, Range range, bool translated) {
    u32 address = translated ? range.first & ~(line_bytes - 1) : range.first & ~3u;
    u8 shown[line_bytes]{}, bytes[line_bytes]{};
    u32 suppressed = 0; // lines
    for (bool first = true; address <= range.last; address += line_bytes) {
        u32 const length = std::min(line_bytes, source.size() - address);
        source.read(address, {bytes, length});
        bool const same =
            !first && length == line_bytes && std::equal(bytes, bytes + length, shown);
        first = false;
        std::copy_n(bytes, length, shown);
        if (same) {
            ++suppressed;
            continue;
        }
        if (suppressed != 0) {
            MessageLine const line = range_line(address - suppressed * line_bytes, address - 1,
                                                "   SUPPRESSED LINE(S) SAME AS ABOVE ....."_e);
            suppressed = 0;
            co_await caller.respond(line);
        }
        MessageLine const line = storage_line(source, address, translated);
        co_await caller.respond(line);
    }
    if (suppressed != 0) {
        MessageLine const line = range_line(address - suppressed * line_bytes, address - 1,
                                            "   SUPPRESSED LINE(S) SAME AS ABOVE ....."_e);
        co_await caller.respond(line);
    }
}

// Runs of blocks with the same key.
Task<> type_keys(const Caller& caller, Source source, Range range, u8 mask) {
    u32 start = range.first & ~(s370::key_block_size - 1);
    while (start <= range.last) {
        u8 const key = source.key(start) & mask;
        u32 end = start + s370::key_block_size;
        while (end <= range.last && (source.key(end) & mask) == key) end += s370::key_block_size;
        MessageLine line = range_line(start, end - 1, "  KEY = "_e);
        line.hex(key, 2);
        co_await caller.respond(line);
        start = end;
    }
}

// Four registers a line.
Task<> type_registers(const Caller& caller, Text name, const u32* registers, Range range) {
    for (u32 number = range.first; number <= range.last; number += 4) {
        MessageLine line(name);
        line.decimal(number, 3, ' '_e) << " =  "_e;
        for (u32 i = number; i < number + 4 && i <= range.last; ++i) {
            if (i != number) line << "  "_e;
            line.hex(registers[i], 8);
        }
        co_await caller.respond(line);
    }
}

Task<> type_floating_registers(const Caller& caller, Range range) {
    for (u32 number = range.first; number <= range.last; number += 2) {
        MessageLine line("FPR"_e);
        line.decimal(number, 3, ' '_e) << " =  "_e;
        line.hex(caller.machine().cpu.fpr[number / 2], 16);
        co_await caller.respond(line);
    }
}

MessageLine doubleword_line(Text name, u64 value) {
    MessageLine line(name);
    line.hex(value >> 32, 8) << ' '_e;
    return line.hex(value, 8);
}

MessageLine psw_line(s370::Psw psw) {
    if (!psw.ec()) psw.bits = s370::Psw::BcInterruptionCode::put(psw.bits, 0);
    return doubleword_line("PSW = "_e, psw.bits);
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
    return doubleword_line("CSW=  "_e, csw);
}

// --- operands ---

struct Split {
    Text first, second;
    u8 separator = 0; // - : . or none
};

Split split(Text operand) {
    usize i = 0;
    while (i < operand.size() && operand[i] != '-'_e && operand[i] != ':'_e && operand[i] != '.'_e)
        ++i;
    if (i == operand.size()) return {operand, {}, 0};
    return {operand.substr(0, i), operand.substr(i + 1), operand[i]};
}

// 0, or the number of the message.
u16 parse_storage_range(Text operand, u32 size, Range& range) {
    Split const parts = split(operand);
    bool const open = parts.first.empty() && parts.separator == 0; // no digits: all of it
    ParsedNumber const start = parts.first.empty() ? ParsedNumber{true, 0} : parse_hex(parts.first);
    if (parts.first.size() > 6) return 3;
    if (!start.valid) return 4;
    range.first = start.value;
    range.last = open ? size - 1 : start.value;
    if (parts.separator == '.'_e) {
        ParsedNumber const count = parse_hex(parts.second);
        if (!count.valid || count.value == 0 || count.value > 0xFFFFFF) return 3;
        range.last = start.value + count.value - 1;
    } else if (parts.separator != 0) {
        ParsedNumber const end = parse_hex(parts.second);
        if (parts.second == "END"_e || parts.second.empty())
            range.last = size - 1;
        else if (parts.second.size() > 6)
            return 3;
        else if (!end.valid)
            return 4;
        else
            range.last = end.value;
    }
    if (parts.separator == 0 && !open) return range.first < size ? 0 : 160;
    return range.last < range.first || range.last >= size ? 9 : 0;
}

u16 parse_register_range(Text operand, u32 highest, u32 digits, Range& range) {
    Split const parts = split(operand);
    range = {0, highest};
    if (parts.first.empty() && parts.separator == 0) return 0;
    ParsedNumber const first =
        parts.first.empty() ? ParsedNumber{true, 0} : parse_decimal(parts.first);
    if (!first.valid || parts.first.size() > digits) return 3;
    range = {first.value, first.value};
    if (parts.separator == '.'_e) {
        ParsedNumber const count = parse_decimal(parts.second);
        if (!count.valid || count.value == 0) return 3;
        range.last = first.value + count.value - 1;
    } else if (parts.separator != 0) {
        ParsedNumber const last = parse_decimal(parts.second);
        if (parts.second == "END"_e)
            range.last = highest;
        else if (!last.valid || parts.second.size() > digits)
            return 3;
        else
            range.last = last.value;
    }
    if (range.first > highest || range.last > highest) return 10;
    return range.last < range.first ? 9 : 0;
}

bool is_type_letter(u8 c) {
    return c == 'L'_e || c == 'T'_e || c == 'K'_e || c == 'G'_e || c == 'Y'_e || c == 'X'_e;
}

Task<u32> display_registers(const Caller& caller, u8 type, Text operand, Text word) {
    bool const floating = type == 'Y'_e;
    Range range;
    u16 wrong = parse_register_range(operand, floating ? 6 : 15, floating ? 1 : 2, range);
    if (wrong == 0 && floating && range.first % 2 != 0) wrong = 3;
    if (wrong == 0 && floating && range.last % 2 != 0) wrong = 10;
    if (wrong != 0) co_return co_await caller.fail("CDB"_e, wrong, wrong == 10 ? operand : word);
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

Task<u32> display_storage(const Caller& caller, Source source, u8 type, Text operand, Text word) {
    Range range;
    u16 const wrong = parse_storage_range(operand, source.size(), range);
    if (wrong == 9) {
        Line<13> ends;
        ends.hex(range.first, 6) << '-'_e;
        ends.hex(range.last, 6);
        co_return co_await caller.fail("CDB"_e, wrong, ends);
    }
    if (wrong != 0)
        co_return co_await caller.fail("CDB"_e, wrong, wrong == 160 || wrong == 4 ? operand : word);
    u8 const mask = caller.machine().settings.ec_mode ? 0xFE : 0xF8;
    if (type == 'K'_e)
        co_await type_keys(caller, source, range, mask);
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
        if (word == "PSW"_e || word == "CAW"_e || word == "CSW"_e) {
            MessageLine const line = word == "PSW"_e   ? psw_line(machine.cpu.psw)
                                     : word == "CAW"_e ? caw_line(machine.storage)
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
            code = co_await display_storage(caller, Source(machine.storage), type, operand, word);
        if (code != 0) co_return code;
    }
    co_return 0;
}

Task<u32> display_real_command(const Caller& caller, Fields operands) {
    if (operands.empty()) co_return co_await caller.fail("CDS"_e, 33);
    Source const source(round_up(frame_pool.total() * 4096, 1 << 20));
    u8 type = 'L'_e;
    for (u32 code = 0; !operands.empty();) {
        Text const word = operands.next();
        Text operand = word;
        if (word[0] == 'L'_e || word[0] == 'T'_e) {
            type = word[0];
            operand = word.substr(1);
        }
        code = co_await display_storage(caller, source, type, operand, word);
        if (code != 0) co_return code;
    }
    co_return 0;
}

} // namespace cp
