// The lines that run.py reads.
#pragma once

#include "s370/base/text.h"
#include "tests/machine/streams/stream.h"

#include <span>

namespace streams {

void print(Text text);
// `number` is that of a stream, the first of them, or an epoch.
void print_sums(Text name, u32 number, std::span<const u32> sums);
inline void print_sum(Text name, u32 number, u32 sum) { print_sums(name, number, {&sum, 1}); }
// Nothing if there are none.
void print_count(Text name, u32 count);
// A word of storage or a key (`address` is odd then) as it was found.
void print_change(u32 address, u32 value);

// All about a stream before it runs, and about the processor after it.
void show(const Stream& stream);
void show(const Processor& after);

} // namespace streams
