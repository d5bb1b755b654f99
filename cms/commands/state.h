// STATE and STATEW fn ft [fm] (DMSSTT): does the file exist?
#pragma once

#include "cms/commands/command.h"

extern "C" i32 state_command(const cms::Parameters& parameters);
extern "C" i32 statew_command(const cms::Parameters& parameters);
