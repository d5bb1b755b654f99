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

constexpr u32 trace_capacity = 4096; // a power of two
extern TraceEntry trace_table[trace_capacity];
extern u32 next_trace_entry;

inline void trace(Event event, u32 a, u32 b = 0, u32 c = 0, u32 d = 0) {
    TraceEntry& entry = trace_table[next_trace_entry];
    next_trace_entry = (next_trace_entry + 1) % trace_capacity;
    Be32 const event_and_a = u32{static_cast<u8>(event)} << 24 | (a & 0xFFFFFF); // one store
    __builtin_memcpy(static_cast<void*>(&entry), &event_and_a, sizeof event_and_a);
    entry.b = b;
    entry.c = c;
    entry.d = d;
}

} // namespace cp
