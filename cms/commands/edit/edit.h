// EDIT fn ft [fm] [(LRECL nn NODISP] (DMSEDX).
#pragma once

#include "cms/commands/command.h"

extern "C" i32 edit_command(const cms::Parameters& parameters);
