// DIAGNOSE 58: channel commands that only the virtual console knows, and byte 5 of their
// CCWs, which a channel ignores.
//
// SC19-6203 "DIAGNOSE Code X'58'"; docs/diagnose.md.
#pragma once

#include "s370/arch/ccw.h"

namespace cp::display_ccw {

// Lines into the output area of the screen; the whole screen written and read.
constexpr u8 display_lines = 0x19, write_screen = 0x29, read_screen = 0x2A;

// display_lines: the number of the line, all cleared before; or all cleared and nothing shown.
constexpr u8 line = 0x1F, clear_first = 0x80, clear_only = 0xFF;

// write_screen: both bits of `alternate` erase to the alternate size; `keep_pa1` hands PA1
// to the program.
constexpr u8 erase = 0x80, alternate = 0xC0, structured_field = 0x20, keep_pa1 = 0x10;

// read_screen: Read Modified instead of Read Buffer.
constexpr u8 read_modified = 0x80;

constexpr s370::Ccw make(u8 command, u8 control, u32 address, u8 flags, u16 count) {
    s370::Ccw ccw(command, address, flags, count);
    ccw.ignored = control;
    return ccw;
}

} // namespace cp::display_ccw
