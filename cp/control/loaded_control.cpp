#include "cp/control/loaded_control.h"

#include "cp/guest/per.h"

#include <algorithm>

namespace cp {

using namespace s370;

void LoadedControl::change_for(VirtualMachine& vm) {
    VirtualCpu& cpu = vm.cpu;
    bool const ec_mode = vm.settings.ec_mode;
    cpu.real_cr0 = own_cr0 | (ec_mode ? cpu.cr[0] & guests_cr0 : 0);
    if (cpu.psw.translating()) {
        cpu.real_cr1 = vm.shadow.select(vm, cpu.cr[1]);
        if (cpu.uses_secondary_space()) cpu.real_cr7 = vm.shadow.select(vm, cpu.cr[7]);
        if ((cpu.cr[0] & cr0::page_size_mask) == cr0::pages_2k)
            cpu.real_cr0 = (cpu.real_cr0 & ~cr0::page_size_mask) | cr0::pages_2k;
    } else {
        cpu.real_cr1 = vm.storage.segment_table_designation();
    }
    cpu.real_cr8 = ec_mode ? cpu.cr[8] & 0xFFFF : 0; // monitor masks
    exchange(cpu);
    if (cpu.traced_events != 0 || per::watching(cpu)) load_for_per(cpu);
}

void LoadedControl::load_for_per(const VirtualCpu& cpu) {
    u32 values[3];
    per::controls(cpu, values);
    if (std::equal(values, values + 3, per_)) return;
    std::copy_n(values, 3, per_);
    machine::load_per(per_);
}

} // namespace cp
