#include "cp/command/hexadecimal.h"

#include "cp/command/hex_float.h"
#include "s370/machine/key.h"
#include "s370/machine/storage.h"

#include <algorithm>

namespace cp {

namespace {

constexpr u32 words_before_gap = 4;

// What every terminal and printer can show.
constexpr u8 printable(u8 c) {
    u8 const latin = ebcdic::to_latin1(c);
    return latin > ' ' && latin < 0x7F ? c : '.'_e;
}

// Where word `i` of a line stands; after four words there is a gap.
constexpr u32 word_column(u32 i) { return 10 + i * 10 + i / words_before_gap * 2; }

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

} // namespace

void StorageSource::read(u32 address, std::span<u8> bytes) const {
    if (guest_ != nullptr)
        guest_->read(GuestReal{address}, bytes);
    else
        std::copy_n(machine::real(address), bytes.size(), bytes.data());
}

u8 StorageSource::key(u32 address) const {
    return guest_ != nullptr ? guest_->key(GuestReal{address}) : machine::storage_key(address);
}

u16 parse_storage_range(Text operand, u32 size, HexRange& range) {
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

u16 parse_register_range(Text operand, u32 highest, u32 digits, u32 step, HexRange& range) {
    Split const parts = split(operand);
    range = {0, highest};
    if (parts.first.empty() && parts.separator == 0) return 0;
    ParsedNumber const first =
        parts.first.empty() ? ParsedNumber{true, 0} : parse_decimal(parts.first);
    if (!first.valid || parts.first.size() > digits) return 3;
    range = {first.value, first.value};
    if (parts.separator == '.'_e) {
        ParsedNumber const count = parse_decimal(parts.second);
        if (!count.valid || count.value == 0 || count.value > 16) return 3;
        range.last = first.value + (count.value - 1) * step;
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

Line<13> ends_of(HexRange range) {
    Line<13> ends;
    ends.hex(range.first, 6) << '-'_e;
    return ends.hex(range.last, 6);
}

MessageLine range_line(u32 first, u32 last, Text rest) {
    MessageLine line;
    line.hex(first, 6) << " TO "_e;
    return line.hex(last, 6) << rest;
}

StorageLines::StorageLines(StorageSource source, HexRange range, u32 bytes_a_line, bool translated)
    : source_(source), address_(range.first & ~(translated ? 15u : 3u)),
      last_(std::min(range.last | (translated ? 15u : 3u), source.size() - 1)),
      bytes_a_line_(bytes_a_line), translated_(translated) {}

// `length` bytes, which are those in shown_.
void StorageLines::put(MessageLine& line, u32 address, u32 length) const {
    line.hex(address, 6);
    for (u32 i = 0; i + 4 <= length; i += 4) {
        line.at(word_column(i / 4));
        for (u32 j = 0; j < 4; ++j) line.hex(shown_[i + j], 2);
    }
    if (!translated_) return;
    u32 const end = word_column(bytes_a_line_ / 4 - 1) + 9;
    if (address % s370::key_block_size == 0) line.at(end).hex(source_.key(address), 2);
    line.at(end + 4) << '*'_e;
    for (u32 i = 0; i < length; ++i) line << printable(shown_[i]);
    line << '*'_e;
}

bool StorageLines::next(MessageLine& line) {
    line.clear();
    for (; address_ <= last_; address_ += bytes_a_line_) {
        u32 const length = std::min(bytes_a_line_, last_ + 1 - address_);
        u8 bytes[most_bytes];
        source_.read(address_, {bytes, length});
        bool const same =
            !first_ && length == bytes_a_line_ && std::equal(bytes, bytes + length, shown_);
        if (same) {
            ++suppressed_;
            continue;
        }
        if (suppressed_ != 0) break;
        first_ = false;
        std::copy_n(bytes, length, shown_);
        put(line, address_, length);
        address_ += bytes_a_line_;
        return true;
    }
    if (suppressed_ == 0) return false;
    line << range_line(address_ - suppressed_ * bytes_a_line_, address_ - 1,
                       "   SUPPRESSED LINE(S) SAME AS ABOVE ....."_e);
    suppressed_ = 0;
    return true;
}

MessageLine key_line(const StorageSource& source, u32& start, u32 last, u8 mask) {
    u8 const key = source.key(start) & mask;
    u32 end = start + s370::key_block_size;
    while (end <= last && (source.key(end) & mask) == key) end += s370::key_block_size;
    MessageLine line = range_line(start, end - 1, "  KEY = "_e);
    line.hex(key, 2);
    start = end;
    return line;
}

MessageLine register_line(Text name, const u32* registers, u32 number, u32 last, u32 count) {
    MessageLine line(name);
    line.decimal(number, 3, ' '_e) << " ="_e;
    for (u32 i = 0; i < count && number + i <= last; ++i)
        line.at(word_column(i)).hex(registers[number + i], 8);
    return line;
}

MessageLine floating_register_line(const VirtualCpu& cpu, u32 number) {
    MessageLine line("FPR"_e);
    line.decimal(number, 3, ' '_e) << " =  "_e;
    line.hex(cpu.fpr[number / 2], 16);
    line.at(30) << decimal_floating(cpu.fpr[number / 2]);
    return line;
}

MessageLine psw_line(s370::Psw psw) {
    if (!psw.ec()) psw.bits = s370::Psw::BcInterruptionCode::put(psw.bits, 0);
    MessageLine line("PSW = "_e);
    line.hex(psw.bits >> 32, 8) << ' '_e;
    return line.hex(psw.bits, 8);
}

} // namespace cp
