// Big-endian integers as they lie in storage, on tracks and in records.
//
// A Be type has alignment 1 and the exact size of its field, so that a struct
// of them is the architected layout; on the System/370 the compiler folds the
// bytes back into one load or store.
#pragma once

#include "s370/base/types.h"

#include <bit>
#include <concepts>
#include <type_traits>
#include <utility>

// `size` bytes, most significant first, read and written as a T.
template <std::integral T, usize size = sizeof(T)>
class Be {
  public:
    constexpr Be() = default;
    [[gnu::always_inline]] constexpr Be(T value) { *this = value; }

    [[gnu::always_inline]] constexpr Be& operator=(T value) {
        if constexpr (native) {
            if (!std::is_constant_evaluated()) {
                __builtin_memcpy(bytes_, &value, size);
                return *this;
            }
        }
        put(static_cast<Word>(value), std::make_index_sequence<size>{});
        return *this;
    }

    [[gnu::always_inline]] constexpr operator T() const {
        if constexpr (native) {
            if (!std::is_constant_evaluated()) {
                T value;
                __builtin_memcpy(&value, bytes_, size);
                return value;
            }
        }
        return static_cast<T>(get(std::make_index_sequence<size>{}));
    }

    [[gnu::always_inline]] constexpr T value() const { return *this; }

    [[gnu::always_inline]] constexpr Be& operator+=(T other) {
        return *this = static_cast<T>(value() + other);
    }
    [[gnu::always_inline]] constexpr Be& operator-=(T other) {
        return *this = static_cast<T>(value() - other);
    }
    [[gnu::always_inline]] constexpr Be& operator|=(T other) {
        return *this = static_cast<T>(value() | other);
    }
    [[gnu::always_inline]] constexpr Be& operator&=(T other) {
        return *this = static_cast<T>(value() & other);
    }

  private:
    using Word = std::conditional_t<(size > 4), u64, u32>;

    // A field of a whole integer's size is one load or store on a big-endian machine.
    // Elsewhere written out byte by byte, not as loops: only so does the compiler fold it.
    static constexpr bool native = std::endian::native == std::endian::big && size == sizeof(T);

    template <usize... i>
    [[gnu::always_inline]] constexpr Word get(std::index_sequence<i...>) const {
        return (... | (Word{bytes_[i]} << (8 * (size - 1 - i))));
    }
    template <usize... i>
    [[gnu::always_inline]] constexpr void put(Word bits, std::index_sequence<i...>) {
        (..., (bytes_[i] = static_cast<u8>(bits >> (8 * (size - 1 - i)))));
    }

    u8 bytes_[size]{};
};

using Be16 = Be<u16>;
using Be24 = Be<u32, 3>; // an address
using Be32 = Be<u32>;
using Be64 = Be<u64>;
using BeI16 = Be<i16>;
using BeI32 = Be<i32>;

static_assert(sizeof(Be24) == 3 && alignof(Be64) == 1);
