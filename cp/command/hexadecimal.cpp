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

    // Nothing behind the separator is END too.
    bool has_end() const { return !second.empty() && second != "END"_e; }
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
    u8 const key =
        guest_ != nullptr ? guest_->key(GuestReal{address}) : machine::storage_key(address);
    return key & key_mask_;
}

u16 parse_storage_range(Text operand, u32 size, HexRange& range) {
    Split const parts = split(operand);
    bool const single = parts.separator == 0 && !parts.first.empty();
    ParsedNumber const start = parts.first.empty() ? ParsedNumber{true, 0} : parse_hex(parts.first);
    if (parts.first.size() > 6) return 3;
    if (!start.valid) return 4;
    range = {start.value, single ? start.value : size - 1};
    if (parts.has_end()) {
        ParsedNumber const end = parse_hex(parts.second);
        if (parts.separator == '.'_e) {
            if (!end.valid || end.value == 0 || end.value > 0xFFFFFF) return 3;
            range.last = start.value + end.value - 1;
        } else {
            if (parts.second.size() > 6) return 3;
            if (!end.valid) return 4;
            range.last = end.value;
        }
    }
    if (single) return range.first < size ? 0 : 160;
    return range.last < range.first || range.last >= size ? 9 : 0;
}

u16 parse_register_range(Text operand, RegisterFile file, HexRange& range, Text& number) {
    Split const parts = split(operand);
    bool const single = parts.separator == 0 && !parts.first.empty();
    range = {0, file.highest};
    u32 count = 0;
    if (parts.has_end()) {
        ParsedNumber const end = parse_decimal(parts.second);
        if (!end.valid) return 3;
        if (parts.separator == '.'_e) {
            if (end.value == 0 || end.value > 16) return 3;
            count = end.value;
        } else {
            if (parts.second.size() > file.digits) return 3;
            range.last = end.value;
            number = parts.second;
            if (file.step > 1 && (end.value % file.step != 0 || end.value > file.highest))
                return 10;
        }
    }
    if (!parts.first.empty()) {
        ParsedNumber const first = parse_decimal(parts.first);
        if (!first.valid || parts.first.size() > file.digits) return 3;
        range.first = first.value;
        number = parts.first;
        if (first.value > file.highest) return 10;
        if (first.value % file.step != 0) return 3;
    }
    if (single) range.last = range.first;
    if (count != 0) range.last = range.first + (count - 1) * file.step;
    return range.last < range.first || range.last > file.highest ? 9 : 0;
}

Line<13> ends_of(HexRange range) {
    Line<13> ends;
    ends.hex(range.first, 6) << '-'_e;
    return ends.hex(range.last, 6);
}

Line<5> register_ends_of(HexRange range) {
    Line<5> ends;
    ends.decimal(range.first, 2) << '-'_e;
    return ends.decimal(range.last, 2);
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

MessageLine key_line(const StorageSource& source, u32& start, u32 last) {
    u8 const key = source.key(start);
    u32 end = start + s370::key_block_size;
    while (end <= last && source.key(end) == key) end += s370::key_block_size;
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
