// Condition codes: tests under mask in all their readings, carries over several words.

#include <array>

#include "tests/machine/toolchain/samples/recorder.h"

namespace {

constexpr std::array<u32, 12> values = {0,          1,          0x8000, 0x8001,
                                        0xFFFF,     0x10000,    0x1001, 0x80010000,
                                        0x80000000, 0xFFFF0000, 0x8421, 0xFFFFFFFF};

template <u32 mask>
[[gnu::noinline]] u32 readings(u32 x) {
    u32 result = 0;
    if ((x & mask) == 0) { result |= 1; }
    if ((x & mask) == mask) { result |= 2; }
    if ((x & mask) != 0) { result |= 4; }
    return (x & mask) != mask ? result | 8 : result;
}

template <u32 mask>
[[gnu::noinline]] u32 three_ways(u32 x) {
    if ((x & mask) == 0) { return 10; }
    if ((x & mask) == mask) { return 20; }
    return 30;
}

// Two bits at once: the hardware's mixed code tells which.
[[gnu::noinline]] u32 two_bits(u32 x) {
    switch (x & 0x8001) {
    case 0: return 1;
    case 1: return 2;
    case 0x8000: return 3;
    default: return 4;
    }
}

[[gnu::noinline]] u32 two_high_bits(u32 x) {
    u32 const bits = x & 0x80010000;
    return bits == 0 ? 5 : bits == 0x10000 ? 6 : bits == 0x80000000 ? 7 : 8;
}

struct Wide {
    std::array<u32, 4> word;
};

[[gnu::noinline]] Wide add(Wide const& a, Wide const& b) {
    Wide sum{};
    u32 carry = 0;
    for (u32 i = 4; i-- > 0;) {
        u32 partial = 0;
        u32 const first = __builtin_add_overflow(a.word[i], b.word[i], &partial);
        u32 const second = __builtin_add_overflow(partial, carry, &sum.word[i]);
        carry = first | second;
    }
    return sum;
}

[[gnu::noinline]] u32 carries(u64 a, u64 b, u32 c) {
    u64 sum = 0;
    u32 result = __builtin_add_overflow(a, b, &sum) ? 1 : 0;
    result = result * 2 + (__builtin_add_overflow(sum, u64{c}, &sum) ? 1 : 0);
    result = result * 2 + (a < b) * 5 + (u32(a) > c) * 7 + (sum == 0) * 11;
    return result ^ u32(sum >> 32) ^ u32(sum);
}

[[gnu::noinline]] u32 borrows(u64 a, u64 b) {
    u64 difference = 0;
    u32 result = __builtin_sub_overflow(a, b, &difference) ? 1 : 0;
    result += i64(a) < i64(b) ? 2 : 0;
    result += i64(difference) < 0 ? 4 : 0;
    return result * 3 + (a <= b) + u32(difference) + u32(difference >> 32);
}

[[gnu::noinline]] i32 sign(i32 a, i32 b) { return (a > b) - (a < b); }

[[gnu::noinline]] u32 selects(u32 a, u32 b, u32 c) {
    u32 const x = a < b ? a + c : a - c;
    u32 const y = i32(a) < i32(b) ? c : ~c;
    return x + (b >= c) + (x == y ? a : y) - (a != 0 && b != 0) + (a == 0 || c == 0);
}

} // namespace

extern "C" void s370_test(u32* results) {
    Recorder record(results);
    for (auto const x : values) {
        record(readings<1>(x)), record(readings<0x8000>(x)), record(readings<0x8001>(x));
        record(readings<0xFF>(x)), record(readings<0xFF00>(x)), record(readings<0xFFFF>(x));
        record(readings<0x10000>(x)), record(readings<0x80010000>(x)), record(readings<3>(x));
        record(readings<0xFFFF0000>(x)), record(readings<0x80000001>(x)),
            record(readings<0x7FFE>(x));
        record(three_ways<0x8001>(x)), record(three_ways<0x81>(x)),
            record(three_ways<0x80010000>(x));
        record(three_ways<0x300>(x)), record(two_bits(x)), record(two_high_bits(x));
        for (auto const y : values) {
            record(carries(u64{x} << 32 | y, u64{y} << 32 | x, x ^ y));
            record(carries(u64{y} << 32 | y, ~(u64{y} << 32 | y), 1));
            record(borrows(u64{x} << 32 | y, u64{y} << 32 | x));
            record(sign(i32(x), i32(y)));
            record(selects(x, y, x ^ y));
            Wide const wide = add({{x, y, x, y}}, {{y, ~y, ~x, x}});
            for (auto const word : wide.word) { record(word); }
        }
    }
}
