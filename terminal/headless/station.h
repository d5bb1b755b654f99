// What the scripts of one terminal share: the session and what is going on with it.
#pragma once

#include "terminal/session/session.h"
#include "terminal/trace/trace_file.h"
#include "terminal/transfer/transfer.h"

#include <memory>

namespace terminal {

struct Station {
    explicit Station(Session& terminal) : session(terminal) {}

    Session& session;
    std::unique_ptr<transfer::Transfer> transfer; // the last one, which may have ended
    std::unique_ptr<trace::TraceFile> trace;
    bool aid_wait = true; // attention keys wait for the host
    u32 transfer_buffer = 0x4000;
    u16 script_port = 0;
};

} // namespace terminal
