// The blocks of a file on an EDF disk: read from its root down, built from its
// data up.
#pragma once

#include "cms/layout/edf.h"
#include "dasd-images/block_map.h"
#include "dasd-images/minidisk.h"

namespace dasd {

struct EdfTree {
    std::vector<u32> data;                  // in order; 0 = hole
    std::vector<u32> pointers;              // blocks of pointers
    std::vector<cms::edf::VPointer> leaves; // V: as the lowest pointers say; level 0: none
};

// Fails, naming the block, when a pointer cannot be right.
EdfTree read_tree(Minidisk& disk, const cms::edf::FileStatus& status, u32 total_blocks);

// All data blocks, one after the other, holes as zeros.
Bytes read_tree_data(Minidisk& disk, const EdfTree& tree);

class EdfTreeWriter {
  public:
    EdfTreeWriter(Minidisk& disk, BlockMap& map) : disk_(disk), map_(map) {}

    // Writes `bytes` to new blocks and sets root, levels, pointer size and blocks
    // in `status`, whose format is set. `starts`: where records start, V only.
    // `sparse`: blocks of zeros become holes.
    void write(cms::edf::FileStatus& status, std::span<const u8> bytes,
               std::span<const u32> starts = {}, bool sparse = false);

    // The root goes to this block, which is not taken from the map.
    void set_root(u32 block) { root_ = block; }
    // The blocks that the last write took, in its order; the next write uses them again.
    const std::vector<u32>& taken() const { return taken_; }
    void use_again() { again_ = taken_, taken_.clear(); }

  private:
    u32 take(bool root);
    std::vector<cms::edf::VPointer> write_data(std::span<const u8> bytes,
                                               std::span<const u32> starts, bool sparse);
    std::vector<cms::edf::VPointer> write_pointers(std::span<const cms::edf::VPointer> below,
                                                   bool variable);

    Minidisk& disk_;
    BlockMap& map_;
    u32 root_ = 0;
    std::vector<u32> taken_, again_;
};

} // namespace dasd
