// RELEASE cuu|mode [(DET] (DMSARE).
#pragma once

#include "cms/commands/command.h"

extern "C" i32 release_command(const cms::Parameters& parameters);
