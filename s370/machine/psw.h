// The system mask and loading a PSW. GA22-7000-10 "Set System Mask", "Load PSW".
#pragma once

#include "s370/base/types.h"

extern "C" {
void machine_ssm(const u8* mask);
[[noreturn]] void machine_lpsw(const u64* psw);
}

namespace machine {

inline void set_system_mask(u8 mask) { machine_ssm(&mask); }
// `psw` is doubleword aligned.
[[noreturn]] inline void load_psw(const u64& psw) { machine_lpsw(&psw); }

} // namespace machine
