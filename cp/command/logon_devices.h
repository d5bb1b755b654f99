// The devices of a virtual machine, made from its directory entry at logon.
#pragma once

#include "cp/command/directory.h"
#include "cp/command/session.h"

namespace cp {

// What cannot be made is said to the user, and he goes without it.
Task<> create_devices(Session& session, DirectoryUser* user);

} // namespace cp
