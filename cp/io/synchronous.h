// One channel program while the CPU does nothing else: at start, before there is
// a dispatcher, and in an abend, when there is none any more.
//
// Disabled. Status that other tasks should have had is lost.
#pragma once

#include "cp/io/real_io.h"

namespace cp {

// No retries; sense bytes are read after a unit check.
IoResult run_synchronously(s370::DeviceAddress device, const s370::Ccw* program);

// Types a line on the typewriter at `device` (3215).
void type_synchronously(s370::DeviceAddress device, Text line);

} // namespace cp
