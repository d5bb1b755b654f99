#include "cp/base/trace.h"

namespace cp {
namespace {

constexpr u32 capacity = 4096; // a power of two
constinit u32 next = 0;

} // namespace

TraceEntry trace_table[capacity];

void trace(Event event, u32 a, u32 b, u32 c, u32 d) {
    TraceEntry& entry = trace_table[next];
    next = (next + 1) % capacity;
    entry.event = static_cast<u8>(event);
    entry.a = a;
    entry.b = b;
    entry.c = c;
    entry.d = d;
}

TraceTable trace_contents() { return {trace_table, capacity, next}; }

} // namespace cp
