#include "cp/base/timer_queue.h"

#include "s370/machine/clock.h"
#include "s370/machine/control.h"

namespace cp {

constinit TimerQueue timer_queue;

u64 now() { return machine::time_of_day() >> 12; }

void Timer::start(Microseconds after, Signal& signal) { start_at(now() + after.count, signal); }

void Timer::start_at(u64 due, Alarm& alarm) {
    cancel();
    due_ = due;
    alarm_ = &alarm;
    timer_queue.add(*this);
}

void Timer::cancel() { unlink(); }

void TimerQueue::add(Timer& timer) {
    bool first = true;
    for (Timer& other : timers_) {
        if (timer.due_ < other.due_) {
            timers_.insert_before(other, timer);
            if (first) arm();
            return;
        }
        first = false;
    }
    timers_.push_back(timer);
    if (first) arm();
}

void TimerQueue::arm() {
    Timer const* const first = timers_.front();
    machine::set_clock_comparator(first == nullptr ? ~u64{0} : first->due_ << 12);
}

void TimerQueue::expire() {
    u64 const time = now();
    while (Timer* timer = timers_.front()) {
        if (timer->due_ > time) break;
        timer->unlink();
        timer->alarm_->ring();
    }
    arm();
}

} // namespace cp
