// Lines to and from the terminal and the program stack: TYPLIN, WAITRD, ATTN, DESBUF.
#pragma once

#include "cms/layout/plists.h"

namespace cms::api {

// Types a line; trailing blanks are kept by nobody. Longer than 130 is cut.
void type_line(Text line);
// Types without moving to a new line afterwards.
void type_prompt(Text line);
// Types an error message `DMSxxxnnnL text`, edited as CP SET EMSG says.
void type_message(Text line);

// How a line that is read is translated.
enum class Input : u8 { Upper, AsTyped };

// Reads a line from the program stack, or the terminal when that is empty, into
// `buffer` (130 bytes) and returns what was typed, without trailing blanks.
Text read_line(std::span<u8> buffer, Input translation = Input::Upper);
// Lines in the program stack now.
u32 stacked_lines();

void stack_line(Text line, bool last_in_first_out = false);
// DESBUF: clears the program stack and what was typed ahead.
void clear_stack();

// True while the user has halted typing (HT).
bool typing_halted();
void halt_typing(bool halted);

} // namespace cms::api
