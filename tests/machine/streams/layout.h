// Where things lie in the 2M of the machine that runs random streams of instructions.
//
//   page 0             assigned locations; restored before each stream
//   10000-3FFFF        this program, key 15
//   40000-47FFF        the sandbox: streams, operands, PSWs
//   48000-4BFFF        tables for translation
//   the rest           zero, but for what page 0 needs; looked at once in an epoch
#pragma once

#include "s370/base/types.h"

namespace streams {

constexpr u32 storage_size = 0x200000;
constexpr u32 sandbox = 0x40000, sandbox_size = 0x8000;
constexpr u32 tables = sandbox + sandbox_size, tables_size = 0x4000;
// Both: what is compared and restored after each stream.
constexpr u32 arena_size = sandbox_size + tables_size;
constexpr u32 unit = 256; // compared and moved at once
constexpr u32 key_block = 2048;
// In page 0, and in each page that may become it: the interval timer and the new PSWs; at the
// beginning the restart PSWs, new and old.
constexpr u32 page_0_size = 0x1000, interval_timer = 0x50, assigned = interval_timer,
              assigned_size = 0x30, restart_psws_size = 16;

// Of the first word of a PSW. Nobody would end the wait of one that is disabled.
constexpr u32 wait = 0x00020000;
constexpr u32 without_wait(u32 word) { return word & ~wait; }

} // namespace streams

// Of the program: the linker's.
extern "C" u8 streams_begin[], streams_end[];
// What does not change: from the beginning to the variables, which are one unit, and behind that.
extern "C" u8 streams_variables[], streams_constant_end[];
