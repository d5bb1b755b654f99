// The interval timer of one virtual machine (DMKTMR).
//
// GA22-7000-10 "Interval Timer": a signed word at the guest's real location 80;
// bit 23 steps 300 times a second, so bit 31 is one unit = 1/76800 s.
//
// Invariant: residue_ < 625, so no time is lost however short the time slices.
// Knows no clock: the dispatcher says how long the guest ran. Where the guest has set the timer
// meanwhile, how much of that came afterwards is not known, and the timer must not be early.
#pragma once

#include "s370/arch/low_storage.h"
#include "s370/base/types.h"

namespace cp {

class IntervalTimer {
  public:
    static constexpr Microseconds longest_run{60'000'000}; // keeps to 32-bit arithmetic

    // Subtracts `run` from the guest's timer, but one unit alone if it holds another value than it
    // was left with (one, so that the same value set again is another one too). True when that took
    // it from zero or more to negative: external interruption X'0080' is now pending.
    [[nodiscard]] bool advance(s370::LowStorage& guest, Microseconds run);

    // Takes a run so short that no unit of the timer has passed; false: not taken.
    [[nodiscard]] bool absorb(Microseconds run) {
        if (run.count >= 14) return false;
        u32 const elapsed = static_cast<u32>(run.count) * units + residue_;
        if (elapsed >= per_microseconds) return false;
        residue_ = elapsed;
        return true;
    }

    // How long until a timer that holds `value` becomes negative.
    static Microseconds until_negative(i32 value);

    // The guest cannot set its timer before the next advance(), which counts all of the run. How
    // long until it becomes negative, 0 if it is.
    Microseconds rest(const s370::LowStorage& guest) {
        left_ = guest.interval_timer;
        return until_negative(left_);
    }
    // How long the guest may run before the next advance(): until the timer becomes negative, and
    // a step of 1/300 s at the most, since it may set it any time.
    Microseconds lap() const {
        return left_ >= 0 && left_ < units_of_a_step ? until_negative(left_) : longest_lap;
    }

  private:
    static constexpr u32 units = 48, per_microseconds = 625; // 76800 Hz in lowest terms
    static_assert(u64{units} * 1'000'000 == u64{per_microseconds} * 300 * 256);
    static constexpr i32 units_of_a_step = 256;
    static constexpr Microseconds longest_lap{units_of_a_step * per_microseconds / units + 1};

    u32 residue_ = 0; // run time not yet subtracted, in 1/625 unit
    i32 left_ = 0;    // in location 80 by the last advance()
};

} // namespace cp
