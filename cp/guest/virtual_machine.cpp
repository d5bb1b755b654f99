#include "cp/guest/virtual_machine.h"

#include "s370/arch/low_storage.h"
#include "s370/machine/clock.h"

namespace cp {

constinit List<QueueLink> awakened_machines;
constinit List<VirtualMachine> virtual_machines;

VirtualMachine* find_virtual_machine(Text userid) {
    for (VirtualMachine& vm : virtual_machines)
        if (vm.userid.text() == userid) return &vm;
    return nullptr;
}

u64 VirtualMachine::cpu_id() const {
    constexpr u64 virtual_machine = u64{0xFF} << 56; // the version
    u64 const real = machine::cpu_id();
    u64 const serial = cpu_id_serial != 0 ? cpu_id_serial : real >> 32;
    return virtual_machine | (serial & 0xFFFFFF) << 32 | (real & 0xFFFF0000);
}

void VirtualMachine::reset_cpu(bool initial) {
    cpu.pending_external = 0;
    cpu.emergency_pending = cpu.external_call_pending = false;
    cpu.per_code = 0;
    cpu.restart_pending = cpu.recheck = false;
    shadow.purge();
    if (!initial) return;
    clock.reset();
    if (storage.prefix() != 0) storage.set_prefix(0);
    cpu.psw = {};
    for (u32& value : cpu.cr) value = 0;
    cpu.cr[0] = s370::cr0::initial;
    cpu.cr[2] = s370::cr2_initial;
    cpu.cr[14] = s370::cr14_initial;
}

void VirtualMachine::reset(bool clear) {
    io.reset();
    shadow.release();
    reset_cpu(true);
    io.connect(true);
    stopped.instruction = stopped.waiting = false;
    if (!clear) return;
    address_stop.forget();
    for (u32& value : cpu.gpr) value = 0;
    for (u64& value : cpu.fpr) value = 0;
    storage.clear();
}

void VirtualMachine::store_status() {
    s370::LowStorage low;
    // Absolute storage: what prefixing has there is real page 0.
    GuestReal const absolute_zero{storage.prefix()};
    storage.read(absolute_zero, low);
    low.saved_cpu_timer = cpu.cpu_timer;
    low.saved_clock_comparator = cpu.clock_comparator;
    u64 const length = cpu.psw.ec() ? 0 : u64{cpu.last_ilc} << 30;
    low.saved_psw = cpu.psw.bits | length;
    for (u8& byte : low.access_registers) byte = 0;
    for (u32 i = 0; i < 4; ++i) low.saved_fpr[i] = cpu.fpr[i];
    for (u32 i = 0; i < 16; ++i) low.saved_gpr[i] = cpu.gpr[i];
    for (u32 i = 0; i < 16; ++i) low.saved_cr[i] = cpu.cr[i];
    low.saved_prefix = storage.prefix();
    storage.write(absolute_zero, low);
}

void VirtualMachine::wake() {
    cpu.recheck = true;
    if (!queue_link.linked()) awakened_machines.push_back(queue_link);
}

} // namespace cp
