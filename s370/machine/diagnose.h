// DIAGNOSE as CP offers it: the interface of a virtual machine to its CP.
//
// Only in a virtual machine; on a bare CPU these are program checks, or worse.
// The codes and their register conventions: cp/api.
#pragma once

#include "s370/base/types.h"

namespace machine {

// Rx is an even register and Rx+1 its partner; so Ry. What a code does not use stays as given.
struct Diagnose {
    u32 rx = 0, rx1 = 0;
    u32 ry = 0, ry1 = 0;
    u32 r15 = 0;
    u32 condition_code = 0; // out
};

} // namespace machine

extern "C" void machine_diagnose(u32 code, machine::Diagnose* registers);

namespace machine {

inline void diagnose(u32 code, Diagnose& registers) { machine_diagnose(code, &registers); }

} // namespace machine
