#include "cp/guest/address_stop.h"

#include "cp/guest/instruction.h"

namespace cp {

using namespace s370;

namespace {

constexpr u8 stop_number = 0xB3;
constexpr u16 stop_instruction = 0x0A00 | stop_number;

} // namespace

bool AddressStop::set(GuestStorage& storage, u32 at) {
    clear(storage);
    at_ = at & ~1u;
    if (!storage.read({at_}, instruction_) || !storage.write({at_}, Be16{stop_instruction}))
        return false;
    active_ = true;
    return true;
}

void AddressStop::clear(GuestStorage& storage) {
    Be16 found;
    // The program may have put something else there.
    if (active_ && storage.read({at_}, found) && found == stop_instruction)
        storage.write({at_}, instruction_);
    active_ = false;
}

bool AddressStop::is_at(VirtualMachine& vm, u32 address) const {
    InstructionSpace const space(vm.cpu);
    GuestReal real;
    return locate(vm, address, real) == Program::None && real.value == at_;
}

bool AddressStop::hit(VirtualMachine& vm, u8 number, u8 ilc) {
    u32 const from = (vm.cpu.psw.address() - 2) & 0xFFFFFF;
    if (number != stop_number || ilc != 1 || !is_at(vm, from)) return false;
    clear(vm.storage);
    vm.cpu.psw.set_address(from);
    Line<20> line("ADSTOP AT "_e);
    line.hex(from, 6);
    vm.tracer.announce(line);
    return true;
}

} // namespace cp
