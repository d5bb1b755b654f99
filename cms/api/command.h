// Commands called by a program: CMS commands by name, CP commands by text.
#pragma once

#include "s370/base/text.h"

namespace cms::api {

// Calls a CMS command or function with these tokens (the first is its name).
// -3: there is no such command.
i32 call(std::span<const Name8> tokens, bool quiet = false);
// Tokenizes a line as the terminal's is and calls it. `line` is also passed as typed.
i32 call_line(Text line, bool quiet = false);

// Gives CP a command; its answer appears at the terminal. The return code is CP's.
i32 call_cp(Text command);
// The same, with the answer in `answer`; `length` is how much of it there is.
i32 call_cp(Text command, std::span<u8> answer, u32& length);

// Splits `line` at blanks and parentheses into upper-case tokens of eight
// characters and returns how many; those past the end of `tokens` are dropped.
usize tokenize(Text line, std::span<Name8> tokens);

} // namespace cms::api
