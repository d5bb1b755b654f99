// The end of CP: a promise of its own was broken (DMKDMP).
//
// Codes are a module's three letters and a number, as VM/370's were; each code
// is used in one place, so that a dump names the line.
#pragma once

#include "s370/base/text.h"

namespace cp {

consteval u64 abend_code(const char (&name)[7]) {
    u64 code = 0;
    for (u32 i = 0; i < 6; ++i) code = code << 8 | ebcdic::from_latin1(static_cast<u8>(name[i]));
    return code;
}

// Six EBCDIC characters, right-aligned.
enum class Abend : u64 {
    CPI001 = abend_code("CPI001"), // no usable system volume, operator console or storage at start
    DSP001 = abend_code("DSP001"), // interruption in a state that cannot be
    FRE001 = abend_code("FRE001"), // block released twice, or never taken
    FRE002 = abend_code("FRE002"), // free storage exhausted where CP cannot go on without
    FRE003 = abend_code("FRE003"), // block overwritten beyond its end
    GRF001 = abend_code("GRF001"), // two readers of one terminal
    IOS001 = abend_code("IOS001"), // channel program started on a busy device
    MCH001 = abend_code("MCH001"), // machine check
    PRG001 = abend_code("PRG001"), // program check inside CP
    PSA002 = abend_code("PSA002"), // the operator pressed restart
    PTR001 = abend_code("PTR001"), // frame released twice
    PTR002 = abend_code("PTR002"), // more guest storage committed than there is
    SVC001 = abend_code("SVC001"), // SVC inside CP
    TMR001 = abend_code("TMR001"), // a guest ran longer than its timer can be advanced
    TSK001 = abend_code("TSK001"), // task resumed after its end
    VIO001 = abend_code("VIO001"), // virtual machine destroyed while a task works for it
};

// What is done once before CP ends: message and dump. Set by start; not called for
// a failure inside itself.
using AbendAction = void (*)(Abend code);
void set_abend_action(AbendAction what);

// Writes the trace table and a dump, and ends CP (or warm-starts it). On the
// host: throws AbendError, so that a test can expect it.
[[noreturn]] void abend(Abend code);

#define VERIFY(condition, code)                                                                    \
    do {                                                                                           \
        if (!(condition)) [[unlikely]]                                                             \
            ::cp::abend(code);                                                                     \
    } while (false)

} // namespace cp
