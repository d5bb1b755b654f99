// How the time that a virtual machine used divides into its own and CP's.
//
// The dispatcher measures how long it had the CPU (Accounting::run_time). What CP did for
// it meanwhile is estimated, since a look at a clock costs as much as a trap:
//   - what C++ simulates is timed for about one trap in 32 (TrapSampler), which stands for all;
//   - the way there and back, and a trap of the fast path, has a price in register loads
//     (LR), which `make bench` measures, and CP times the LR when it starts.
// So CP's part is an estimate, the better the more traps there were: for 700,000 of all kinds
// it was wrong by -3.5 to 3.7 % in six runs. What the host takes away counts as the guest's own.
// Virtual time never goes back.
#pragma once

#include "cp/guest/virtual_machine.h"

namespace cp {

struct UsedTime {
    Microseconds virtual_time; // the guest's own instructions
    Microseconds total_time;   // and CP for it
    Microseconds in_cp() const { return {total_time.count - virtual_time.count}; }
};
UsedTime used_time(VirtualMachine& vm);

// When CP starts.
void measure_register_load();

// How many traps a machine had, and how many of them the fast path did.
struct TrapCounts {
    u32 all, fast;
};
TrapCounts trap_counts(const VirtualCpu& cpu);

// Which of the traps that C++ does are timed: by chance, lest they fall into step with a
// loop of the guest's.
class TrapSampler {
  public:
    bool due() { return --left_ == 0; }
    // One has been timed, in units of 1/4096 microsecond.
    void note(VirtualMachine& vm, u64 units);

  private:
    u32 left_ = 1, gap_ = 1, random_ = 1;
};

} // namespace cp
