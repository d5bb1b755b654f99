// Waiting for time to pass, by the real clock comparator (DMKSCH's TRQBLOKs).
#pragma once

#include "cp/base/task.h"

namespace cp {

// The time-of-day clock in microseconds since its epoch (TOD bits 0-51).
// Costs a clock read of about 50 register loads: not for the trap path.
u64 now();

class Timer : public Link<Timer> {
  public:
    Timer() = default;
    ~Timer() { cancel(); }

    // Sets `signal` once, `after` from now. A timer that runs is set anew.
    void start(Microseconds after, Signal& signal);
    // Rings `alarm` once, when the clock (see now()) is `due`.
    void start_at(u64 due, Alarm& alarm);
    void cancel();
    bool running() const { return linked(); }

  private:
    friend class TimerQueue;
    u64 due_ = 0;
    Alarm* alarm_ = nullptr;
};

class TimerQueue {
  public:
    // The clock comparator struck: sets the signals that are due and arms it again.
    void expire();

  private:
    friend class Timer;
    void add(Timer& timer);
    void arm();
    List<Timer> timers_; // earliest first
};

extern TimerQueue timer_queue;

} // namespace cp
