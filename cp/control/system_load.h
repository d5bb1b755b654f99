// How busy the real machine is (INDICATE LOAD).
//
// The share of the CPU that was used is looked at every 10 seconds and smoothed;
// the rest is as it is at the moment.
#pragma once

#include "s370/base/types.h"

namespace cp {

struct SystemLoad {
    u32 cpu_percent;
    u32 q1, q2; // machines that want the CPU
    u32 storage_percent;
};
SystemLoad system_load();

// The dispatcher's part: how long the CPU was used, since the system started.
extern Microseconds busy_time;
void begin_load_samples();

} // namespace cp
