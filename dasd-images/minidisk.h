// Some cylinders of a volume, used as a disk of equal blocks: records 1 to n on
// each of its tracks. Blocks are counted from 1.
#pragma once

#include "dasd-images/ckd_image.h"

namespace dasd {

struct Extent {
    u32 first_cylinder = 0;
    u32 cylinders = 0;
};

class Minidisk {
  public:
    // Fails when the extent is not on the volume.
    Minidisk(CkdImage& volume, Extent extent);

    CkdImage& volume() { return volume_; }
    Extent extent() const { return extent_; }

    // Writes every track of the first `cylinders` cylinders.
    void format(u32 block_size, u32 cylinders);

    // Blocks per track and on all cylinders, for a size.
    u32 per_track(u32 block_size) const;
    u32 capacity(u32 block_size) const {
        return per_track(block_size) * volume_.geometry().heads * extent_.cylinders;
    }

    // Taken from the record that the label lies in.
    u32 found_block_size();
    void set_block_size(u32 block_size) { block_size_ = block_size; }
    u32 block_size() const { return block_size_; }

    // The data of a block; fails, naming its place, when it is not there with its size.
    const Bytes& read(u32 block) { return data(block); }
    // Shorter data is filled with zeros.
    void write(u32 block, std::span<const u8> data);
    void flush() { volume_.flush(); }

    // "block 7 (cylinder 1 head 2 record 3)", as on the volume
    std::string name(u32 block) const;

  private:
    Bytes& data(u32 block);
    Address track_of(u32 block) const;
    u32 record_of(u32 block) const { return (block - 1) % per_track(block_size_) + 1; }

    CkdImage& volume_;
    Extent extent_;
    u32 block_size_ = 0;
};

} // namespace dasd
