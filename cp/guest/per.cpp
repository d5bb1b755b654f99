#include "cp/guest/per.h"

namespace cp::per {

using namespace s370;

namespace {

constexpr u32 address_mask = 0xFFFFFF;

// From control register 10 to 11, around the end of the address space where that is lower.
bool in_range(const VirtualCpu& cpu, u32 first, u32 last) {
    u32 const low = cpu.cr[10] & address_mask, high = cpu.cr[11] & address_mask;
    return low <= high ? first <= high && last >= low : first <= high || last >= low;
}

} // namespace

void note_fetch(VirtualCpu& cpu, u32 address) {
    if ((watched(cpu) & fetch) != 0 && in_range(cpu, address, address)) cpu.per_code |= fetch;
}

void note_store(VirtualCpu& cpu, u32 address, u32 length) {
    if ((watched(cpu) & store) != 0 && in_range(cpu, address, address + length - 1))
        cpu.per_code |= store;
}

u16 take(VirtualCpu& cpu, Program code) {
    u16 events = pending(cpu);
    if (!completes(code)) events &= static_cast<u16>(~store);
    cpu.per_code = 0;
    return events;
}

void controls(const VirtualCpu& cpu, u32 (&values)[3]) {
    u16 const own = watched(cpu);
    bool const anywhere = cpu.traced_events != 0 && (own & (fetch | store)) == 0;
    values[0] = u32{own} << 16 | u32{cpu.traced_events} << 24;
    values[1] = anywhere ? 0 : cpu.cr[10];
    values[2] = anywhere ? address_mask : cpu.cr[11];
}

} // namespace cp::per
