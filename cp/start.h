// Starting CP (DMKCPI), and what start needs from the layer above the kernel.
#pragma once

#include "cp/io/devices.h"

namespace cp {

// Once the volumes are mounted: reads the directory, starts the terminals, logs on
// the operator at `console`. `system` is the volume that CP was loaded from, nullptr
// when it came from cards. cp/command provides it; machine tests have their own.
Task<> start_users(Volume* system, RealDevice* console);

} // namespace cp

// From entry.S: the device that CP was loaded from.
extern "C" [[noreturn]] void cp_start(u32 ipl_device);
