// CP [command]: gives CP a command; alone, the terminal goes to CP.
#pragma once

#include "cms/commands/command.h"

extern "C" i32 cp_command(const cms::Parameters& parameters);

namespace cms {

// The words after the command's name: as typed, else the tokens joined.
Line<180> command_text(const Parameters& parameters, usize first = 0);

} // namespace cms
