#include "cms/program/external.h"

#include "cms/base/program_call.h"
#include "cms/layout/plists.h"

extern "C" void cms_external_interruption(); // called by cms/entry.S

namespace cms {
namespace {

constexpr u32 routine_at = 5; // in EXTPSW

u32 trapped() {
    const u8* const psw = extsect().user_psw;
    return u32{psw[routine_at]} << 16 | u32{psw[routine_at + 1]} << 8 | psw[routine_at + 2];
}

void set_routine(u32 routine) {
    u8* const psw = extsect().user_psw;
    psw[routine_at] = static_cast<u8>(routine >> 16);
    psw[routine_at + 1] = static_cast<u8>(routine >> 8);
    psw[routine_at + 2] = static_cast<u8>(routine);
}

} // namespace

i32 trap_function(FunctionCall& call) {
    set_routine(call.plist<TrapPlist>().routine & address_mask);
    return 0;
}

void clear_trap() { set_routine(0); }

} // namespace cms

void cms_external_interruption() {
    using namespace cms;
    u32 const routine = trapped();
    if (routine == 0) return; // nobody asked for it
    u32 registers[16] = {};
    registers[13] = at::extsect + offsetof(Extsect, save);
    enter_routine(routine, registers, ProgramKind::System);
}
