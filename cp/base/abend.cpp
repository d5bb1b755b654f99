#include "cp/base/abend.h"

#include "s370/machine/storage.h"
#include "s370/machine/switch.h"

namespace cp {
namespace {

constinit AbendAction action = nullptr;
constinit bool ending = false;

} // namespace

void set_abend_action(AbendAction what) { action = what; }

void abend(Abend code) {
    // A failure of the dump itself must not start another one.
    if (!ending && action != nullptr) {
        ending = true;
        action(code);
    }
    machine::stop(0xABE);
}

} // namespace cp

extern "C" {
void cp_program_check() { cp::abend(cp::Abend::PRG001); }
void cp_unexpected_svc() { cp::abend(cp::Abend::SVC001); }
void cp_restart_key() { cp::abend(cp::Abend::PSA002); }
void cp_machine_check() { cp::abend(cp::Abend::MCH001); }
}
