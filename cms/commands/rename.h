// RENAME fn ft fm fn ft fm [(TYPE|NOTYPE UPDIRT|NOUPDIRT] (DMSRNM).
#pragma once

#include "cms/commands/command.h"

extern "C" i32 rename_command(const cms::Parameters& parameters);
