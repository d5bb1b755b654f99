// Interruptions of a virtual machine: PSW swaps in its own page 0 (DMKDSP, DMKPRG).
//
// cp-internals sections 1a and 3.
#pragma once

#include "cp/guest/virtual_machine.h"
#include "s370/arch/program_codes.h"

namespace cp {

// The guest's own program interruption; `ilc` in halfwords; the virtual PSW's
// address is what the old PSW shall hold.
void reflect_program(VirtualMachine& vm, s370::Program code, u8 ilc, u32 translation_address = 0);
// The PER events, if there are any, of an instruction that ended without an exception.
void reflect_per(VirtualMachine& vm, u8 ilc);

// Does an exception leave the PSW at the instruction, as if it had not begun?
constexpr bool nullifies(s370::Program code) {
    return code == s370::Program::SegmentTranslation || code == s370::Program::PageTranslation;
}
void reflect_svc(VirtualMachine& vm, u8 number, u8 ilc);

// Takes every pending interruption that the virtual PSW and control registers now
// enable, in the order of cp-internals section 3. True if the machine can run
// (false: it waits, or was stopped with 450W-453W).
bool take_interruptions(VirtualMachine& vm);

// Loads a new virtual PSW (LPSW, IPL, interruption) with the checks of section 1a;
// false: it was bad, and a specification exception has been reflected.
bool load_psw(VirtualMachine& vm, s370::Psw psw);

// May a PSW of this form be in force on this machine?
bool valid_psw(const VirtualMachine& vm, s370::Psw psw);

} // namespace cp
