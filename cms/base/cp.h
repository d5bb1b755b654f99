// What CP offers its virtual machines by DIAGNOSE, and what stands in for it on a
// CPU of our own: commands, the clock with the time used, editing of messages.
#pragma once

#include "s370/arch/ccw.h"
#include "s370/base/text.h"

namespace cms {

// Looks, once at IPL, whether there is a CP.
void find_cp();
bool under_cp();

constexpr i32 cp_unknown_command = 1, no_cp = -1;

// DIAGNOSE 08: gives CP a line; its answer goes to the terminal. CP's return
// code, or `no_cp`.
i32 cp_command(Text line);

// DIAGNOSE 5C: the part of a message that SET EMSG lets through, empty for none.
Text edit_message(Text message);

struct Times {
    Name8 date;           // MM/DD/YY
    Name8 time;           // HH:MM:SS
    u64 virtual_time = 0; // microseconds of CPU used
    u64 total_time = 0;   // with CP's share
};
// DIAGNOSE 0C; without CP the date is that of the clock and no time is known.
Times times();

// DIAGNOSE 60: bytes of storage; 0 without CP.
u32 cp_storage_size();

// The console's address: CP's word for it, else 009.
s370::DeviceAddress console_address();

} // namespace cms
