// The arithmetic that GCC calls instead of writing out: libgcc's part, as ours.
//
// GCC internals manual, "Routines for integer arithmetic". The names are GCC's.
#pragma once

extern "C" {

using ArithmeticU64 = unsigned long long;
using ArithmeticI64 = long long;

ArithmeticU64 __udivmoddi4(ArithmeticU64 dividend, ArithmeticU64 divisor, ArithmeticU64* remainder);
ArithmeticU64 __udivdi3(ArithmeticU64 dividend, ArithmeticU64 divisor);
ArithmeticU64 __umoddi3(ArithmeticU64 dividend, ArithmeticU64 divisor);
ArithmeticI64 __divmoddi4(ArithmeticI64 dividend, ArithmeticI64 divisor, ArithmeticI64* remainder);
ArithmeticI64 __divdi3(ArithmeticI64 dividend, ArithmeticI64 divisor);
ArithmeticI64 __moddi3(ArithmeticI64 dividend, ArithmeticI64 divisor);

// Leading and trailing zeros (undefined for 0, as in GCC), ones, parity, first one from 1.
int __clzsi2(unsigned value);
int __clzdi2(ArithmeticU64 value);
int __ctzsi2(unsigned value);
int __ctzdi2(ArithmeticU64 value);
int __popcountsi2(unsigned value);
int __popcountdi2(ArithmeticU64 value);
int __paritysi2(unsigned value);
int __paritydi2(ArithmeticU64 value);
int __ffssi2(int value);
int __ffsdi2(ArithmeticI64 value);
}
