// QUERY operand (DMSQRY): settings and disks of CMS; what CMS does not know CP is asked.
#pragma once

#include "cms/commands/command.h"

extern "C" i32 query_command(const cms::Parameters& parameters);
