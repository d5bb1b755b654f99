// The time-of-day clock and the CPU's identity.
// GA22-7000-10 "Timing", "Store CPU ID".
#pragma once

#include "s370/base/types.h"

extern "C" {
void machine_stck(u64* value);
void machine_stidp(u64* value);
void machine_time_loads(u64* before_and_after);
}

namespace machine {

// Bit 51 is one microsecond; the epoch is 1900-01-01 00:00 UTC.
inline u64 time_of_day() {
    u64 value = 0;
    machine_stck(&value);
    return value;
}

// How long so many register loads (LR) take, in units of the clock, 4096 to a microsecond.
constexpr u32 timed_loads = 10'000;
inline u64 time_register_loads() {
    u64 times[2] = {0, 0};
    machine_time_loads(times);
    return times[1] - times[0];
}

// Byte 0 is the version code: X'FF' in a virtual machine of CP.
inline u64 cpu_id() {
    u64 value = 0;
    machine_stidp(&value);
    return value;
}

} // namespace machine
