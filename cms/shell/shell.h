// The terminal's command loop (DMSINT).
#pragma once

#include "s370/base/text.h"

namespace cms {

// Reads and runs commands for ever. After an abend a new one begins on a fresh stack.
[[noreturn]] void command_loop();

// Runs one line as if typed at the terminal; its return code.
i32 run_command(Text line);

} // namespace cms
