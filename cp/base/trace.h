// The trace table: what CP did last, always on.
//
// Entries of 16 bytes in a ring, oldest overwritten. No clock is read: an entry
// holds no time, the order is enough.
#pragma once

#include "cp/layout/trace_entry.h"

namespace cp {

// Where the ring lies, for a dump: `next` is the oldest entry.
struct TraceTable {
    const TraceEntry* entries;
    u32 capacity;
    u32 next;
};
TraceTable trace_contents();

void trace(Event event, u32 a, u32 b = 0, u32 c = 0, u32 d = 0);

} // namespace cp
