// Time as a virtual machine sees it: how long it ran, its interval timer, CPU
// timer and clock comparator.
//
// The real CPU timer measures it (run_clock): the dispatcher reads it when a guest has
// lost the CPU. Nothing reads a clock in between, except for a guest's own STPT. What is
// simulated for a guest counts as its time, as does the way into it.
//
// What is less than a microsecond is kept until there is more to charge, and so is a short run
// where the machine goes on soon (pause()): it is in VirtualCpu::uncharged, and charged_from
// says how much may be.
#pragma once

#include "cp/base/run_clock.h"
#include "cp/base/timer_queue.h"
#include "cp/guest/interval_timer.h"

#include <utility>

namespace cp {

class VirtualMachine;

class GuestClock final : public Alarm {
  public:
    explicit GuestClock(VirtualMachine& owner) : owner_(owner) {}

    // The guest gets the CPU, for `slice` at the most.
    void start(Microseconds slice) {
        renew(slice);
        resume();
    }
    // It will get it, or gets it again with what it has left of its slice.
    void renew(Microseconds slice);
    void resume() { run_clock.strike_within(limit_); }
    // It lost it; its timers are up to date. How much was charged to it since the last time.
    Microseconds stop() {
        catch_up();
        return std::exchange(run_, {});
    }
    // The same for a while in which nobody asks for its timers: a short run may be kept.
    Microseconds pause();
    void end_pause();
    // It has to be stopped and started before it goes on.
    bool due() const { return limit_ == 0; }
    // While it runs: its timers are up to date for the guest to look at.
    void catch_up();
    // Its CPU timer counts from now on (control register 0): it may end the slice.
    void watch_cpu_timer();

    // It goes into the wait state: timers that run then (SET TIMER REAL) may end it.
    void begin_wait();
    void end_wait();

    void set_clock_comparator(u64 value);
    void set_cpu_timer(u64 value);
    // System reset.
    void reset();

    void ring() override;

  private:
    static constexpr u32 microsecond = 1u << RunClock::unit_shift;
    // The timers are looked at every 1/300 s, and when one runs out: see limit_.
    static constexpr u32 short_run = 100 * microsecond;

    void charge(u64 units);
    void set_charged_from();
    bool cpu_timer_counts() const;
    u64 within_lap(u64 limit) const;
    void strike_with_cpu_timer();
    void advance_interval_timer(Microseconds run);
    void advance_cpu_timer(u64 microseconds);

    VirtualMachine& owner_;
    IntervalTimer interval_timer_;
    Timer comparator_timer_;
    Timer wait_timer_;
    u64 waiting_since_ = 0; // now(); 0: it does not wait with timers running
    Microseconds run_{};    // charged since the last stop()
    u64 slice_left_ = 0;    // units
    u64 limit_ = 0;         // until a timer has to be looked at, if that comes first
};

} // namespace cp
