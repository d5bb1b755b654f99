// The lines that run.py reads.
#pragma once

#include "s370/base/text.h"
#include "tests/machine/streams/stream.h"

namespace streams {

void print(Text text);
// `number` is a stream's or an epoch's.
void print_sum(Text name, u32 number, u32 sum);
// Nothing if there are none.
void print_count(Text name, u32 count);
// A word of storage or a key (`address` is odd then) as it was found.
void print_change(u32 address, u32 value);

// All about a stream before it runs, and about the processor after it.
void show(const Stream& stream);
void show(const Processor& after);

} // namespace streams
