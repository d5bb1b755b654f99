// The real CPU timer: CP's stopwatch, and the alarm that ends a time slice.
//
// GA22-7000-10 "CPU Timer". A look at it costs 70 register loads and setting it 80, so
// it runs on from one machine to the next, and is set only when it would strike too late.
#pragma once

#include "s370/base/types.h"
#include "s370/machine/control.h"

namespace cp {

class RunClock {
  public:
    static constexpr u32 unit_shift = 12; // its units, 4096 to a microsecond

    // The units since the last lap.
    u64 lap() {
        u64 const left = machine::cpu_timer(), passed = at_lap() - left;
        at_lap() = left;
        return passed;
    }
    // External interruption 1005 at the latest when `units` have passed since the last lap.
    void strike_within(u64 units) {
        if (at_lap() - 1 < units) return; // and is not negative
        at_lap() = units;
        machine::set_cpu_timer(units);
    }
    // At the last lap the alarm was due.
    bool struck() const { return at_lap() - 1 > never; }
    // No interruption.
    void strike_never() {
        if (at_lap() > never / 2 && at_lap() <= never) return;
        at_lap() = never;
        machine::set_cpu_timer(never);
    }

  private:
    static constexpr u64 never = 0x7FFFFFFF'FFFFF000;

    static u64& at_lap() { return machine_timer_at_lap; } // what was left
};

extern RunClock run_clock;

} // namespace cp
