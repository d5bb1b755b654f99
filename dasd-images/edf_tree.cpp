#include "dasd-images/edf_tree.h"

#include <algorithm>
#include <cstring>

namespace dasd {
namespace {

namespace edf = cms::edf;
using edf::VPointer;

constexpr u64 largest_leaves = 16u << 20; // of a file, holes included

class TreeReader {
  public:
    TreeReader(Minidisk& disk, const edf::FileStatus& status, u32 total)
        : disk_(disk), status_(status), total_(total),
          variable_(status.format == cms::variable_format) {}

    EdfTree read() {
        u32 const size = disk_.block_size();
        fan_ = size / (variable_ ? u32{sizeof(VPointer)} : 4);
        if (status_.levels > edf::largest_levels) fail("has ", u32{status_.levels}, " levels");
        if (variable_) {
            // A record takes its length of two bytes and at least one of data.
            budget_ = u64{total_} * 2 + 2;
            wanted_ = largest_leaves;
        } else {
            wanted_ = (u64{status_.records} * status_.record_length + size - 1) / size;
            if (wanted_ > largest_leaves) fail("is impossibly large");
            budget_ = wanted_ * 2 + 2;
        }
        if (status_.levels == 0 && !variable_ && wanted_ > 1) fail("has too few levels");
        VPointer root{};
        root.block = status_.root;
        if (status_.records > 0) descend(root, status_.levels);
        if (!variable_ && tree_.data.size() < wanted_) fail("has fewer blocks than its records");
        return std::move(tree_);
    }

  private:
    void leaf(const VPointer& pointer) {
        tree_.data.push_back(pointer.block);
        if (variable_ && status_.levels > 0) tree_.leaves.push_back(pointer);
    }

    void hole(u32 level) {
        if (variable_) {
            if (level > 0) fail("has a pointer block that is a hole");
            return;
        }
        u64 leaves = 1;
        for (u32 i = 0; i < level; ++i) leaves = std::min(leaves * fan_, wanted_);
        u64 const end = std::min(tree_.data.size() + leaves, wanted_);
        tree_.data.resize(static_cast<usize>(end), 0);
    }

    void descend(const VPointer& pointer, u32 level) {
        if (budget_-- == 0) fail("has more pointers than the disk has blocks");
        if (pointer.block == 0 && !(variable_ && level == 0)) return hole(level);
        if (pointer.block > total_ || (pointer.block != 0 && pointer.block <= edf::label_block))
            fail("points to block ", pointer.block.value());
        if (level == 0) return leaf(pointer);

        tree_.pointers.push_back(pointer.block);
        Bytes const block = disk_.read(pointer.block); // a copy: reading on may move it
        for (u32 i = 0; i < fan_ && tree_.data.size() < wanted_; ++i) {
            VPointer below{};
            if (variable_)
                std::memcpy(&below, &block[i * sizeof below], sizeof below);
            else
                std::memcpy(&below.block, &block[i * 4], 4);
            if (variable_ && below.block == 0 && below.last_record == 0) return;
            descend(below, level - 1);
        }
    }

    Minidisk& disk_;
    const edf::FileStatus& status_;
    u32 total_;
    bool variable_;
    u32 fan_ = 0;
    u64 wanted_ = 0, budget_ = 0;
    EdfTree tree_;
};

bool all_zero(std::span<const u8> bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](u8 b) { return b == 0; });
}

} // namespace

EdfTree read_tree(Minidisk& disk, const edf::FileStatus& status, u32 total_blocks) {
    return TreeReader(disk, status, total_blocks).read();
}

Bytes read_tree_data(Minidisk& disk, const EdfTree& tree) {
    Bytes bytes;
    for (u32 block : tree.data) {
        if (block == 0) {
            bytes.resize(bytes.size() + disk.block_size());
            continue;
        }
        const Bytes& data = disk.read(block);
        bytes.insert(bytes.end(), data.begin(), data.end());
    }
    return bytes;
}

void EdfTreeWriter::write(edf::FileStatus& status, std::span<const u8> bytes,
                          std::span<const u32> starts, bool sparse) {
    bool const variable = status.format == cms::variable_format;
    taken_.clear();
    std::vector<VPointer> level = write_data(bytes, starts, sparse && !variable);
    status.blocks = static_cast<u32>(
        std::count_if(level.begin(), level.end(), [](auto& leaf) { return leaf.block != 0; }));
    status.levels = 0;
    while (level.size() > 1) {
        level = write_pointers(level, variable);
        ++status.levels;
    }
    status.root = level.empty() ? 0 : level[0].block.value();
    status.pointer_size = variable ? sizeof(VPointer) : 4;
    again_.clear();
}

u32 EdfTreeWriter::take(bool root) {
    if (root && root_ != 0) return root_;
    u32 const block = taken_.size() < again_.size() ? again_[taken_.size()] : map_.take();
    taken_.push_back(block);
    return block;
}

std::vector<VPointer> EdfTreeWriter::write_data(std::span<const u8> bytes,
                                                std::span<const u32> starts, bool sparse) {
    u32 const size = disk_.block_size();
    std::vector<VPointer> leaves;
    usize record = 0;
    for (usize at = 0; at < bytes.size(); at += size) {
        auto const piece = bytes.subspan(at, std::min<usize>(size, bytes.size() - at));
        VPointer leaf{};
        usize const first = record;
        while (record < starts.size() && starts[record] < at + size) ++record;
        leaf.last_record = static_cast<u32>(record);
        leaf.displacement =
            record > first ? static_cast<u32>(starts[first] - at) : edf::no_record_starts;
        if (!sparse || !all_zero(piece)) {
            leaf.block = take(bytes.size() <= size);
            disk_.write(leaf.block, piece);
        }
        leaves.push_back(leaf);
    }
    return leaves;
}

std::vector<VPointer> EdfTreeWriter::write_pointers(std::span<const VPointer> below,
                                                    bool variable) {
    u32 const entry = variable ? u32{sizeof(VPointer)} : 4;
    usize const fan = disk_.block_size() / entry;
    std::vector<VPointer> level;
    for (usize first = 0; first < below.size(); first += fan) {
        auto const group = below.subspan(first, std::min(fan, below.size() - first));
        Bytes block;
        for (const VPointer& pointer : group) {
            const u8* const bytes = reinterpret_cast<const u8*>(&pointer);
            block.insert(block.end(), bytes, bytes + entry);
        }
        VPointer up = group.back();
        up.displacement = group.front().displacement.value();
        up.block = 0;
        if (variable || !all_zero(block) || below.size() <= fan) {
            up.block = take(below.size() <= fan);
            disk_.write(up.block, block);
        }
        level.push_back(up);
    }
    return level;
}

} // namespace dasd
