// What happens at the first line after IPL: the disks are accessed, PROFILE EXEC runs.
#pragma once

#include "s370/base/text.h"

namespace cms {

bool is_first_command();
// The line itself is run afterwards, by the caller. ACCESS with NODISK or NOPROF
// in the line leaves out what it says.
void take_first_command(Text line);

} // namespace cms
