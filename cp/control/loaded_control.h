// The real control registers that belong to the guest that runs.
//
// Loading one costs as much as ten plain loads, so each is loaded only when it must
// change. CP itself does not depend on them: it runs without translation, PER or MC.
#pragma once

#include "cp/guest/virtual_machine.h"

namespace cp {

class LoadedControl {
  public:
    // Makes them right for `vm` and its present virtual PSW and control registers.
    void load_for(VirtualMachine& vm) {
        // Most often: nothing of the guest's own matters, and its storage is where it was.
        bool const unchanged = !vm.settings.ec_mode && vm.cpu.traced_events == 0 && cr8_ == 0 &&
                               cr1_ == vm.storage.segment_table_designation();
        if (!unchanged || vm.cpu.real_cr0 != cr0_) change_for(vm);
    }
    // Around each run of the guest: low-address protection, which would be CP's too.
    void enter(const VirtualCpu& cpu) {
        if (cpu.real_cr0 != cr0_) load_cr0(cpu.real_cr0);
    }
    void leave() {
        if ((cr0_ & s370::cr0::low_address_protection) != 0)
            load_cr0(cr0_ & ~s370::cr0::low_address_protection);
    }
    // A segment table has gone: its place may become another's.
    void forget() { cr1_ = 0; }

  private:
    void load_cr0(u32 value);
    void change_for(VirtualMachine& vm);
    void load_for_per(const VirtualCpu& cpu);

    u32 cr0_ = 0, cr1_ = 0, cr8_ = 0;
    u32 per_[3]{};
};

} // namespace cp
