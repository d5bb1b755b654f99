// Big-endian integers as they lie in storage, on tracks and in records.
//
// A Be type has alignment 1 and the exact size of its field, so that a struct
// of them is the architected layout; on the System/370 the compiler folds the
// bytes back into one load or store.
#pragma once

#include "s370/base/types.h"

#include <concepts>

// `size` bytes, most significant first, read and written as a T.
template <std::integral T, usize size = sizeof(T)>
class Be {
  public:
    constexpr Be() = default;
    constexpr Be(T value) { *this = value; }

    constexpr Be& operator=(T value) {
        auto bits = static_cast<u64>(value);
        for (usize i = size; i-- > 0; bits >>= 8) bytes_[i] = static_cast<u8>(bits);
        return *this;
    }

    constexpr operator T() const {
        u64 bits = 0;
        for (u8 byte : bytes_) bits = bits << 8 | byte;
        return static_cast<T>(bits);
    }

    constexpr T value() const { return *this; }

    constexpr Be& operator+=(T other) { return *this = static_cast<T>(value() + other); }
    constexpr Be& operator-=(T other) { return *this = static_cast<T>(value() - other); }
    constexpr Be& operator|=(T other) { return *this = static_cast<T>(value() | other); }
    constexpr Be& operator&=(T other) { return *this = static_cast<T>(value() & other); }

  private:
    u8 bytes_[size]{};
};

using Be16 = Be<u16>;
using Be24 = Be<u32, 3>; // an address
using Be32 = Be<u32>;
using Be64 = Be<u64>;
using BeI16 = Be<i16>;
using BeI32 = Be<i32>;

static_assert(sizeof(Be24) == 3 && alignof(Be64) == 1);
