// IND$FILE GET|PUT fn ft [fm] [(options: a file to or from the user's terminal.
#pragma once

#include "cms/commands/command.h"

extern "C" i32 indfile_command(const cms::Parameters& parameters);
