// The same numbers for the same seed, on any machine.
#pragma once

#include "s370/base/types.h"

namespace streams {

class Random {
  public:
    explicit constexpr Random(u32 seed) : state_(mixed(seed)) {}

    constexpr u32 word() { // xorshift, period 2^32 - 1
        state_ ^= state_ << 13;
        state_ ^= state_ >> 17;
        state_ ^= state_ << 5;
        return state_;
    }
    // 0 to n - 1, n up to 65536.
    constexpr u32 below(u32 n) { return (word() >> 16) * n >> 16; }
    constexpr bool percent(u32 chance) { return below(100) < chance; }
    template <typename T, usize size>
    constexpr T pick(const T (&choices)[size]) {
        return choices[below(size)];
    }

    // Neighbouring seeds give nothing alike.
    static constexpr u32 mixed(u32 seed) {
        u32 x = seed * 0x9E3779B1u + 0x7F4A7C15u;
        x = (x ^ x >> 15) * 0x85EBCA6Bu;
        x = (x ^ x >> 13) * 0xC2B2AE35u;
        x ^= x >> 16;
        return x == 0 ? 1 : x;
    }

  private:
    u32 state_;
};

// Checksum of what a stream left.
class Checksum {
  public:
    constexpr void add(u32 word) { value_ = ((value_ << 5 | value_ >> 27) ^ word) * 0x9E3779B1u; }
    constexpr u32 value() const { return value_; }

  private:
    u32 value_ = 0;
};

} // namespace streams
