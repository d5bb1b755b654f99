// Which blocks of a disk accessed read/write are in use (ADTMSK; DMSTRK).
//
// A block that the directory on the disk still names is never written again before
// the next directory is there. So a block is in one of four states, kept in two maps:
//
//     used temp
//      0    0   free
//      1    0   in the directory that the next commit writes
//      1    1   open: taken by a file that is being written, unknown to any directory
//      0    1   retired: in the directory on the disk, not in the next one
//
// The map that a commit writes is `used and not temp`. After it the retired are free.
#pragma once

#include "s370/base/types.h"

namespace cms::files {

class Allocation {
  public:
    // Called when the map to be written changes at byte `byte`.
    struct Listener {
        virtual void map_changes(u32 byte) = 0;

      protected:
        ~Listener() = default;
    };

    // False: no storage. All blocks are free.
    bool create(u32 blocks, Listener& listener);
    void destroy();
    bool exists() const { return used_ != nullptr; }

    // Both give 0 when no block is free.
    u32 take_open();
    u32 take_for_directory();

    bool is_open(u32 block) const { return used(block) && temporary(block); }
    // The next directory names it: an open or retired block belongs to a closed file.
    void keep(u32 block);
    // The next directory does not name it.
    void retire(u32 block);
    // The directory that does not name the retired blocks is on the disk.
    void forget_retired();

    u32 total() const { return total_; }
    u32 left() const { return total_ - used_count_ - retired_; }
    u32 in_use() const { return used_count_; }            // open blocks included
    u32 committed() const { return used_count_ - open_; } // in the next directory
    u32 map_bytes() const { return bytes_; }
    // A byte of the map that the next commit writes, and of a map that was read.
    u8 image(u32 byte) const { return static_cast<u8>(used_[byte] & ~u32{temporary_[byte]}); }
    void load(u32 byte, u8 bits);
    // Blocks behind `total`, all free, are no longer there.
    void shrink(u32 total);
    u32 first_free_byte() const { return cursor_; }
    u8* map() { return used_; }

  private:
    static u8 bit(u32 block) { return static_cast<u8>(0x80u >> ((block - 1) & 7)); }
    bool used(u32 block) const { return (used_[(block - 1) / 8] & bit(block)) != 0; }
    bool temporary(u32 block) const { return (temporary_[(block - 1) / 8] & bit(block)) != 0; }
    void set(u32 block, bool used, bool temporary);
    u32 find_free();

    u8* used_ = nullptr;
    u8* temporary_ = nullptr;
    Listener* listener_ = nullptr;
    u32 total_ = 0;
    u32 bytes_ = 0;
    u32 storage_ = 0;    // bytes of both maps
    u32 cursor_ = 0;     // no byte before it has a free block
    u32 used_count_ = 0; // used, open or not
    u32 open_ = 0;
    u32 retired_ = 0;
};

} // namespace cms::files
