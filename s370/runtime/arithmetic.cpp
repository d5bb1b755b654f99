#include "s370/runtime/arithmetic.h"

namespace {

using U32 = unsigned;
using U64 = ArithmeticU64;
using I64 = ArithmeticI64;

struct Division {
    U32 quotient, remainder;
};

// One DLR, which lowering turns into its helper. The quotient must fit.
Division divide(U64 dividend, U32 divisor) {
    asm("dlr\t%0,%1" : "+d"(dividend) : "d"(divisor) : "cc");
    return {U32(dividend), U32(dividend >> 32)};
}

U64 divide_by_word(U64 dividend, U32 divisor, U64& remainder) {
    auto const high = divide(dividend >> 32, divisor);
    auto const low = divide(U64{high.remainder} << 32 | U32(dividend), divisor);
    remainder = low.remainder;
    return U64{high.quotient} << 32 | low.quotient;
}

// Divisor of more than 32 bits: an estimate from its leading 32 bits is right or one too large.
U64 divide_by_long(U64 dividend, U64 divisor, U64& remainder) {
    int const shift = __clzdi2(divisor);
    U32 const leading = U32(divisor << shift >> 32);
    U64 quotient = U64{divide(dividend >> 1, leading).quotient} << shift >> 31;
    if (quotient != 0) { --quotient; }
    remainder = dividend - quotient * divisor;
    if (remainder >= divisor) {
        ++quotient;
        remainder -= divisor;
    }
    return quotient;
}

U64 magnitude(I64 value) { return value < 0 ? 0 - U64(value) : U64(value); }

} // namespace

U64 __udivmoddi4(U64 dividend, U64 divisor, U64* remainder) {
    U64 rest = 0;
    U64 const quotient = divisor >> 32 == 0 ? divide_by_word(dividend, U32(divisor), rest)
                                            : divide_by_long(dividend, divisor, rest);
    if (remainder != nullptr) { *remainder = rest; }
    return quotient;
}

U64 __udivdi3(U64 dividend, U64 divisor) { return __udivmoddi4(dividend, divisor, nullptr); }

U64 __umoddi3(U64 dividend, U64 divisor) {
    U64 remainder = 0;
    __udivmoddi4(dividend, divisor, &remainder);
    return remainder;
}

I64 __divmoddi4(I64 dividend, I64 divisor, I64* remainder) {
    U64 rest = 0;
    U64 const quotient = __udivmoddi4(magnitude(dividend), magnitude(divisor), &rest);
    *remainder = I64(dividend < 0 ? 0 - rest : rest);
    return I64((dividend < 0) != (divisor < 0) ? 0 - quotient : quotient);
}

I64 __divdi3(I64 dividend, I64 divisor) {
    I64 remainder = 0;
    return __divmoddi4(dividend, divisor, &remainder);
}

I64 __moddi3(I64 dividend, I64 divisor) {
    I64 remainder = 0;
    __divmoddi4(dividend, divisor, &remainder);
    return remainder;
}

int __clzsi2(U32 value) {
    int zeros = 0;
    for (int width = 16; width != 0; width /= 2) {
        if (value >> (32 - width) == 0) {
            zeros += width;
            value <<= width;
        }
    }
    return zeros;
}

int __clzdi2(U64 value) {
    U32 const high = U32(value >> 32);
    return high != 0 ? __clzsi2(high) : 32 + __clzsi2(U32(value));
}

int __ctzsi2(U32 value) { return 31 - __clzsi2(value & (0 - value)); }

int __ctzdi2(U64 value) {
    U32 const low = U32(value);
    return low != 0 ? __ctzsi2(low) : 32 + __ctzsi2(U32(value >> 32));
}

int __popcountsi2(U32 value) {
    value -= value >> 1 & 0x55555555;
    value = (value & 0x33333333) + (value >> 2 & 0x33333333);
    value = (value + (value >> 4)) & 0x0F0F0F0F;
    return int(value * 0x01010101 >> 24);
}

int __popcountdi2(U64 value) { return __popcountsi2(U32(value)) + __popcountsi2(U32(value >> 32)); }

int __paritysi2(U32 value) { return __popcountsi2(value) & 1; }

int __paritydi2(U64 value) { return __popcountdi2(value) & 1; }

int __ffssi2(int value) { return value == 0 ? 0 : __ctzsi2(U32(value)) + 1; }

int __ffsdi2(I64 value) { return value == 0 ? 0 : __ctzdi2(U64(value)) + 1; }
