// The dispatcher: runs what CP has ready, then the best virtual machine (DMKDSP).
//
// CP is never preempted: it runs disabled, and takes interruptions only while a
// guest runs or in its own enabled wait. run_guest() returns the interruption.
#pragma once

#include "cp/control/system_load.h"
#include "cp/guest/virtual_machine.h"

namespace cp {

// Never returns; called once by start.
[[noreturn]] void dispatch();

// Puts `vm` among those that may run (or takes it out when it is stopped).
void schedule(VirtualMachine& vm);
// `vm` ceases to exist: forgets it. For tasks only, never while an instruction of it is simulated.
void unschedule(VirtualMachine& vm);

// How many machines want the CPU now, in Q1 (interactive) and Q2.
struct QueueLengths {
    u32 q1, q2;
};
QueueLengths queue_lengths();

} // namespace cp
