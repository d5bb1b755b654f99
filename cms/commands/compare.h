// COMPARE fn ft fm fn ft fm [(COL m-n] (DMSCMP): do two files have the same records?
#pragma once

#include "cms/commands/command.h"

extern "C" i32 compare_command(const cms::Parameters& parameters);
