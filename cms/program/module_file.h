// MODULE files into storage, and the start of what was loaded (DMSMOD, DMSLDR).
#pragma once

#include "cms/base/function.h"
#include "cms/base/program_call.h"

namespace cms {

namespace load_rc {
constexpr i32 not_found = 28, in_subset = 32, not_loaded = 40, disk = 100, no_room = 104,
              bad_format = 88;
}

struct LoadedModule {
    u32 entry = 0;
    ProgramKind kind = ProgramKind::User;
};

// Type is MODULE and mode is * when blank. The map of the module goes to the loader
// tables, what NUCON has of a loaded program (STRTADDR and on) is set.
i32 load_module(Name8 name, Name8 type, Name<2> mode, LoadedModule& module);

i32 loadmod_function(FunctionCall& call);
i32 start_function(FunctionCall& call);

} // namespace cms
