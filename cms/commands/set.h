// SET function value (DMSSET): switches of CMS; what CMS does not know goes to CP.
#pragma once

#include "cms/commands/command.h"

extern "C" i32 set_command(const cms::Parameters& parameters);
