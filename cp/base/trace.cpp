#include "cp/base/trace.h"

namespace cp {

constinit u32 next_trace_entry = 0;
TraceEntry trace_table[trace_capacity];

TraceTable trace_contents() { return {trace_table, trace_capacity, next_trace_entry}; }

} // namespace cp
