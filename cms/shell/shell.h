// The terminal's command loop (DMSINT), and CMS SUBSET.
#pragma once

#include "cms/program/function.h"

namespace cms {

// Reads and runs commands for ever. After an abend a new one begins on a fresh stack.
[[noreturn]] void command_loop();

// Runs one line as if typed at the terminal; its return code.
i32 run_command(Text line);

i32 subset_function(FunctionCall& call);
i32 return_function(FunctionCall& call);

} // namespace cms
