// Which blocks of a CMS disk are in use, and which may be taken.
//
// What the directory on the disk still names must not be overwritten before the
// directory that does not name it is in place: a block that is given up becomes
// free only at the commit.
#pragma once

#include "dasd-images/error.h"
#include "dasd-images/file.h"
#include "s370/base/types.h"

#include <span>
#include <vector>

namespace dasd {

class BlockMap {
  public:
    BlockMap() = default;
    // Blocks 1 to `total`, all free.
    explicit BlockMap(u32 total) : used_(total + 1) {}

    u32 total() const { return static_cast<u32>(used_.size()) - 1; }
    u32 used() const { return count_; }
    bool in_use(u32 block) const { return used_[block]; }

    void mark(u32 block) {
        if (!used_[block]) ++count_;
        used_[block] = true;
    }
    // The first free block; fails when the disk is full.
    u32 take() {
        while (next_ < used_.size() && used_[next_]) ++next_;
        if (next_ >= used_.size()) fail("the disk is full");
        mark(next_);
        return next_;
    }
    void give_up(u32 block) { given_up_.push_back(block); }
    // What was given up is free now.
    void commit() {
        for (u32 block : given_up_)
            if (used_[block]) used_[block] = false, --count_;
        given_up_.clear();
        next_ = 1;
    }
    const std::vector<u32>& given_up() const { return given_up_; }

    // As both formats keep it on the disk, a bit a block from block 1 on; `bits` has all of
    // them, those beyond the last block do not count.
    void mark_those_in(std::span<const u8> bits) {
        for (u32 block = 1; block <= total(); ++block)
            if ((bits[(block - 1) / 8] & bit(block)) != 0) mark(block);
    }
    // What will be in use after the commit; `size` in bytes.
    Bytes bits_after_commit(usize size) const {
        Bytes bits(size);
        for (u32 block = 1; block <= total(); ++block)
            if (used_[block]) bits[(block - 1) / 8] |= bit(block);
        for (u32 block : given_up_)
            bits[(block - 1) / 8] = static_cast<u8>(bits[(block - 1) / 8] & ~bit(block));
        return bits;
    }

  private:
    static u8 bit(u32 block) { return static_cast<u8>(0x80 >> (block - 1) % 8); }

    std::vector<bool> used_ = std::vector<bool>(1);
    std::vector<u32> given_up_;
    u32 count_ = 0;
    u32 next_ = 1;
};

} // namespace dasd
