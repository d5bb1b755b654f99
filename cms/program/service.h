// The services of SVC 203, by the code behind the instruction.
#pragma once

#include "s370/arch/psw.h"
#include "s370/base/types.h"

namespace cms {

struct ServiceCall {
    u32 gpr[16];   // the caller's, in and out; 15 is the return code instead
    s370::Psw psw; // the caller's; its key may be changed
    u32 caller;    // address of the SVC
    u32 next;      // where the caller goes on
    u16 code;      // low byte which service, high byte its flags
    bool returns_errors;
};

// The return code, for register 15. An error that the caller does not take ends it.
i32 service(ServiceCall& call);

// The routine behind ADMSFREB: the code from CODE203, registers as for the SVC.
i32 free_service(u32 (&gpr)[16], u16 code);

} // namespace cms
