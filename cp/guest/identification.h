// Who CP is and where it runs: DIAGNOSE 00 (GC20-1807-7 "Store Extended-Identification
// Code").
//
// A CP that runs in a virtual machine itself tells its own guests of the CPs around it:
// their entries follow its own, the outermost last.
#pragma once

#include "cp/api/diagnose_codes.h"

#include <span>

namespace cp {

class VirtualMachine;

// Asks the CP around this one. Called once, by start.
void learn_outer_levels();

// Is there one?
extern bool outer_level;
inline bool in_virtual_machine() { return outer_level; }

// What DIAGNOSE 00 gives a guest: its own entry, then the outer ones.
constexpr u32 most_levels = 5;
struct Identification {
    ExtendedIdentification levels[most_levels]{};
    u32 count = 0;
};
Identification identification_for(const VirtualMachine& vm);

} // namespace cp
