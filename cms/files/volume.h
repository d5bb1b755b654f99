// An accessed disk, as the file system knows it: an ADT points at its Volume.
//
// What programs may look at is kept in the ADT too. All return codes of the file
// system's inner functions are those of RDBUF and WRBUF: 0, 3 disk error, 10 too many
// files, 13 disk full, 25 no storage.
#pragma once

#include "cms/base/storage.h"
#include "cms/files/allocation.h"
#include "cms/io/disk_io.h"
#include "cms/layout/adt.h"
#include "cms/layout/cdf.h"
#include "cms/layout/edf.h"

namespace cms::files {

namespace rc {
constexpr i32 ok = 0, disk_error = 3, too_many_files = 10, disk_full = 13, storage = 25;
}

// The directory or the map: the blocks it lies in. What changed goes to new blocks.
class Extent {
  public:
    // False: no storage. New blocks are changed and lie nowhere.
    bool resize(u32 count);
    void destroy();

    u32 count() const { return count_; }
    u32 address(u32 i) const { return slot_[i] & address_mask; }
    void set_address(u32 i, u32 block) { slot_[i] = block | (slot_[i] & changed); }
    bool is_changed(u32 i) const { return (slot_[i] & changed) != 0; }
    void change(u32 i) { slot_[i] |= changed; }
    // Changed and not yet at a new address.
    bool must_move(u32 i) const { return (slot_[i] & (changed | moved)) == changed; }
    void move(u32 i, u32 block) { slot_[i] = block | changed | moved; }
    void settle();

  private:
    static constexpr u32 changed = 0x80000000, moved = 0x40000000, address_mask = 0x3FFFFFFF;

    u32* slot_ = nullptr;
    u32 count_ = 0;
    u32 capacity_ = 0;
};

struct Volume final : Allocation::Listener {
    Adt* adt = nullptr;
    io::Disk disk{};
    u32 block_size = 0;
    u32 total = 0; // blocks
    bool edf = false;
    bool writable = false;
    bool failed = false;      // the directory could not be written: no more writing
    u8 entry_size = 0;        // of the directory
    u32 entries = 0;          // with the two of an EDF directory that describe itself
    u8* first_data = nullptr; // of the first hyperblock
    Extent directory;
    Extent map;            // blocks of the map; of an 800-byte disk those beyond the MFD
    Extent pointers;       // of an EDF directory, between root and directory blocks
    u32 root = 0;          // of an EDF directory: block 4 or 5
    u32 map_root = 0;      // of an EDF map
    edf::Label label;      // EDF only
    Allocation blocks;     // only when writable
    u8* scratch = nullptr; // a block, only when writable
    u32 new_files = 0;     // open, not yet in the directory

    void map_changes(u32 byte) override;

    // May belong to a file, to the map, or to the directory beside its root.
    bool valid(u32 block) const { return block >= first_block() && block <= total; }
    u32 first_block() const { return edf ? edf::first_map_block : cdf::first_free_block; }
    u32 pointers_per_block() const { return block_size / 4; }
    u32 reserved_entries() const { return edf ? 2 : 0; }

    i32 read(u32 block, u8* buffer) const;
    i32 write(u32 block, const u8* buffer) const;
    // Blocks that a commit may need beside those that are taken now.
    u32 reserve() const;
    // True when `wanted` blocks can be taken for files.
    bool room_for(u32 wanted) const { return blocks.left() >= wanted + reserve(); }
    // Takes a block for an open file; 0 when the disk is full.
    u32 take_block();
    void publish_counts();
};

inline Volume* volume_of(const Adt& adt) {
    return adt.volume == 0 ? nullptr : at_address<Volume>(adt.volume);
}

// Null: no storage.
Volume* create_volume();
// Gives all its storage back, the hyperblocks too.
void destroy_volume(Volume* volume);

} // namespace cms::files
