// TYPE fn ft [fm] [first [last]] [( [HEX] [COL m-n] [MEMBER name|*] ] (DMSTYP)
#pragma once

#include "cms/commands/command.h"

extern "C" i32 type_command(const cms::Parameters& parameters);
