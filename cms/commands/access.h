// ACCESS [cuu mode[/ext] [fn [ft [fm]]]] [(NOPROF ERASE NODISK] (DMSACC).
#pragma once

#include "cms/commands/command.h"

extern "C" i32 access_command(const cms::Parameters& parameters);
