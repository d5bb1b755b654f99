// A real channel program under construction, made from a guest's (RCWTASK).
//
// CCWs lie in chunks that a TIC links, indirect-address lists and arguments in an
// arena beside them; all of it is CP's own storage below 16M, which no guest sees.
// Every TIC leads to a higher index, except TIC *-8 to a search: so a real program
// always comes to its end, whatever the guest's looked like.
#pragma once

#include "cp/base/free_storage.h"
#include "s370/arch/ccw.h"
#include "s370/base/types.h"

namespace cp {

// What happens when the real program has ended normally at an entry.
enum class Ending : u8 {
    None,
    Program,        // program check
    Protection,     // protection check
    CommandReject,  // unit check, by CP in the place of the device
    OutOfSequence,  // the same: a command that has no place there
    SeekCheck,      // the same: outside the minidisk
    TooShort,       // the same: an argument
    FileProtect,    // the same: write command, read-only minidisk
    TooLong,        // more CCWs than CP takes: channel control check
    Resume,         // go on translating at the guest's next CCW
    FullProgram,    // program check when the whole count was used
    FullProtection, // protection check then
};

struct Entry {
    static constexpr u8 starts_here = 0x01; // a command, not data chained to one

    u32 guest = 0; // address of the guest's CCW
    Ending ending = Ending::None;
    u8 guest_flags = 0; // its chaining, length and program-controlled flags, and starts_here
    u16 lost = 0;       // how much shorter the real count is
};

class RealProgram {
  public:
    static constexpr u32 chunk_entries = 64, largest = 1024, none = 0xFFFF;

    RealProgram() = default;
    RealProgram(const RealProgram&) = delete;
    RealProgram& operator=(const RealProgram&) = delete;
    ~RealProgram();

    // Adds a CCW and answers its index, or `none` when no more fit. `joined`: it must
    // lie right behind the one before, for the sake of a search's status modifier.
    u32 add(const s370::Ccw& ccw, const Entry& entry, bool joined);
    u32 count() const { return count_; }
    s370::Ccw& ccw(u32 index) {
        return chunks_[index / chunk_entries]->ccws[index % chunk_entries];
    }
    Entry& entry(u32 index) {
        return chunks_[index / chunk_entries]->entries[index % chunk_entries];
    }
    const s370::Ccw* first() { return count_ == 0 ? nullptr : &chunks_[0]->ccws[0]; }

    // Which entry's CCW lies at real address `address`; `none` if that is no CCW of ours.
    u32 index_of(u32 address) const;

    // `bytes` (at most 1024) doubleword-aligned bytes that live as long as the program; nullptr: no
    // storage.
    u8* take(u32 bytes);

  private:
    struct Chunk {
        s370::Ccw ccws[chunk_entries];
        Entry entries[chunk_entries];
    };
    struct Block {
        static constexpr u32 space = 2000;
        Block* next;
        u32 used;
        alignas(8) u8 bytes[space];
    };

    Chunk* chunks_[largest / chunk_entries]{};
    Block* blocks_ = nullptr;
    u32 count_ = 0;
    u32 own_used_ = 0;
    alignas(8) u8 own_[256]; // enough for most programs
};

} // namespace cp
