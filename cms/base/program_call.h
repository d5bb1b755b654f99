// Entering a program in storage, and getting control back when it returns.
#pragma once

#include "cms/base/storage.h"

namespace cms {

enum class ProgramKind : u8 {
    User,      // enabled, the user's key
    Transient, // disabled, the user's key
    System,    // disabled, the nucleus' key
};

struct ProgramCall {
    u32 entry = 0;
    u32 r0 = 0, r1 = 0;
    Name8 name;
    u32 save_area = 0; // register 13
    ProgramKind kind = ProgramKind::User;
};

// Enters a command or function as SVC 202 does; its register 15.
i32 enter_program(const ProgramCall& call);

// Enters `entry` with these registers (14 and 15 are set here) and comes back
// with them as the routine left them.
void enter_routine(u32 entry, u32 (&registers)[16], ProgramKind kind);

// Runs the instruction at `instruction`, behind which BR 1 stands, with the nucleus' key.
void execute_one(u32 instruction, u32 (&registers)[16]);

// The PSW for a program of that kind at `address`.
u64 program_psw(ProgramKind kind, u32 address);

} // namespace cms
