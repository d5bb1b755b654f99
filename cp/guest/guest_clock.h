// Time as a virtual machine sees it: how long it ran, its interval timer, CPU
// timer and clock comparator.
//
// The real CPU timer measures it (run_clock): the dispatcher reads it when a guest has
// lost the CPU. Nothing reads a clock in between, except for a guest's own STPT. What is
// simulated for a guest counts as its time, as does the way into it.
#pragma once

#include "cp/base/run_clock.h"
#include "cp/base/timer_queue.h"
#include "cp/guest/interval_timer.h"

namespace cp {

class VirtualMachine;

class GuestClock final : public Alarm {
  public:
    explicit GuestClock(VirtualMachine& owner) : owner_(owner) {}

    // The guest gets the CPU, for `slice` at the most.
    void start(Microseconds slice);
    // It lost it. How long it ran; its timers are up to date.
    Microseconds stop() {
        catch_up();
        return run_;
    }
    // Between the two: brings them up to date for the guest to look at.
    void catch_up() { charge(run_clock.lap()); }
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
    void charge(Microseconds run);
    bool cpu_timer_counts() const;
    void advance_interval_timer(Microseconds run);
    void advance_cpu_timer(u64 microseconds);

    VirtualMachine& owner_;
    IntervalTimer interval_timer_;
    Timer comparator_timer_;
    Timer wait_timer_;
    u64 waiting_since_ = 0; // now(); 0: it does not wait with timers running
    Microseconds run_{};    // since start()
};

} // namespace cp
