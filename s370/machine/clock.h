// The time-of-day clock and the CPU's identity.
// GA22-7000-10 "Timing", "Store CPU ID".
#pragma once

#include "s370/base/types.h"

extern "C" {
void machine_stck(u64* value);
void machine_stidp(u64* value);
}

namespace machine {

// Bit 51 is one microsecond; the epoch is 1900-01-01 00:00 UTC.
inline u64 time_of_day() {
    u64 value = 0;
    machine_stck(&value);
    return value;
}

// Byte 0 is the version code: X'FF' in a virtual machine of CP.
inline u64 cpu_id() {
    u64 value = 0;
    machine_stidp(&value);
    return value;
}

} // namespace machine
