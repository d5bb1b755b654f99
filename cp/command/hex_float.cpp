#include "cp/command/hex_float.h"

namespace cp {
namespace {

constexpr u32 digits = 17;

// A fraction below 1 of 128 bits, word 0 leftmost; truncated.
struct Fraction {
    u32 words[4]{};

    bool zero() const { return (words[0] | words[1] | words[2] | words[3]) == 0; }
    // What comes out on the left.
    u32 multiply(u32 by) {
        u32 carry = 0;
        for (u32 i = 4; i-- > 0;) {
            u64 const product = u64{words[i]} * by + carry;
            words[i] = static_cast<u32>(product);
            carry = static_cast<u32>(product >> 32);
        }
        return carry;
    }
    void divide(u32 by) {
        u32 rest = 0;
        for (u32& word : words) {
            u64 const dividend = u64{rest} << 32 | word;
            word = static_cast<u32>(dividend / by);
            rest = static_cast<u32>(dividend % by);
        }
    }
    // True when it became 1 or more.
    bool add(const Fraction& other) {
        u64 sum = 0;
        for (u32 i = 4; i-- > 0;) {
            sum = (sum >> 32) + words[i] + other.words[i];
            words[i] = static_cast<u32>(sum);
        }
        return sum >> 32 != 0;
    }
};

constexpr u32 sixteenth = 0x10000000, tenth = 0x19999999; // leftmost words, rounded down

// The number is fraction * 16^hex * 10^ten: makes hex 0 and the first decimal digit no zero.
i32 to_decimal(Fraction& fraction, i32 hex) {
    i32 ten = 0;
    while (hex > 0) {
        if (fraction.words[0] < sixteenth) {
            fraction.multiply(16);
            --hex;
        } else {
            fraction.divide(10);
            ++ten;
        }
    }
    while (hex < 0 || fraction.words[0] < tenth) {
        if (fraction.words[0] < tenth) {
            fraction.multiply(10);
            --ten;
        } else {
            fraction.divide(16);
            ++hex;
        }
    }
    return ten;
}

// Half a unit in the last digit.
Fraction half() {
    Fraction fraction{{0x80000000}};
    for (u32 i = 0; i < digits; ++i) fraction.divide(10);
    return fraction;
}

} // namespace

Line<24> decimal_floating(u64 number) {
    Fraction fraction{{static_cast<u32>(number >> 24), static_cast<u32>(number) << 8}};
    i32 const hex = static_cast<i32>(number >> 56 & 0x7F) - 64;
    i32 ten = 0;
    Line<24> line;
    line << (number >> 63 != 0 && !fraction.zero() ? '-'_e : ' '_e) << '.'_e;
    if (!fraction.zero()) {
        ten = to_decimal(fraction, hex);
        if (fraction.add(half())) { // it was all nines
            fraction = {{tenth, 0x99999999, 0x99999999, 0x9999999A}};
            ++ten;
        }
    }
    for (u32 i = 0; i < digits; ++i) line.decimal(fraction.multiply(10));
    line << " E"_e << (ten < 0 ? '-'_e : ' '_e);
    return line.decimal(static_cast<u32>(ten < 0 ? -ten : ten), 2);
}

} // namespace cp
