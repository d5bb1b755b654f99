// The terminal: lines typed, lines read, the stack of finished reads, and the
// immediate commands HT RT HX (DMSCIT, DMSCRD, DMSCWR, DMSCAT).
//
// All of it may wait. Lines have at most 130 characters.
#pragma once

#include "cms/layout/plists.h"
#include "s370/arch/ccw.h"

namespace cms {

// Types a line, unless typing is halted. Trailing blanks are dropped.
void type_line(Text line);
void type_line(Text line, bool carriage_return);

// Reads a line from the stack, else from the terminal, into `buffer` (130 bytes)
// and returns it without translation.
Text read_line(std::span<u8> buffer);
// The same, from the terminal only.
Text read_terminal(std::span<u8> buffer);

// Puts a line on the stack. False: no storage is left.
bool stack_line(Text line, bool last_in_first_out, u8 origin = finished_read::by_program);
void clear_stack();

// An interruption of the console.
void console_interruption(const s370::Csw& csw);

// The console's address, found at IPL.
void set_console(s370::DeviceAddress device);
bool is_console(s370::DeviceAddress device);
// A line is being typed or read.
bool console_active();
// Forgets what the console was doing.
void reset_console();

// HX was entered: ends what runs. Called where that does no harm.
void halt_if_wanted();

} // namespace cms
