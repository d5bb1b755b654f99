// Every operator on every width, over values at the edges.

#include <array>
#include <bit>

#include "tests/machine/toolchain/samples/recorder.h"

namespace {

constexpr std::array<u32, 14> words = {0,          1,          2,          7,          10,
                                       0xFF,       0x8000,     0xFFFF,     0x12345678, 0x7FFFFFFF,
                                       0x80000000, 0x80000001, 0xDEADBEEF, 0xFFFFFFFF};
constexpr std::array<u64, 12> longs = {0,
                                       1,
                                       3,
                                       0xFFFFFFFF,
                                       0x100000000,
                                       0x123456789ABCDEF0,
                                       0x7FFFFFFFFFFFFFFF,
                                       0x8000000000000000,
                                       0x80000000,
                                       0xFFFFFFFF00000000,
                                       0xFFFFFFFFFFFFFFFE,
                                       0xFFFFFFFFFFFFFFFF};

u32 mix = 0;
void fold(u64 value) { mix = std::rotl(mix, 5) ^ u32(value) ^ u32(value >> 32) * 0x9E3779B1U; }

template <class T>
[[gnu::noinline]] void common(T a, T b) {
    fold(u64(T(a & b)));
    fold(u64(T(a | b)));
    fold(u64(T(a ^ b)));
    fold(u64(T(~a)));
    fold(a < b);
    fold(a <= b);
    fold(a == b);
    fold(a != b);
    fold(u64(a > b ? a : b));
}

template <class T>
[[gnu::noinline]] void unsigned_pair(T a, T b) {
    common(a, b);
    fold(u64(T(a + b)));
    fold(u64(T(a - b)));
    fold(u64(T(u64(a) * u64(b))));
    fold(u64(T(0 - a)));
    constexpr unsigned bits = 8 * sizeof(T);
    unsigned const shift = unsigned(b) % bits;
    fold(u64(T(a << shift)));
    fold(u64(T(a >> shift)));
    fold(u64(std::rotl(a, int(shift))));
    fold(u64(std::rotr(a, int(b & 0xFF))));
    if (b != 0) {
        fold(u64(T(a / b)));
        fold(u64(T(a % b)));
    }
    T sum{};
    fold(__builtin_add_overflow(a, b, &sum));
    fold(u64(sum));
    fold(__builtin_sub_overflow(a, b, &sum));
    fold(u64(sum));
    fold(__builtin_mul_overflow(a, b, &sum));
    fold(u64(sum));
    fold(u64(std::popcount(a)));
    fold(u64(std::countl_zero(a)));
    fold(u64(std::countr_zero(a)));
    fold(u64(std::bit_width(a)));
}

template <class T, class U>
[[gnu::noinline]] void signed_pair(T a, T b) {
    common(a, b);
    fold(u64(T(U(a) + U(b))));
    fold(u64(T(U(a) - U(b))));
    constexpr unsigned bits = 8 * sizeof(T);
    fold(u64(T(a >> (unsigned(b) % bits))));
    bool const overflows = b == T(-1) && a == T(U(1) << (bits - 1));
    if (b != 0 && !overflows) {
        fold(u64(T(a / b)));
        fold(u64(T(a % b)));
    }
    T sum{};
    fold(__builtin_add_overflow(a, b, &sum));
    fold(u64(sum));
    fold(__builtin_sub_overflow(a, b, &sum));
    fold(__builtin_mul_overflow(a, b, &sum));
    fold(u64(sum));
    fold(a < 0);
    fold(a >= 0);
}

// Constants that GCC has tricks for.
[[gnu::noinline]] void by_constants(u32 a) {
    i32 const s = i32(a);
    fold(a / 3), fold(a / 7), fold(a % 10), fold(a / 1000), fold(a * 10), fold(a * 0x10001);
    fold(u64(s / 3)), fold(u64(s % 7)), fold(u64(s / 16)), fold(u64(s / -5)), fold(a * 4095);
    fold(a & 0x8001), fold(a & 0xFF00), fold(a | 0x80000000), fold(a ^ 0xFFFF);
    fold((a + 5) & 0x7FFFFFFF), fold((a + a) & 0x7FFFFFFF), fold((a * 3 + 17) & 0x7FFFFFFF);
    fold(a + 0x7FFF), fold(a - 0x8000), fold(a + 1), fold(a - 1), fold(a << 31), fold(a >> 31);
    fold(__builtin_bswap32(a)), fold(__builtin_bswap16(u16(a)));
    fold(__builtin_bswap64(u64(a) << 17)), fold(u64(__builtin_ffs(s)));
    fold(u64(__builtin_parity(a))), fold(u64(s > 100)), fold(u64(s < -32768)), fold(a == 4096);
}

} // namespace

extern "C" void s370_test(u32* results) {
    Recorder record(results);
    for (auto const a : words) {
        for (auto const b : words) {
            unsigned_pair<u32>(a, b);
            unsigned_pair<u16>(u16(a), u16(b));
            unsigned_pair<u8>(u8(a), u8(b));
            record(mix);
            signed_pair<i32, u32>(i32(a), i32(b));
            signed_pair<i16, u16>(i16(a), i16(b));
            signed_pair<i8, u8>(i8(a), i8(b));
            record(mix);
        }
        by_constants(a);
        record(mix);
    }
    for (auto const a : longs) {
        for (auto const b : longs) {
            unsigned_pair<u64>(a, b);
            record(mix);
            signed_pair<i64, u64>(i64(a), i64(b));
            record(mix);
        }
    }
}
