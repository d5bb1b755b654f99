// The storage that streams work on: its contents, keys and translation tables.
//
// All of it is made anew for an epoch of streams, kept in a copy, and restored from
// that after each stream.
#pragma once

#include "tests/machine/streams/layout.h"
#include "tests/machine/streams/random.h"

namespace streams {

// An address space: what control registers 0 and 1 must hold, and where its virtual
// addresses sandbox to sandbox + sandbox_size lead.
struct Space {
    static constexpr u32 blocks = sandbox_size / key_block, nowhere = ~u32{0};
    u32 cr0 = 0, cr1 = 0;
    u32 real[blocks]{};

    // A virtual address that leads to this byte of the sandbox; the same address if none does.
    u32 address_of(u32 real_address) const;
};

// Told of each word of storage, and each key (`address` is odd then), that was changed.
class Changes {
  public:
    virtual void changed(u32 address, u32 value) = 0;
};
class Ignored final : public Changes {
    void changed(u32, u32) override {}
};

class Arena {
  public:
    static constexpr u32 spaces = 8;

    // New contents, keys and tables, for restore() to put there; `timer`: interval timers to begin
    // with.
    void make(u32 seed, u32 timer);
    // Sets all keys, reference and change bits zero: for a stream that these are looked at after.
    void set_keys() const;
    // The keys as a stream has left them: before anything else refers to the storage.
    void find_keys();
    // Brings storage, translation and the keys that were found to where they were after make(),
    // and tells what differed; `exact`: in the reference and change bits too, which are not
    // restored.
    void restore(bool exact, Changes& changes) const;

    const Space& space(u32 number) const { return spaces_[number]; }
    // Did the stream store into translation tables? IPTE, which also tells the TLB, does not count.
    bool tables_altered() const;
    // Did it store into an interval timer: of the last page 0, or of a page of the arena, which
    // has been page 0 perhaps?
    static bool timer_set(u32 last);
    // Do control registers 0 and 1 ask for one of the spaces?
    bool knows(const u32 (&cr)[16]) const;
    u8 some_key(Random& random) const { return keys_[random.below(key_blocks)] >> 4; }

  private:
    static constexpr u32 page_0_blocks = 2, key_blocks = page_0_blocks + arena_size / key_block;

    static void fill(Random& random);
    void restore_keys(bool exact, Changes& changes) const;
    void make_space(Random& random, u32 number);

    Space spaces_[spaces];
    u8 keys_[key_blocks]{}, found_keys_[key_blocks]{};
};

// Brings storage to what it should hold, and tells of the words that differ, except interval
// timers. Did any?
bool restore_to(u32 address, const u32* should, u32 bytes, Changes& changes);

// Storage outside the arena and the program becomes what it was, and its keys the program's; tells
// what was not.
void clear_rest(Changes& changes);

} // namespace streams
