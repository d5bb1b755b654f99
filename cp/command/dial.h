// Terminals that are somebody's virtual displays (DMKDIA).
#pragma once

#include "cp/command/caller.h"

namespace cp {

// DIAL userid [vaddr], before logon. On success the terminal is the virtual machine's,
// until that drops it or its user goes.
Task<u32> dial_command(const Caller& caller, Fields operands);

u32 terminals_dialed();

// Whose the real terminal at `address` is: "userid vaddr"; empty: nobody's.
Line<12> dialed_to(s370::DeviceAddress address);

} // namespace cp
