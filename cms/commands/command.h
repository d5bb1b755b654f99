// What a command's MODULE is made of: module_entry.S, start.cpp and one function.
//
// rules.mk binds `command_main` to the function of the command's own source, so
// that all of them can be linked into one test program.
#pragma once

#include "cms/api/console.h"
#include "cms/api/disks.h"
#include "cms/api/files.h"
#include "cms/api/message.h"
#include "cms/api/parameters.h"

namespace cms {

using api::FileId;
using api::FileState;
using api::Message;
using api::Parameters;

// The return code of the command.
using Command = i32(const Parameters&);

} // namespace cms
