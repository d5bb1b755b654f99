// The privileged instructions that came after the first System/370: storage keys of 4K
// blocks, protection and usability of storage, prefixing, other CPUs (there are none).
//
// GA22-7000-10 "Control Instructions". They are there for machines with ECMODE, as the real
// machine has them. Each simulates one instruction, the PSW behind it, and answers an
// exception with nothing changed.
#pragma once

#include "cp/guest/instruction.h"

namespace cp {

using Simulation = s370::Program (*)(VirtualMachine& vm, const Instruction& i);

// B2xx, nullptr for none of these; AE; E5xx.
Simulation extended_b2(u8 second);
s370::Program signal_processor(VirtualMachine& vm, const Instruction& i);
s370::Program extended_e5(VirtualMachine& vm, const Instruction& i);

} // namespace cp
