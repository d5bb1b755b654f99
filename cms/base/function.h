// Functions of the nucleus, called by name through SVC 202.
#pragma once

#include "cms/base/storage.h"

namespace cms {

// The caller's registers 0 and 1. What a function leaves here goes nowhere:
// a caller gets its registers back, and the function's value in register 15.
struct FunctionCall {
    u32 r0 = 0;
    u32 r1 = 0;

    u32 plist_address() const { return r1 & address_mask; }
    u8 call_type() const { return static_cast<u8>(r1 >> 24); }
    template <typename T>
    T& plist() const {
        return *at_address<T>(r1);
    }
};

using NucleusFunction = i32 (*)(FunctionCall&);

} // namespace cms
