// What the nucleus keeps of each SVC in progress (SSAVE), and the save area that
// a called program may use (USAVE).
//
// GC20-1818 VM/370 System Logic, "SSAVE", "USAVE". The innermost is CURRSAVE.
#pragma once

#include "s370/base/be.h"
#include "s370/base/text.h"

#include <cstddef>

namespace cms {

struct Ssave {
    u8 override_flags;  // 0: OVIND
    u8 type_flags;      // 1: TYPFLAG, ssave_flag
    Be16 code;          // 2: CODE, of SVC 203
    Be32 caller;        // 4: address of the SVC
    Name8 callee;       // 8
    Be64 old_psw;       // 16
    Be32 normal_return; // 24: NRMRET
    Be32 error_return;  // 28: ERRET
    Be32 gpr[16];       // 32: EGPRS, the caller's
    u8 fpr[32];         // 96: EFPRS
    Be32 check1;        // 128: CHKWRD1
    Be32 next;          // 132: SSAVENXT, deeper
    Be32 previous;      // 136: SSAVEPRV
    Be32 user_save;     // 140: USAVEPTR
    Be32 os_work;       // 144: OSTEMP
    u8 key_depth;       // 148: KEYP
    u8 keys[7];         // 149: KEYS
    Be32 trace_gpr0;    // 156: XGPR0
    Be32 trace_gpr1;    // 160
    Be32 trace_gpr15;   // 164
    Be32 trace_count;   // 168
    Be32 check2;        // 172: CHKWRD2
};
static_assert(offsetof(Ssave, gpr) == 0x20 && offsetof(Ssave, fpr) == 0x60);
static_assert(offsetof(Ssave, check1) == 0x80 && offsetof(Ssave, key_depth) == 0x94);
static_assert(offsetof(Ssave, check2) == 0xAC && sizeof(Ssave) == 22 * 8);

namespace ssave_flag {
constexpr u8 error_return = 0x80, no_save_area = 0x40, returns_r01 = 0x20, user_code = 0x10,
             svc203 = 0x02, os_svc = 0x01;
}

constexpr u32 ssave_check1 = 0xC1C2C3C4, ssave_check2 = 0xC5C6C7C8; // "ABCD", "EFGH"
constexpr u32 usave_doublewords = 12;
constexpr u32 deepest_svc = 20;

} // namespace cms
