// Messages that many commands give, each with its return code as value.
#pragma once

#include "cms/commands/command.h"

namespace cms::errors {

i32 invalid_option(Text module, Text option);         // 003E, 24
i32 invalid_parameter(Text module, Text parameter);   // 070E, 24
i32 incomplete_fileid(Text module);                   // 054E, 24
i32 invalid_mode(Text module, Text mode);             // 048E, 24
i32 not_accessed(Text module, u8 letter);             // 069E, 36
i32 read_only(Text module, u8 letter);                // 037E, 36
i32 not_found(Text module, const FileId& id);         // 002E, 28
i32 reading(Text module, i32 code, const FileId& id); // 104S, 100
i32 writing(Text module, i32 code, const FileId& id); // 105S, 100
i32 no_storage(Text module);                          // 109S, 104

// The message for a return code of STATE other than 0.
i32 state_failed(Text module, i32 code, const FileId& id);

} // namespace cms::errors
