// Links to minidisks (DMKLNK): one disk, several users, and who may write it.
//
// cp-commands section 2a.
#pragma once

#include "cp/command/caller.h"
#include "cp/layout/directory.h"

namespace cp {

enum class LinkMode : u8 { R, RR, W, WR, M, MR, MW };

// False: `text` names no mode.
bool parse_link_mode(Text text, LinkMode& mode);

// What the links that others have let one of `mode` be.
struct LinkDecision {
    bool granted = false;
    bool read_only = true;
    u16 message = 0; // refusal or warning
};
LinkDecision decide_link(LinkMode mode, u32 readers, u32 writers);

struct LinkRequest {
    Name8 owner;
    s370::DeviceAddress from{}, to{};
    bool has_mode = false;
    LinkMode mode = LinkMode::R;
    bool has_password = false;
    bool password_bad = false; // too long, or missing after PASS=
    Name8 password;
};

// Makes the link for the caller's virtual machine. At logon nobody is asked for a password.
Task<u32> link_disk(const Caller& caller, LinkRequest request);

} // namespace cp
