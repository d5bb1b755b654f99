// The state of a CPU before and after a stream, and the way there and back.
#pragma once

#include "s370/base/types.h"

#include <cstddef>

namespace streams {

// How a stream ended.
enum class Ending : u32 { Program = 1, Svc, External, Io, MachineCheck, Restart };

// start.S knows the offsets.
struct Processor {
    u32 gpr[16];   //   0
    u64 fpr[4];    //  64
    u32 cr[16];    //  96
    u64 psw;       // 160: to begin with
    u64 cpu_timer; // 168: to begin with
    Ending ending; // 176: and from here on what was found
    u32 prefix;    // 180
    u32 low[128];  // 184: real locations 0 to 511
};
static_assert(offsetof(Processor, low) == 184);

} // namespace streams

extern "C" {
// Loads `before` and comes back with the first interruption. Disabled, BC mode, key 0.
void streams_run(const streams::Processor* before, streams::Processor* after);
// Takes the external interruptions that are pending, whatever they are.
void streams_drain();
// Connects the channels again.
void streams_connect();
// How many units of 256 bytes are alike, of the first `units` (not 0) of them.
u32 streams_alike(const void* a, const void* b, u32 units);
void streams_copy(void* to, const void* from);
// Reads beyond the last card: the next one belongs to another deck.
void streams_finish_reading();
// Ends in a disabled wait at D0D0.
[[noreturn]] void streams_stop();
// An enabled wait till an external interruption.
void streams_wait();
// Sends a line of 120 characters to the printer 00E.
void streams_print(const u8* line);
}
