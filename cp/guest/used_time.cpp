#include "cp/guest/used_time.h"

#include "s370/machine/clock.h"

#include <algorithm>
#include <array>

namespace cp {

namespace {

constexpr u32 unit_shift = 12;
constexpr u32 loads = machine::timed_loads;
// What takes longer than that was interrupted by the host.
constexpr u64 longest_sample = u64{1000} << unit_shift;

constexpr u32 way_to_simulator = 150; // and back, in LR

// Of the fast path, in LR: the virtual column of `make bench`.
constexpr std::array<u16, trap_kind::count> make_prices() {
    std::array<u16, trap_kind::count> prices{};
    prices[trap_kind::page] = 160; // refilled
    prices[trap_kind::svc] = 132;
    prices[0x80] = 113;                      // SSM
    prices[0x82] = 140;                      // LPSW
    prices[0x83] = 300;                      // DIAGNOSE 44, with the way into the next machine
    prices[0x9D] = 102;                      // TIO
    prices[0xAC] = prices[0xAD] = 125;       // STNSM, STOSM
    prices[0xB6] = 108;                      // STCTL
    prices[0xB7] = 104;                      // LCTL
    prices[trap_kind::of(0xB2, 0x0A)] = 109; // SPKA
    prices[trap_kind::of(0xB2, 0x0B)] = 74;  // IPK
    prices[trap_kind::of(0xB2, 0x0D)] = 57;  // PTLB
    return prices;
}
constexpr std::array<u16, trap_kind::count> prices = make_prices();

constinit u64 time_of_loads = 0; // of so many, in units

// Units, but for what the samples say.
u64 priced(const VirtualCpu& cpu) {
    u64 sum = 0;
    for (u32 kind = 0; kind < trap_kind::count; ++kind) {
        if (u32 const fast = cpu.counted_fast(kind)) sum += u64{fast} * prices[kind];
        if (u32 const slow = cpu.slow_traps[kind]) sum += u64{slow} * way_to_simulator;
    }
    return sum * time_of_loads / loads;
}

} // namespace

void measure_register_load() {
    constexpr u32 tries = 16; // the host disturbs some
    time_of_loads = ~u64{0};
    for (u32 i = 0; i < tries; ++i)
        time_of_loads = std::min(time_of_loads, machine::time_register_loads());
}

UsedTime used_time(VirtualMachine& vm) {
    Accounting& used = vm.accounting;
    u64 const in_cp = (used.simulated + priced(vm.cpu)) >> unit_shift;
    u64 const own = used.run_time.count - std::min(used.run_time.count, in_cp);
    used.virtual_time_shown.count = std::max(used.virtual_time_shown.count, own);
    return {used.virtual_time_shown, used.total_time};
}

TrapCounts trap_counts(const VirtualCpu& cpu) {
    TrapCounts counts{0, 0};
    for (u32 kind = 0; kind < trap_kind::count; ++kind) {
        counts.all += cpu.counted(kind);
        counts.fast += cpu.counted_fast(kind);
    }
    return counts;
}

void TrapSampler::note(VirtualMachine& vm, u64 units) {
    vm.accounting.simulated += units < longest_sample ? units * gap_ : units;
    random_ = random_ * 1664525 + 1013904223;
    left_ = gap_ = 1 + (random_ >> 26);
}

} // namespace cp
