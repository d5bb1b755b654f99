// The address stop of a virtual machine (ADSTOP).
//
// GC20-1820-3 "ADSTOP": SUPERVISOR CALL B3 takes the place of the instruction there until
// the program comes to it; then the instruction is put back, the machine stops in front of
// it, and its user gets CP READ. The address is one of the machine's real storage.
#pragma once

#include "cp/paging/pages.h"

namespace cp {

class VirtualMachine;

class AddressStop {
  public:
    bool active() const { return active_; }
    // False: there is no such storage. A stop that was set before is cleared.
    [[nodiscard]] bool set(GuestStorage& storage, u32 at);
    void clear(GuestStorage& storage);
    // The storage has gone, and with it the stop.
    void forget() { active_ = false; }

    // The machine came to a supervisor call. True if it was this stop: the machine is stopped.
    bool hit(VirtualMachine& vm, u8 number, u8 ilc);

  private:
    bool is_at(VirtualMachine& vm, u32 address) const;

    bool active_ = false;
    u32 at_ = 0;
    Be16 instruction_; // its first halfword
};

} // namespace cp
