// HELP [CMS|CP|EDIT|EXEC] [name]: types `name HELPCMS`, HELPCP, HELPEDIT or HELPEXEC.
#pragma once

#include "cms/commands/command.h"

extern "C" i32 help_command(const cms::Parameters& parameters);
