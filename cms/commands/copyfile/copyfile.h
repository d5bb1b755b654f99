// COPYFILE fileid... [fileid] [(options] (DMSCPY).
#pragma once

#include "cms/commands/command.h"

extern "C" i32 copyfile_command(const cms::Parameters& parameters);
