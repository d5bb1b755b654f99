// The processor of a virtual machine: its registers and PSW as the guest sees
// them, and what the real machine needs to run it (VMBLOK and ECBLOK).
//
// entry.S and switch.S know the offsets asserted below.
#pragma once

#include "s370/arch/dat.h"
#include "s370/arch/psw.h"

namespace cp {

struct VirtualCpu {
    u32 gpr[16]{};      //   0
    u64 fpr[4]{};       //  64: valid while another guest's are in the registers
    u64 real_psw = 0;   //  96: what runs the guest: EC, DAT, problem state, enabled
    u32 real_cr1 = 0;   // 104
    u32 reserved = 0;   // 108
    s370::Psw psw{};    // 112: the virtual PSW; address, CC and program mask are those
                        //      of real_psw while the guest runs (see Dispatcher)
    u32 cr[16]{};       // 120: virtual control registers

    // Interruptions that are pending and would be taken when enabled.
    u16 pending_external = 0; // bits of class 0: 0080 timer, 0040 key, 0020.. signals
    bool clock_comparator_pending = false;
    bool cpu_timer_pending = false;
    u64 clock_comparator = ~u64{0};
    u64 cpu_timer = 0;
};
static_assert(offsetof(VirtualCpu, fpr) == 64);
static_assert(offsetof(VirtualCpu, real_psw) == 96);
static_assert(offsetof(VirtualCpu, psw) == 112);
static_assert(offsetof(VirtualCpu, cr) == 120);

} // namespace cp
