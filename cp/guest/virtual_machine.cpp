#include "cp/guest/virtual_machine.h"

namespace cp {

constinit List<QueueLink> awakened_machines;
constinit List<VirtualMachine> virtual_machines;

VirtualMachine* find_virtual_machine(Text userid) {
    for (VirtualMachine& vm : virtual_machines)
        if (vm.userid.text() == userid) return &vm;
    return nullptr;
}

void VirtualMachine::reset(bool clear) {
    io.reset();
    clock.reset();
    shadow.release();
    if (storage.prefix() != 0) storage.set_prefix(0);
    io.connect(true);
    cpu.psw = {};
    cpu.pending_external = 0;
    cpu.emergency_pending = cpu.external_call_pending = cpu.per_pending = false;
    cpu.recheck = false;
    for (u32& value : cpu.cr) value = 0;
    cpu.cr[0] = s370::cr0::initial;
    cpu.cr[2] = s370::cr2_initial;
    cpu.cr[14] = s370::cr14_initial;
    stopped.instruction = stopped.waiting = false;
    if (!clear) return;
    for (u32& value : cpu.gpr) value = 0;
    for (u64& value : cpu.fpr) value = 0;
    storage.clear();
}

void VirtualMachine::wake() {
    cpu.recheck = true;
    if (!queue_link.linked()) awakened_machines.push_back(queue_link);
}

} // namespace cp
