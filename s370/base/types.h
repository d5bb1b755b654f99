// Integers by width, and quantities that carry their unit.
//
// `long` and bit-fields are not used anywhere: their size and order differ
// between the System/370 and the host.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

using u8 = std::uint8_t;
using u16 = std::uint16_t;
using u32 = std::uint32_t;
using u64 = std::uint64_t;
using i8 = std::int8_t;
using i16 = std::int16_t;
using i32 = std::int32_t;
using i64 = std::int64_t;
using usize = std::size_t;

// A stretch of time.
struct Microseconds {
    u64 count = 0;

    friend constexpr auto operator<=>(Microseconds, Microseconds) = default;
    friend constexpr Microseconds operator+(Microseconds a, Microseconds b) {
        return {a.count + b.count};
    }
    friend constexpr Microseconds operator-(Microseconds a, Microseconds b) {
        return {a.count - b.count};
    }
    constexpr Microseconds& operator+=(Microseconds b) { return *this = *this + b; }
};

constexpr Microseconds milliseconds(u64 n) { return {n * 1000}; }
constexpr Microseconds seconds(u64 n) { return {n * 1'000'000}; }
