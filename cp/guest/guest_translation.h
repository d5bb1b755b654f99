// A guest's own translation tables, walked as LRA does.
//
// GA22-7000-10 "Translation Process". The shadow tables of guests that run with
// translation on are made from the same walk.
#pragma once

#include "cp/guest/virtual_machine.h"
#include "s370/arch/program_codes.h"

namespace cp {

struct GuestTranslation {
    s370::Program exception = s370::Program::None; // of LRA itself: control register 0 or addresses
    u8 condition_code = 0; // 0 translated, 1 segment invalid, 2 page invalid, 3 length
    u32 address = 0;       // real, or of the table entry that ended the walk
};

GuestTranslation translate(VirtualMachine& vm, u32 address);

} // namespace cp
