// LISTFILE [fn [ft [fm]]] [(options] (DMSLST): the files that match, one line each.
#pragma once

#include "cms/commands/command.h"

extern "C" i32 listfile_command(const cms::Parameters& parameters);
