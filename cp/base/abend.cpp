#include "cp/base/abend.h"

#include "s370/machine/switch.h"

namespace cp {
namespace {

constexpr u32 wait_code = 0xABE;

constinit AbendAction action = nullptr;
constinit bool ending = false;

// The registers are in the assigned locations.
[[noreturn]] void end(Abend code) {
    // A failure of the dump itself must not start another one.
    if (!ending && action != nullptr) {
        ending = true;
        action(code);
    }
    machine::stop(wait_code);
}

} // namespace

void set_abend_action(AbendAction what) { action = what; }

void abend(Abend code) {
    machine::save_registers();
    end(code);
}

} // namespace cp

void cp_program_check() { cp::end(cp::Abend::PRG001); }
void cp_unexpected_svc() { cp::end(cp::Abend::SVC001); }
void cp_restart_key() { cp::end(cp::Abend::PSA002); }
void cp_machine_check() { cp::end(cp::Abend::MCH001); }
