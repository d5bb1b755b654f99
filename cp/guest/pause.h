// Lets others run when a guest's channel program does not come to an end.
#pragma once

#include "cp/base/timer_queue.h"

namespace cp {

// CCWs that a device of CP's own executes between two pauses.
constexpr u32 commands_between_pauses = 256;

inline Task<> pause() {
    Timer timer;
    Signal signal;
    timer.start(milliseconds(20), signal);
    co_await signal;
}

} // namespace cp
