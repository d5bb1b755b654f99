// The blocks of one file: from the number of a data block, counted from 0, to
// where it lies, in both disk formats.
//
// On a disk of 512 to 4096-byte blocks a tree of pointer blocks with one root. On an
// 800-byte disk the root is the first chain link, level 2; it holds the first 60 data
// blocks itself, and the other chain links are level 1. Of each level the block that
// was used last is in storage. Pointer blocks that a directory on the disk names
// are never written again: a changed one is an open block (allocation.h).
#pragma once

#include "cms/files/volume.h"

namespace cms::files {

// Where records begin; kept in the pointers of V files only (not on 800-byte disks).
struct RecordMark {
    u32 record = 0;                           // the last that begins in the block or before
    u32 displacement = edf::no_record_starts; // of the first that begins in the block
    u32 before = 0;                           // the last that begins before the block
};

class BlockTree {
  public:
    // `levels` is not looked at on an 800-byte disk.
    void open(const Volume& volume, u32 root, u32 levels, bool variable);
    // Gives the buffers back; what was not flushed is lost.
    void close();

    u32 root() const { return root_; }
    u32 levels() const { return cdf() ? 0 : levels_; }
    // Bytes of a pointer to a data block: 4 or 12.
    u8 pointer_size() const { return static_cast<u8>(size_); }

    // Where data block `n` lies; 0 = a hole, or behind the end.
    i32 find(u32 n, u32& block);
    // Data block `n` now lies in `block`. `mark` says where records begin in a block
    // that is new; null: as before.
    i32 assign(u32 n, u32 block, const RecordMark* mark);
    // Record `record` begins at `displacement` of data block `n`, which exists.
    i32 begin_record(u32 n, u32 record, u32 displacement);
    // Data blocks from `n` to `blocks` leave the file; `record` is the last that begins before
    // byte `displacement` of data block n-1, where the file now ends. Open ones among them are
    // free.
    i32 truncate(u32 n, u32 blocks, u32 record, u32 displacement);
    // For V files with pointer blocks: a data block where some record up to `record`
    // begins, that record's number, and its displacement. False: there is no such help.
    bool search(u32 record, u32& n, u32& found, u32& displacement, i32& error);
    i32 flush();

    enum class Walk : u8 { Keep, Retire, Discard };
    // All blocks of the file, pointer blocks too, become kept or retired; or those
    // that are open become free.
    i32 walk(Walk what);
    // The addresses of pointer blocks of level 1, and of `count` data blocks.
    i32 collect(Extent& data, Extent* pointers);
    // How many pointer blocks a new data block may need.
    u32 depth() const { return levels_ + 1; }

  private:
    struct Node {
        u8* data = nullptr;
        u32 index = 0; // among those of its level
        u32 address = 0;
        bool valid = false;
        bool dirty = false;
    };

    bool cdf() const { return !volume_->edf; }
    u32 fan_out() const { return volume_->block_size / size_; }
    u32 span(u32 level) const { return span_[level]; }
    u32 leaf(u32 n) const;
    u32 node_index(u32 level, u32 n) const;
    u32 offset(u32 level, u32 n) const;
    u32 pointer(u32 level, u32 offset) const;
    void set_pointer(u32 level, u32 offset, u32 block);
    edf::VPointer& mark_at(u32 level, u32 n);
    bool marked() const { return size_ == sizeof(edf::VPointer); }

    i32 write_back(Node& node);
    i32 load(u32 level, u32 n);
    i32 own(u32 level, u32 n);
    i32 grow(const RecordMark* mark);
    void shrink(u32 blocks);
    i32 mark(u32 n, u32 record, u32 displacement);
    i32 walk_node(u32 level, u32 first, Walk what, u32& budget);
    void apply(u32 block, Walk what);

    const Volume* volume_ = nullptr;
    u32 root_ = 0;
    u32 levels_ = 0;
    u32 size_ = 4; // of a pointer
    // Data blocks below a node of each level, the root of an 800-byte disk left out; at the
    // most 2^31 - 1.
    u32 span_[edf::largest_levels + 1]{};
    Node node_[edf::largest_levels + 1];
};

} // namespace cms::files
