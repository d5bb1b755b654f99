#include "dasd-images/lines.h"

#include <algorithm>

namespace dasd {
namespace {

constexpr u32 invalid = 0xFFFFFFFF;

// Takes a character off the front; `invalid` when this is not UTF-8.
u32 next_character(std::span<const u8>& bytes) {
    u8 const first = bytes[0];
    u32 const more = first < 0x80 ? 0 : first >> 5 == 6 ? 1 : first >> 4 == 14 ? 2 : 3;
    bool const good = first < 0x80 || (first >= 0xC2 && first <= 0xF4);
    u32 value = more == 0 ? first : first & (0x3Fu >> more);
    if (!good || bytes.size() <= more) return invalid;
    for (u32 i = 1; i <= more; ++i) {
        if (bytes[i] >> 6 != 2) return invalid;
        value = value << 6 | (bytes[i] & 0x3F);
    }
    bytes = bytes.subspan(more + 1);
    return value;
}

bool is_utf8(std::span<const u8> text) {
    while (!text.empty())
        if (next_character(text) == invalid) return false;
    return true;
}

// The lines in ISO 8859-1.
std::vector<Bytes> split_lines(const Bytes& text) {
    std::vector<Bytes> lines;
    bool const utf8 = is_utf8(text);
    bool open = false;
    for (std::span<const u8> rest(text); !rest.empty();) {
        u32 character = rest[0];
        if (utf8)
            character = next_character(rest);
        else
            rest = rest.subspan(1);
        if (!open) lines.emplace_back();
        open = character != '\n';
        if (character > 0xFF)
            fail("line ", lines.size(), ": has a character that EBCDIC does not have");
        if (open)
            lines.back().push_back(static_cast<u8>(character));
        else if (!lines.back().empty() && lines.back().back() == '\r')
            lines.back().pop_back();
    }
    return lines;
}

} // namespace

RecordForm usual_form(const Bytes& text) {
    auto const lines = split_lines(text);
    bool const short_lines =
        std::all_of(lines.begin(), lines.end(), [](auto& line) { return line.size() <= 80; });
    return short_lines ? RecordForm{} : RecordForm{cms::variable_format, 0};
}

std::vector<Bytes> lines_to_records(const Bytes& text, const RecordForm& form) {
    std::vector<Bytes> records;
    bool const fixed = form.format == cms::fixed_format;
    usize const longest = fixed ? form.record_length : cms::largest_record_length;
    for (const Bytes& line : split_lines(text)) {
        Bytes record;
        for (u8 c : line) record.push_back(ebcdic::from_latin1(c));
        if (record.size() > longest)
            fail("line ", records.size() + 1, ": has ", record.size(), " characters, not ", longest,
                 " at most");
        if (fixed) record.resize(form.record_length, 0x40);
        if (record.empty()) record.push_back(0x40);
        records.push_back(std::move(record));
    }
    return records;
}

Bytes records_to_lines(const std::vector<Bytes>& records) {
    Bytes text;
    for (const Bytes& record : records) {
        for (u8 e : Text(record).without_trailing_blanks()) {
            u8 const c = ebcdic::to_latin1(e);
            if (c < 0x80) {
                text.push_back(c);
            } else {
                text.push_back(static_cast<u8>(0xC0 | c >> 6));
                text.push_back(static_cast<u8>(0x80 | (c & 0x3F)));
            }
        }
        text.push_back('\n');
    }
    return text;
}

std::vector<Bytes> cut_to_records(const Bytes& bytes, const RecordForm& form) {
    usize const length =
        form.record_length == 0 ? cms::largest_record_length : usize{form.record_length};
    std::vector<Bytes> records;
    for (usize at = 0; at < bytes.size(); at += length) {
        auto const piece = std::span(bytes).subspan(at, std::min(length, bytes.size() - at));
        records.emplace_back(piece.begin(), piece.end());
        if (form.format == cms::fixed_format) records.back().resize(length);
    }
    return records;
}

Bytes join(const std::vector<Bytes>& records) {
    Bytes bytes;
    for (const Bytes& record : records) bytes.insert(bytes.end(), record.begin(), record.end());
    return bytes;
}

} // namespace dasd
