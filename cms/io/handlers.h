// Programs' own handling of device interruptions: HNDINT, and WAIT for a device (DMSITI, DMSIOW).
//
// GC20-1819 "HNDINT". A handler gets the I/O old PSW in registers 0 and 1, the CSW
// in 2 and 3, the device in 4; it runs disabled with the nucleus' key and returns
// with register 15 zero when the interruption is done with.
#pragma once

#include "cms/base/function.h"
#include "s370/arch/ccw.h"

namespace cms {

// Marks the device as seen, and calls the handler that a program set for it.
void note_interruption(s370::DeviceAddress device, const s370::Csw& csw);

i32 hndint_function(FunctionCall& call);
i32 wait_function(FunctionCall& call);

// A program has taken the interruptions of this device.
bool has_handler(s370::DeviceAddress device);

// Forgets all handlers, at the end of a command or an abend; `all` also those kept.
void clear_interruption_handlers(bool all);

} // namespace cms
