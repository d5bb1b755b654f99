// One stream: a processor's state, a few random instructions and the operands that they use.
//
// Ends with SVCs at the latest. What may branch runs with the CPU timer's interruption
// enabled, so that a loop ends; where that can be turned off, nothing branches backwards.
#pragma once

#include "tests/machine/streams/arena.h"
#include "tests/machine/streams/operations.h"
#include "tests/machine/streams/processor.h"

namespace streams {

class Stream {
  public:
    // At once at most: a key with its address and PTLB; at the end LPSW, SVCs and no operation.
    static constexpr u32 most_instructions = 12, bytes_at_once = 16, end_bytes = 14,
                         most_bytes = 6 * most_instructions + bytes_at_once + end_bytes,
                         pool_bytes = 256;

    // Makes stream `seed`.
    Stream(u32 seed, const Arena& arena);
    // The time it has to end in, microseconds; `other`: a little more than that.
    void limit(u32 time, bool other);
    // Puts it and its operands into the arena.
    void place() const;
    // Has it stored into itself, with a MOVE LONG in it?
    bool overwrote_itself() const;

    Processor before;
    u32 address = 0, pool = 0; // where they are
    u32 length = 0, instructions = 0;
    bool guarded = false;                     // a loop ends with an external interruption 1005
    bool ec_handlers = false, purged = false; // new PSWs, and TLB, to begin with
    // For external, SVC and program interruptions; 0: one of the program's, address 0: the
    // program's handler, in another state.
    u64 new_psws[3]{};
    bool restarts = false; // by SIGP
    bool waits = false;    // for a clock at its end; `comparator`: for that one
    bool comparator() const { return waits && (before.cr[0] & comparator_mask) != 0; }

  private:
    static constexpr u32 cpu_timer_mask = 0x400, comparator_mask = 0x800,
                         low_address_protection = 0x10000000; // of control register 0
    static constexpr u32 external_mask = 0x01000000;          // of a PSW
    static constexpr u32 wait_base = 12;                      // has the pool's address
    static constexpr u64 in_first_word(u32 bits) { return u64{bits} << 32; }
    // Doublewords of the pool; the first targets are not changed by EXECUTE.
    static constexpr u32 first_target = 6, first_control = 12, first_address = 16,
                         first_digits = 20, first_random = 24;

    // What registers hold.
    enum class Role : u8 { Pool, Sandbox, Edge, Block, Table, Target, Wild, Count };

    bool allowed(u32 halfword) const;
    void choose_state();
    void choose_events();
    void choose_place();
    void choose_new_psw();
    void load_registers();
    u32 value_of(Role role, u32 number);
    u32 control_0();
    u32 like_space();
    u64 psw(u32 real_address, bool first);

    void write_instructions();
    void write_pool();
    void write(const Operation& operation);
    void write_random();
    const Operation& choose();
    u16 operand(const Operation& operation);
    u16 pool_operand(u32 number);
    u16 order();
    u16 device(const Operation& operation);
    u32 any_register(const Operation& operation);
    u32 block_register();
    u32 count_register();
    void load_elsewhere(u32 number);
    u32 second_register(const Operation& operation);
    void put(u32 halfword);

    Random random_;
    const Arena& arena_;
    Space const* space_ = nullptr;
    bool problem_ = false, zero_key_ = false;
    bool per_ = false; // its PSWs may be enabled for PER
    Role roles_[16]{};
    u32 offsets_[16]{}; // in the pool
    u16 text_[most_bytes / 2]{};
    u32 pool_[pool_bytes / 4]{};
    bool begins_again_ = false;
    // Where the PSWs of the pool lead, relative to the stream; the last ones to its end.
    static constexpr u32 psws = 6, own_psws = 4, targets = 6;
    u32 continuations_[psws]{};
    u32 used_psws_ = 0;
    bool in_pool_ = false;
};

} // namespace streams
