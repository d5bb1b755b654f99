// From a terminal that nobody uses to a user with his virtual machine (DMKLOG).
//
// The order of checks and the dialogue: cp-commands section 5.
#pragma once

#include "cp/command/caller.h"
#include "cp/io/devices.h"

namespace cp {

// Serves every 3270 and console typewriter for ever. `console`'s first user is the
// system operator, logged on without a password. `system`: the volume whose directory
// counts; nullptr: the first one that has a directory. Called once, by start.
Task<> start_users(Volume* system, RealDevice* console);

// LOGON, before logon. On success the terminal has a user.
Task<u32> logon(const Caller& caller, Fields operands);

// The system operator at `terminal`, without a password.
Task<u32> log_on_operator(Terminal& terminal);

// The lines LOGMSG, and FILES, that LOGON and reconnecting show; SET LOGMSG.
struct LogMessage {
    static constexpr u32 most_lines = 10;
    Line<80> lines[most_lines];
    u64 changed_at = 0;
    bool empty() const;
};
extern LogMessage log_message;

// What QUERY CPLEVEL and USERID tell.
struct SystemIdentity {
    Text name = "CAMB370"_e;
    Text version = "CAMBRIDGE/370 VERSION 1 LEVEL 0"_e;
    u64 started_at = 0;
};
extern SystemIdentity system_identity;

inline constexpr Text system_operator_userid = "OPERATOR"_e;

} // namespace cp
