// I/O of the nucleus: start a channel program, wait for its end (DMSITI).
//
// The nucleus runs disabled and enables only while it waits here, so that an
// interruption finds every table at rest. Attentions of the console and
// interruptions of devices that programs handle (HNDINT) are dealt with on the way.
#pragma once

#include "s370/arch/ccw.h"

namespace cms {

enum class IoResult : u8 {
    Ended,    // the CSW says how
    NotThere, // no such device
};

struct IoOutcome {
    IoResult result = IoResult::NotThere;
    s370::Csw csw;    // status of all interruptions or-ed, the last count
    u8 sense[2] = {}; // after unit check
};

// Runs the channel program at `program` on `device` until device end.
IoOutcome run_channel_program(s370::DeviceAddress device, const s370::Ccw* program);

// Waits for one I/O interruption and handles it.
void wait_for_interruption();

} // namespace cms
