// The processor of a virtual machine: its registers and PSW as the guest sees
// them, and what the real machine needs to run it (VMBLOK and ECBLOK).
//
// s370/machine/switch.S and fast_path.S know the offsets asserted below.
#pragma once

#include "s370/arch/dat.h"
#include "s370/arch/psw.h"

namespace cp {

// Why a guest's CPU came to CP: the operation code, but for these.
namespace trap_kind {
constexpr u32 page = 0, program = 1, svc = 0x0A, b2 = 0xC0, count = 256;
constexpr u32 of(u8 opcode, u8 second) { return opcode == 0xB2 ? b2 + (second & 31u) : opcode; }
} // namespace trap_kind

// What fast_path.S makes entries of the shadow tables by: ShadowTables::refill() in other words.
// Addresses are real ones.
struct Refill {
    u32 segments = 0;             //  0: of the shadow segment table in use
    u32 page = 0, page_shift = 0; //  4: from an address to its entry in a page table
    u32 refused = 0, frame = 0;   // 12: bits of the guest's entry
    u32 storage = 0;              // 20: of the segment table of the guest's storage
    u32 limit = 0;                // 24: its size, in 256 bytes
};

struct VirtualCpu {
    u32 gpr[16]{};                    //   0
    u64 fpr[4]{};                     //  64: valid while another guest's are in the registers
    u64 real_psw = 0;                 //  96: what runs the guest: EC, DAT, problem state, enabled
    u32 operand_address = 0x41400000; // 104: the fast path's: LA 4,0 and a guest's operand
    u32 fast_path_work = 0;           // 108
    s370::Psw psw{}; // 112: the virtual PSW; address, CC and program mask are those
                     //      of real_psw while the guest runs (fetch_state)
    u32 cr[16]{};    // 120: virtual control registers

    // What the fast path goes by (cp/guest/fast_path).
    u8 pending_masks = 0;      // 184: bits of a system mask that what is pending waits for
    u8 any_pending = 0;        // 185: not 0: an interruption is pending, masked or not
    u16 null_purge = 0;        // 186: PTLB, when it has nothing to purge
    u32 expected_trap = 0;     // 188: as in low storage at 140; 0: none
    u32 idle_device = ~u32{0}; // 192: address of a device whose TIO gives condition code 0
    // How it gives way without CP: see take_turns() in cp/control/dispatch.
    u32 successor = 0;    // 196: real address of the VirtualCpu that goes on; 0: CP decides
    u32 uncharged = 0;    // 200: that it ran, in units of 1/4096 microsecond: GuestClock
    u32 charged_from = 0; // 204: so much is not left uncharged when it gives way
    u32 real_cr1 = 0;     // 208: for its present state, as those below
    Refill refill;        // 212
    u8 features = 0;      // 240: of this machine and its state, fast_path::...
    u32 fast_traps[trap_kind::count]{}; // 244: of the fast path, by kind; counted down from 0
    u32 slow_traps[trap_kind::count]{}; // those that C++ did

    u8 traced_events = 0;                         // PER classes that CP traces it by, as in CR9
    u32 real_cr7 = 0, real_cr0 = 0, real_cr8 = 0; // for the guest's present state

    // Where translation failed when an instruction was simulated.
    u32 translation_address = 0;

    // PER events of the instruction that is going on, and its address: see cp/guest/per.
    u16 per_code = 0;
    u32 per_address = 0;

    // Interruptions that are pending and would be taken when enabled.
    u16 pending_external = 0; // bits of class 0: 0080 timer, 0040 key, 0020.. signals
    bool emergency_pending = false, external_call_pending = false; // from CPU 0 itself
    bool restart_pending = false;                                  // the same
    bool clock_comparator_pending = false;
    bool cpu_timer_pending = false;
    u64 clock_comparator = ~u64{0};
    u64 cpu_timer = 0;
    // Of the last instruction that was simulated, in halfwords: the machine at hand has it in
    // the BC old PSWs of external and I/O interruptions too.
    u8 last_ilc = 0;
    bool external_pending() const {
        return pending_external != 0 || emergency_pending || external_call_pending ||
               clock_comparator_pending;
    }
    bool recheck = false; // something came that may interrupt it: see take_interruptions()

    void count(u32 kind) { ++slow_traps[kind]; }
    void count_fast(u32 kind) { --fast_traps[kind]; }
    u32 counted_fast(u32 kind) const { return 0u - fast_traps[kind]; }
    u32 counted(u32 kind) const { return slow_traps[kind] + counted_fast(kind); }

    bool names_secondary_space() const {
        return psw.ec() && s370::Psw::SecondarySpace::test(psw.bits);
    }
    // Operands come from there; instructions never do, on the machine at hand.
    bool uses_secondary_space() const { return psw.translating() && names_secondary_space(); }
    // The segment table by which addresses of operands are translated; LRA asks without
    // translation, too.
    u32 space() const { return cr[names_secondary_space() ? 7 : 1]; }

    static constexpr u64 ec_own = 0x00003F00'00FFFFFF; // of an EC PSW, see fetch_state()

    // After running: the virtual PSW gets what the guest itself could change: the address, the
    // condition code and the program mask. What an old PSW that it has loaded holds besides is
    // no part of its state.
    void fetch_state() {
        if (psw.ec())
            psw.bits = (psw.bits & ~ec_own) | (real_psw & ec_own);
        else
            psw.bits = (psw.bits & 0xFFFF0000'00000000) | (real_psw & 0x00FFFFFF) |
                       (real_psw >> 16 & 0x3F000000);
    }
    // Before running: EC, DAT on, problem state, enabled for everything real; PER as the guest
    // has it, or CP traces it.
    void prepare_state() {
        constexpr u64 state = 0x070D0000'00000000, key = 0x00F00000'00000000,
                      per = 0x40000000'00000000, secondary = 0x00008000'00000000;
        if (psw.ec())
            real_psw =
                state | (psw.bits & (ec_own | key | per | (psw.translating() ? secondary : 0)));
        else
            real_psw = state | (psw.bits & (key | 0x00FFFFFF)) | (psw.bits & 0x3F000000) << 16;
        if (traced_events != 0) real_psw |= per;
    }
};
static_assert(offsetof(VirtualCpu, fpr) == 64);
static_assert(offsetof(VirtualCpu, real_psw) == 96);
static_assert(offsetof(VirtualCpu, operand_address) == 104);
static_assert(offsetof(VirtualCpu, psw) == 112);
static_assert(offsetof(VirtualCpu, cr) == 120);
static_assert(offsetof(VirtualCpu, pending_masks) == 184);
static_assert(offsetof(VirtualCpu, idle_device) == 192);
static_assert(offsetof(VirtualCpu, successor) == 196);
static_assert(offsetof(VirtualCpu, refill) == 212);
static_assert(offsetof(VirtualCpu, features) == 240);
static_assert(offsetof(VirtualCpu, fast_traps) == 244);

} // namespace cp
