#include "cp/guest/interval_timer.h"

#include "cp/base/abend.h"

namespace cp {

bool IntervalTimer::advance(s370::LowStorage& guest, Microseconds run) {
    VERIFY(run <= longest_run, Abend::TMR001);

    u32 const elapsed = static_cast<u32>(run.count) * units + residue_;
    residue_ = elapsed % per_microseconds;

    i32 const before = guest.interval_timer;
    u32 const counts = before == left_ ? elapsed / per_microseconds : 1;
    // The timer wraps every 15.5 hours; in C++ only unsigned arithmetic may.
    left_ = static_cast<i32>(static_cast<u32>(before) - counts);
    guest.interval_timer = left_;
    return before >= 0 && left_ < 0;
}

Microseconds IntervalTimer::until_negative(i32 value) {
    if (value < 0) return {0};
    return {(u64{static_cast<u32>(value)} + 1) * per_microseconds / units + 1};
}

} // namespace cp
