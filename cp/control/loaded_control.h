// The real control registers that belong to the guest that runs.
//
// Loading one costs as much as ten plain loads, so each is loaded only when it must
// change. CP itself does not depend on them: it runs without translation, PER or MC.
#pragma once

#include "cp/guest/virtual_machine.h"
#include "s370/machine/control.h"

namespace cp {

class LoadedControl {
  public:
    // Makes them right for `vm` and its present virtual PSW and control registers.
    void load_for(VirtualMachine& vm) {
        VirtualCpu& cpu = vm.cpu;
        if (cpu.psw.translating_or_per() || cpu.traced_events != 0) {
            change_for(vm);
            return;
        }
        cpu.real_cr0 = own_cr0 | (vm.settings.ec_mode ? cpu.cr[0] & guests_cr0 : 0);
        cpu.real_cr1 = vm.storage.segment_table_designation();
        cpu.real_cr8 = vm.settings.ec_mode ? cpu.cr[8] & 0xFFFF : 0;
        exchange(cpu);
    }
    // The same where nothing has changed since it was done.
    void exchange(const VirtualCpu& cpu) {
        if (cpu.real_cr1 != cr1_) machine::load_cr1(cr1_ = cpu.real_cr1);
        if (cpu.real_cr7 != cr7_) machine::load_cr7(cr7_ = cpu.real_cr7);
        if (cpu.real_cr8 != cr8_) machine::load_cr8(cr8_ = cpu.real_cr8);
    }
    // The exchange in fast_path.S, for machines that differ in no other register.
    static bool alike(const VirtualCpu& one, const VirtualCpu& other) {
        return one.real_cr0 == other.real_cr0 && one.real_cr8 == other.real_cr8;
    }
    void note_exchange(const VirtualCpu& cpu) { cr1_ = cpu.real_cr1; }
    // Around each run of the guest: low-address protection, which would be CP's too.
    void enter(const VirtualCpu& cpu) {
        if (cpu.real_cr0 != cr0_) load_cr0(cpu.real_cr0);
    }
    void leave() {
        if ((cr0_ & s370::cr0::low_address_protection) != 0)
            load_cr0(cr0_ & ~s370::cr0::low_address_protection);
    }
    // A segment table has gone: its place may become another's.
    void forget() { cr1_ = cr7_ = 0; }

  private:
    // CP's own: its external interruptions; translation of guests that have none of their own.
    static constexpr u32 own_cr0 =
        s370::cr0::clock_comparator | s370::cr0::cpu_timer | s370::cr0::pages_4k;
    // What a guest's control register 0 says about its own unprivileged instructions.
    static constexpr u32 guests_cr0 = s370::cr0::low_address_protection;

    void load_cr0(u32 value) { machine::load_cr0(cr0_ = value); }
    void change_for(VirtualMachine& vm);
    void load_for_per(const VirtualCpu& cpu);

    u32 cr0_ = 0, cr1_ = 0, cr7_ = 0, cr8_ = 0;
    u32 per_[3]{};
};

} // namespace cp
