// What the architecture, or the machine at hand, leaves open of a stream's result.
#pragma once

#include "tests/machine/streams/processor.h"

namespace streams {

// Assigned storage.
inline constexpr u32 restart_old = 8, external_old = 0x18;

// Makes it the same everywhere: the interval timer; lengths of instructions that may not have been
// fetched, or that the machine at hand tells in its own way; what that clears at a translation
// exception as if it had access registers. docs/random-streams.md.
void disregard_unpredictable(Processor& after);

} // namespace streams
