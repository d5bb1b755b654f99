#include "cp/guest/guest_clock.h"

#include "cp/guest/virtual_machine.h"

#include <algorithm>

namespace cp {
namespace {

constexpr u64 never = ~u64{0xFF};
constexpr u32 microsecond_shift = 12; // of a TOD value

bool negative(u64 timer) { return timer >> 63 != 0; }

} // namespace

bool GuestClock::cpu_timer_counts() const {
    VirtualCpu const& cpu = owner_.cpu;
    return owner_.settings.ec_mode && (cpu.cr[0] & s370::cr0::cpu_timer) != 0 &&
           !negative(cpu.cpu_timer);
}

void GuestClock::renew(Microseconds slice) {
    slice_left_ = slice.count << RunClock::unit_shift;
    limit_ = within_lap(slice_left_);
    set_charged_from();
    if (cpu_timer_counts()) strike_with_cpu_timer();
}

void GuestClock::set_charged_from() {
    u32 const longest = cpu_timer_counts() ? microsecond : short_run;
    owner_.cpu.charged_from = static_cast<u32>(std::min(u64{longest}, limit_));
}

void GuestClock::strike_with_cpu_timer() {
    end_pause();
    limit_ = within_lap(std::min(slice_left_, owner_.cpu.cpu_timer + 1));
    set_charged_from();
}

u64 GuestClock::within_lap(u64 limit) const {
    if (owner_.settings.timer == TimerMode::Off) return limit;
    return std::min(limit, interval_timer_.lap().count << RunClock::unit_shift);
}

void GuestClock::watch_cpu_timer() {
    catch_up();
    if (!cpu_timer_counts()) return;
    strike_with_cpu_timer();
    resume();
}

Microseconds GuestClock::pause() {
    u64 const units = owner_.cpu.uncharged + run_clock.lap();
    if (units < owner_.cpu.charged_from) {
        owner_.cpu.uncharged = static_cast<u32>(units);
        return {};
    }
    charge(units);
    return std::exchange(run_, {});
}

void GuestClock::end_pause() {
    if (owner_.cpu.uncharged >= microsecond) charge(owner_.cpu.uncharged);
}

void GuestClock::catch_up() { charge(owner_.cpu.uncharged + run_clock.lap()); }

void GuestClock::charge(u64 units) {
    owner_.cpu.uncharged = static_cast<u32>(units % microsecond);
    units -= owner_.cpu.uncharged;
    slice_left_ -= std::min(slice_left_, units);
    limit_ -= std::min(limit_, units);
    set_charged_from();
    Microseconds const run{units >> RunClock::unit_shift};
    run_ += run;
    owner_.accounting.run_time += run;
    owner_.accounting.total_time += run;
    advance_cpu_timer(run.count);
    if (owner_.settings.timer == TimerMode::Off || interval_timer_.absorb(run)) return;
    advance_interval_timer(std::min(run, IntervalTimer::longest_run));
}

void GuestClock::advance_cpu_timer(u64 microseconds) {
    if (!owner_.settings.ec_mode) return;
    VirtualCpu& cpu = owner_.cpu;
    cpu.cpu_timer -= microseconds << microsecond_shift;
    bool const now_negative = negative(cpu.cpu_timer);
    if (now_negative && !cpu.cpu_timer_pending) cpu.recheck = true;
    cpu.cpu_timer_pending = now_negative;
}

void GuestClock::advance_interval_timer(Microseconds run) {
    u8* const page = owner_.storage.touch({0});
    if (page == nullptr) return;
    if (!interval_timer_.advance(*reinterpret_cast<s370::LowStorage*>(page), run)) return;
    owner_.cpu.pending_external |= static_cast<u16>(s370::External::IntervalTimer);
    owner_.cpu.recheck = true;
}

// The CPU timer runs in the wait state, the interval timer if its user wants it.
void GuestClock::begin_wait() {
    bool const interval = owner_.settings.timer == TimerMode::Real;
    if (!interval && !owner_.settings.ec_mode) return;
    waiting_since_ = now();
    u64 end = never;
    u8 const* const page = owner_.storage.touch({0});
    if (interval && page != nullptr) {
        u64 const rest =
            interval_timer_.rest(*reinterpret_cast<const s370::LowStorage*>(page)).count;
        if (rest != 0) end = waiting_since_ + rest;
    }
    if (cpu_timer_counts())
        end = std::min(end, waiting_since_ + (owner_.cpu.cpu_timer >> microsecond_shift) + 1);
    if (end != never) wait_timer_.start_at(end, *this);
}

void GuestClock::end_wait() {
    if (waiting_since_ == 0) return;
    wait_timer_.cancel();
    u64 waited = now() - waiting_since_;
    waiting_since_ = 0;
    advance_cpu_timer(waited);
    if (owner_.settings.timer != TimerMode::Real) return;
    while (waited > 0) {
        Microseconds const piece = std::min(Microseconds{waited}, IntervalTimer::longest_run);
        advance_interval_timer(piece);
        waited -= piece.count;
    }
}

void GuestClock::set_clock_comparator(u64 value) {
    value &= ~u64{0xFF}; // the real one has 56 bits
    VirtualCpu& cpu = owner_.cpu;
    cpu.clock_comparator = value;
    comparator_timer_.cancel();
    cpu.clock_comparator_pending = value != never && value >> microsecond_shift <= now();
    cpu.recheck = true;
    if (value != never && !cpu.clock_comparator_pending)
        comparator_timer_.start_at(value >> microsecond_shift, *this);
}

void GuestClock::set_cpu_timer(u64 value) {
    catch_up();
    owner_.cpu.cpu_timer = value;
    owner_.cpu.cpu_timer_pending = negative(value);
    owner_.cpu.recheck = true;
    if (!cpu_timer_counts()) return;
    strike_with_cpu_timer();
    resume();
}

void GuestClock::reset() {
    comparator_timer_.cancel();
    wait_timer_.cancel();
    waiting_since_ = 0;
    owner_.cpu.clock_comparator = ~u64{0};
    owner_.cpu.cpu_timer = 0;
    owner_.cpu.clock_comparator_pending = owner_.cpu.cpu_timer_pending = false;
}

void GuestClock::ring() {
    VirtualCpu& cpu = owner_.cpu;
    if (cpu.clock_comparator < never && cpu.clock_comparator >> microsecond_shift <= now())
        cpu.clock_comparator_pending = true;
    owner_.wake();
}

} // namespace cp
