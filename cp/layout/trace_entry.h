// An entry of CP's trace table, as it lies in storage and in a dump.
#pragma once

#include "s370/base/be.h"

namespace cp {

enum class Event : u8 {
    ExternalInterruption = 0x01,
    SvcInterruption = 0x02,
    ProgramInterruption = 0x03,
    MachineCheck = 0x04,
    IoInterruption = 0x05,
    TakeStorage = 0x06,
    GiveStorage = 0x07,
    Sio = 0x08,
    RunUser = 0x0A,
    Resume = 0x0B,
    ReflectInterruption = 0x0C,
    Command = 0x0D,
    PageIn = 0x0E,
    Logon = 0x10,
    Logoff = 0x11,
    Terminal = 0x12,
};

struct TraceEntry {
    u8 event;
    Be24 a; // meaning by event: usually an address or a code
    Be32 b;
    Be32 c;
    Be32 d;
};
static_assert(sizeof(TraceEntry) == 16);

} // namespace cp
