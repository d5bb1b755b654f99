// Bits named by the manuals' numbers: 0 is the leftmost.
#pragma once

#include "s370/base/types.h"

// Bits `first` to `last` of a word of type Word: Bits<u64, 8, 11>::get(psw).
template <typename Word, u32 first, u32 last = first>
struct Bits {
    static_assert(first <= last && last < 8 * sizeof(Word));

    static constexpr u32 width = last - first + 1;
    static constexpr u32 shift = u32{8 * sizeof(Word)} - 1 - last;
    static constexpr Word mask =
        static_cast<Word>((~Word{0} >> (8 * sizeof(Word) - width)) << shift);

    static constexpr Word get(Word word) { return static_cast<Word>((word & mask) >> shift); }
    static constexpr bool test(Word word) { return (word & mask) != 0; }
    static constexpr Word make(Word value) {
        return static_cast<Word>(static_cast<Word>(value << shift) & mask);
    }
    static constexpr Word put(Word word, Word value) {
        return static_cast<Word>((word & static_cast<Word>(~mask)) | make(value));
    }
};

constexpr u32 round_up(u32 value, u32 unit) { return (value + unit - 1) / unit * unit; }
