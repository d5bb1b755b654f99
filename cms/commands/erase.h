// ERASE fn ft [fm] [(TYPE|NOTYPE] (DMSERS): the command over the function of that name.
#pragma once

#include "cms/commands/command.h"

extern "C" i32 erase_command(const cms::Parameters& parameters);
