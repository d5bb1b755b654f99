// Two address spaces of a guest, the primary and the secondary one, and who may use them.
//
// GA22-7000-10 "Dual-Address-Space Facility". Here is what needs control registers alone: MVCK,
// MVCP, MVCS, SAC, IAC, IVSK, EPAR and ESAR. What looks an address space number up (PC, PT, SSAR,
// LASP) is a special-operation exception, as on a machine whose control registers 5 and 14 do not
// allow it.
//
// In the secondary-space mode instructions come from the secondary space too, where the machine at
// hand takes them from the primary one. They are there for machines with ECMODE.
#pragma once

#include "cp/guest/extended_op.h"

namespace cp {

// Control registers whose right halves are the spaces' numbers.
constexpr u32 secondary_asn = 3, primary_asn = 4;

// B2xx, nullptr for none of these; D9; DA; DB.
Simulation address_space_b2(u8 second);
s370::Program move_with_key(VirtualMachine& vm, const Instruction& i);
s370::Program move_to_primary(VirtualMachine& vm, const Instruction& i);
s370::Program move_to_secondary(VirtualMachine& vm, const Instruction& i);

// MVCP, MVCS and SAC by a guest that may: the real machine, where CP has no secondary space, gives
// them a special-operation exception.
bool uses_secondary_space(const VirtualMachine& vm, const Instruction& i);
// B223, B224, B226 and B227 are refused without translation whatever the state is; the real
// machine, which always translates, finds another reason.
bool refused_untranslated(const VirtualMachine& vm, const Instruction& i);
// May a program in problem state execute it here, by the authority in control registers 0 and 3?
bool semi_privileged(const VirtualMachine& vm, const Instruction& i);

} // namespace cp
