// Text: a view of EBCDIC characters, and how to compose and take apart lines.
//
// "LOGON"_e is a Text of static storage, 'A'_e one character, both turned to
// EBCDIC at compile time.
#pragma once

#include "s370/base/ebcdic.h"

#include <algorithm>
#include <span>

class Text {
  public:
    constexpr Text() = default;
    constexpr Text(const u8* data, usize size) : data_(data), size_(size) {}
    constexpr Text(std::span<const u8> bytes) : data_(bytes.data()), size_(bytes.size()) {}

    constexpr const u8* data() const { return data_; }
    constexpr usize size() const { return size_; }
    constexpr bool empty() const { return size_ == 0; }
    constexpr const u8* begin() const { return data_; }
    constexpr const u8* end() const { return data_ + size_; }
    constexpr u8 operator[](usize i) const { return data_[i]; }
    constexpr u8 back() const { return data_[size_ - 1]; }

    // Never reaches outside: a start or length past the end is cut.
    constexpr Text substr(usize start, usize length = ~usize{0}) const {
        start = std::min(start, size_);
        return {data_ + start, std::min(length, size_ - start)};
    }
    constexpr bool starts_with(Text prefix) const { return substr(0, prefix.size_) == prefix; }

    constexpr Text without_trailing_blanks() const {
        usize n = size_;
        while (n > 0 && data_[n - 1] == 0x40) --n;
        return {data_, n};
    }
    constexpr Text without_leading_blanks() const {
        usize n = 0;
        while (n < size_ && data_[n] == 0x40) ++n;
        return substr(n);
    }

    friend constexpr bool operator==(Text a, Text b) {
        return a.size_ == b.size_ && std::equal(a.begin(), a.end(), b.begin());
    }

  private:
    const u8* data_ = nullptr;
    usize size_ = 0;
};

template <usize size>
struct EbcdicLiteral {
    u8 bytes[size]{};
    consteval EbcdicLiteral(const char (&text)[size]) {
        for (usize i = 0; i < size; ++i) bytes[i] = ebcdic::from_latin1(static_cast<u8>(text[i]));
    }
};

// Write ¢ as "\xA2" and ¬ as "\xAC": the source character set is ASCII.
template <EbcdicLiteral literal>
constexpr Text operator""_e() {
    return {literal.bytes, sizeof literal.bytes - 1};
}
constexpr u8 operator""_e(char c) { return ebcdic::from_latin1(static_cast<u8>(c)); }

// A fixed-length field padded with blanks: userid, volume label, file name.
template <usize length>
struct Name {
    u8 bytes[length];

    constexpr Name() { std::fill_n(bytes, length, u8{0x40}); }
    // Cuts what is longer; the caller has checked where that matters.
    constexpr Name(Text text) : Name() { *this = text; }
    constexpr Name& operator=(Text text) {
        std::fill_n(bytes, length, u8{0x40});
        std::copy_n(text.data(), std::min(length, text.size()), bytes);
        return *this;
    }
    constexpr Text padded() const { return {bytes, length}; }
    constexpr Text text() const { return padded().without_trailing_blanks(); }
    constexpr bool blank() const { return text().empty(); }

    friend constexpr bool operator==(const Name& a, const Name& b) {
        if (std::is_constant_evaluated()) return a.padded() == b.padded();
        return __builtin_memcmp(a.bytes, b.bytes, length) == 0; // one instruction
    }
};

using Name8 = Name<8>;

// A line under construction. What does not fit is dropped: lines for people
// are cut at the width of their device, never written past it.
template <usize capacity>
class Line {
  public:
    constexpr Line() = default;
    constexpr Line(Text text) { *this << text; }

    constexpr Text text() const { return {bytes_, size_}; }
    constexpr operator Text() const { return text(); }
    constexpr usize size() const { return size_; }
    constexpr void clear() { size_ = 0; }

    constexpr Line& operator<<(Text text) {
        for (u8 c : text) *this << c;
        return *this;
    }
    constexpr Line& operator<<(u8 c) {
        if (size_ < capacity) bytes_[size_++] = c;
        return *this;
    }
    template <usize length>
    constexpr Line& operator<<(const Name<length>& name) {
        return *this << name.text();
    }

    // Blanks up to column `column` (from 0).
    constexpr Line& at(usize column) {
        while (size_ < column && size_ < capacity) bytes_[size_++] = 0x40;
        return *this;
    }
    // `value` in decimal, at least `digits` long, filled with `fill` on the left.
    constexpr Line& decimal(u64 value, u32 digits = 1, u8 fill = 0xF0) {
        u8 buffer[20];
        u32 n = 0;
        do {
            buffer[n++] = static_cast<u8>(0xF0 + value % 10);
            value /= 10;
        } while (value != 0);
        for (u32 i = n; i < digits; ++i) *this << fill;
        while (n > 0) *this << buffer[--n];
        return *this;
    }
    // The low `digits` hexadecimal digits of `value`.
    constexpr Line& hex(u64 value, u32 digits) {
        while (digits-- > 0) {
            u32 const d = static_cast<u32>(value >> (4 * digits)) & 15;
            *this << static_cast<u8>(d < 10 ? 0xF0 + d : 0xC1 + d - 10);
        }
        return *this;
    }

  private:
    u8 bytes_[capacity]{};
    usize size_ = 0;
};

// Takes blank-delimited fields off the front of a line.
class Fields {
  public:
    constexpr explicit Fields(Text line) : rest_(line.without_leading_blanks()) {}

    // The next field, empty at the end of the line.
    constexpr Text next() {
        usize n = 0;
        while (n < rest_.size() && rest_[n] != 0x40) ++n;
        Text const field = rest_.substr(0, n);
        rest_ = rest_.substr(n).without_leading_blanks();
        return field;
    }
    constexpr Text peek() const { return Fields(*this).next(); }
    // What has not been taken, from its first character that is not blank.
    constexpr Text rest() const { return rest_; }
    constexpr bool empty() const { return rest_.empty(); }

  private:
    Text rest_;
};

// Is `word` `full`, or its first `minimum` characters or more? Upper case.
constexpr bool abbreviates(Text word, Text full, usize minimum) {
    return word.size() >= minimum && word.size() <= full.size() && full.starts_with(word);
}

// The number that a field spells, if all of it does and it fits in 32 bits.
struct ParsedNumber {
    bool valid = false;
    u32 value = 0;
};
constexpr ParsedNumber parse_hex(Text field) {
    u32 value = 0;
    for (u8 c : field) {
        u8 const up = ebcdic::upper(c);
        u32 digit = 0;
        if (ebcdic::is_digit(up))
            digit = up - 0xF0u;
        else if (up >= 0xC1 && up <= 0xC6)
            digit = up - 0xC1u + 10;
        else
            return {};
        if (value >> 28 != 0) return {};
        value = value << 4 | digit;
    }
    return {!field.empty(), value};
}
constexpr ParsedNumber parse_decimal(Text field) {
    u64 value = 0;
    for (u8 c : field) {
        if (!ebcdic::is_digit(c)) return {};
        value = value * 10 + (c - 0xF0u);
        if (value >> 32 != 0) return {};
    }
    return {!field.empty(), static_cast<u32>(value)};
}
