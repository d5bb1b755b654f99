// FORMAT cuu mode [ncyl] [(RECOMP LABEL BLKSIZE n] (DMSFOR).
#pragma once

#include "cms/commands/command.h"

extern "C" i32 format_command(const cms::Parameters& parameters);
