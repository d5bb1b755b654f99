#include "cms/files/block_tree.h"

#include "cms/base/free_storage.h"
#include "cms/layout/cdf.h"

#include <algorithm>

// Returns from the function when `expression` is not 0.
#define PASS(expression)                                                                           \
    do {                                                                                           \
        if (i32 const pass_rc_ = (expression); pass_rc_ != 0) return pass_rc_;                     \
    } while (false)

namespace cms::files {
namespace {

constexpr u32 most_blocks = 0x7FFFFFFF;
constexpr u32 cdf_root = 2; // level of the first chain link
constexpr u32 cdf_direct = cdf::blocks_in_first_link;
constexpr u32 cdf_direct_offset = offsetof(cdf::FirstChainLink, block);

} // namespace

void BlockTree::open(const Volume& volume, u32 root, u32 levels, bool variable) {
    close();
    volume_ = &volume;
    root_ = root;
    levels_ = cdf() ? cdf_root : levels;
    size_ = cdf() ? u32{sizeof(Be16)} : variable ? u32{sizeof(edf::VPointer)} : u32{sizeof(Be32)};
    u32 blocks = 1;
    for (u32& level : span_) {
        level = blocks;
        u32 const below = cdf() ? u32{cdf::blocks_in_link} : fan_out();
        blocks = blocks > most_blocks / below ? most_blocks : blocks * below;
    }
}

void BlockTree::close() {
    for (Node& node : node_) {
        if (node.data != nullptr) release_nucleus(node.data, volume_->block_size);
        node = {};
    }
}

u32 BlockTree::leaf(u32 n) const { return cdf() && n < cdf_direct ? cdf_root : 1; }

u32 BlockTree::node_index(u32 level, u32 n) const {
    if (level == levels_) return 0;
    if (cdf()) n -= cdf_direct;
    return n / span(level);
}

u32 BlockTree::offset(u32 level, u32 n) const {
    if (!cdf()) return n / span(level - 1) % fan_out() * size_;
    if (level == 1) return (n - cdf_direct) % cdf::blocks_in_link * size_;
    return n < cdf_direct ? cdf_direct_offset + n * size_
                          : (n - cdf_direct) / cdf::blocks_in_link * size_;
}

u32 BlockTree::pointer(u32 level, u32 offset) const {
    const u8* const at = node_[level].data + offset;
    if (cdf()) return *reinterpret_cast<const Be16*>(at);
    return *reinterpret_cast<const Be32*>(at);
}

void BlockTree::set_pointer(u32 level, u32 offset, u32 block) {
    u8* const at = node_[level].data + offset;
    if (cdf())
        *reinterpret_cast<Be16*>(at) = static_cast<u16>(block);
    else
        *reinterpret_cast<Be32*>(at) = block;
}

edf::VPointer& BlockTree::mark_at(u32 level, u32 n) {
    return *reinterpret_cast<edf::VPointer*>(node_[level].data + offset(level, n));
}

i32 BlockTree::write_back(Node& node) {
    if (!node.valid || !node.dirty) return rc::ok;
    PASS(volume_->write(node.address, node.data));
    node.dirty = false;
    return rc::ok;
}

i32 BlockTree::flush() {
    for (Node& node : node_) PASS(write_back(node));
    return rc::ok;
}

// Brings the node of `level` on the way to data block `n` into storage.
i32 BlockTree::load(u32 level, u32 n) {
    Node& node = node_[level];
    u32 const index = node_index(level, n);
    if (node.valid && node.index == index) return rc::ok;
    u32 address = root_;
    if (level != levels_) {
        PASS(load(level + 1, n));
        address = pointer(level + 1, offset(level + 1, n));
        if (address != 0 && !volume_->valid(address)) return rc::disk_error;
    }
    PASS(write_back(node));
    node.valid = false;
    if (node.data == nullptr) {
        node.data = static_cast<u8*>(allocate_nucleus(volume_->block_size));
        if (node.data == nullptr) return rc::storage;
    }
    if (address == 0)
        std::fill_n(node.data, volume_->block_size, u8{0});
    else
        PASS(volume_->read(address, node.data));
    node.address = address;
    node.index = index;
    node.valid = true;
    return rc::ok;
}

// The same, and it lies in an open block: it may be changed.
i32 BlockTree::own(u32 level, u32 n) {
    PASS(load(level, n));
    Node& node = node_[level];
    auto& volume = const_cast<Volume&>(*volume_);
    if (node.address == 0 || !volume.blocks.is_open(node.address)) {
        if (level != levels_) PASS(own(level + 1, n));
        u32 const block = volume.take_block();
        if (block == 0) return rc::disk_full;
        if (level == levels_)
            root_ = block;
        else
            set_pointer(level + 1, offset(level + 1, n), block);
        node.address = block;
    }
    node.dirty = true;
    return rc::ok;
}

i32 BlockTree::find(u32 n, u32& block) {
    block = 0;
    if (cdf() ? n >= cdf::largest_file : n >= span(levels_)) return rc::ok;
    if (levels_ == 0) {
        block = root_;
    } else {
        if (root_ == 0 && !node_[levels_].valid) return rc::ok;
        u32 const level = leaf(n);
        PASS(load(level, n));
        block = pointer(level, offset(level, n));
    }
    return block == 0 || volume_->valid(block) ? rc::ok : rc::disk_error;
}

// One more level, above a root that becomes its first entry.
i32 BlockTree::grow(const RecordMark* mark) {
    if (levels_ == edf::largest_levels) return rc::disk_full;
    if (root_ == 0) {
        ++levels_;
        return rc::ok;
    }
    u32 const below = root_;
    root_ = 0;
    ++levels_;
    i32 error = load(levels_, 0);
    if (error == rc::ok) error = own(levels_, 0);
    if (error != rc::ok) {
        node_[levels_].valid = false;
        --levels_;
        root_ = below;
        return error;
    }
    set_pointer(levels_, 0, below);
    if (marked() && mark != nullptr) {
        mark_at(levels_, 0).last_record = mark->before;
        mark_at(levels_, 0).displacement = 0;
    }
    return rc::ok;
}

i32 BlockTree::assign(u32 n, u32 block, const RecordMark* new_mark) {
    while (!cdf() && n >= span(levels_)) PASS(grow(new_mark));
    if (levels_ == 0) {
        root_ = block;
        return rc::ok;
    }
    u32 const level = leaf(n);
    PASS(own(level, n));
    set_pointer(level, offset(level, n), block);
    if (new_mark == nullptr) return rc::ok;
    return mark(n, new_mark->record, new_mark->displacement);
}

// Sets the marks of data block `n`, the last of the file, on all levels.
i32 BlockTree::mark(u32 n, u32 record, u32 displacement) {
    if (!marked()) return rc::ok;
    for (u32 level = 1; level <= levels_; ++level) {
        PASS(own(level, n));
        edf::VPointer& entry = mark_at(level, n);
        entry.last_record = record;
        if (n % span(level - 1) == 0) entry.displacement = displacement;
    }
    return rc::ok;
}

i32 BlockTree::begin_record(u32 n, u32 record, u32 displacement) {
    if (!marked() || levels_ == 0) return rc::ok;
    PASS(load(1, n));
    u32 const first = mark_at(1, n).displacement;
    return mark(n, record, first == edf::no_record_starts ? displacement : first);
}

i32 BlockTree::truncate(u32 n, u32 blocks, u32 record, u32 displacement) {
    auto& volume = const_cast<Volume&>(*volume_);
    for (u32 i = blocks; i-- > n;) {
        u32 block = 0;
        PASS(find(i, block));
        if (block != 0 && volume.blocks.is_open(block)) volume.blocks.retire(block);
        if (levels_ == 0) {
            root_ = 0;
            continue;
        }
        // A node goes with its first entry.
        u32 level = leaf(i);
        for (; level < levels_; ++level) {
            PASS(load(level, i));
            if (offset(level, i) != 0) break;
            u32 const address = node_[level].address;
            if (address != 0 && volume.blocks.is_open(address)) volume.blocks.retire(address);
            node_[level].valid = node_[level].dirty = false;
        }
        PASS(own(level, i));
        u8* const entry = node_[level].data + offset(level, i);
        std::fill_n(entry, size_, u8{0});
    }
    shrink(n);
    if (n == 0 || !marked() || levels_ == 0) return rc::ok;
    PASS(load(1, n - 1));
    u32 const first = mark_at(1, n - 1).displacement;
    return mark(n - 1, record,
                first != edf::no_record_starts && first >= displacement ? edf::no_record_starts
                                                                        : first);
}

// Takes levels off the top that `blocks` data blocks do not need.
void BlockTree::shrink(u32 blocks) {
    auto& volume = const_cast<Volume&>(*volume_);
    while (!cdf() && levels_ > 0 && blocks <= span(levels_ - 1)) {
        if (load(levels_, 0) != rc::ok) return;
        Node& node = node_[levels_];
        u32 const below = blocks == 0 ? 0 : pointer(levels_, 0);
        if (node.address != 0 && volume.blocks.is_open(node.address)) {
            volume.blocks.retire(node.address);
        }
        node.valid = node.dirty = false;
        root_ = below;
        --levels_;
    }
}

bool BlockTree::search(u32 record, u32& n, u32& found, u32& displacement, i32& error) {
    error = rc::ok;
    if (!marked() || levels_ == 0) return false;
    u32 before = 0; // the last record that begins before what is looked at
    n = 0;
    for (u32 level = levels_; level > 0; --level) {
        error = load(level, n);
        if (error != rc::ok) return false;
        u32 entry = 0;
        auto const* const entries = reinterpret_cast<const edf::VPointer*>(node_[level].data);
        while (entry < fan_out() && entries[entry].last_record < record) {
            if (entries[entry].block == 0 && entries[entry].last_record == 0) return false;
            before = entries[entry].last_record;
            ++entry;
        }
        if (entry == fan_out()) return false;
        n += entry * span(level - 1);
        displacement = entries[entry].displacement;
    }
    found = before + 1;
    return displacement < volume_->block_size && found <= record;
}

void BlockTree::apply(u32 block, Walk what) {
    auto& volume = const_cast<Volume&>(*volume_);
    if (what == Walk::Keep)
        volume.blocks.keep(block);
    else if (what == Walk::Retire || volume.blocks.is_open(block))
        volume.blocks.retire(block);
}

// The node of `level` that leads to data block `first`, and all below it. `budget`
// ends the walk through a damaged tree.
i32 BlockTree::walk_node(u32 level, u32 first, Walk what, u32& budget) {
    PASS(load(level, first));
    if (node_[level].address == 0) return rc::ok;
    apply(node_[level].address, what);
    bool const first_link = cdf() && level == cdf_root;
    u32 const entries = first_link ? u32{cdf::chain_links + cdf_direct} : fan_out();
    for (u32 i = 0; i < entries; ++i) {
        PASS(load(level, first)); // the walk below may have been through this buffer's level
        u32 const block = pointer(level, i * size_);
        if (block == 0) continue;
        if (!volume_->valid(block) || budget == 0) return rc::disk_error;
        --budget;
        bool const data = first_link ? i >= cdf::chain_links : level == 1;
        if (data) {
            apply(block, what);
        } else {
            u32 const step = span(level - 1);
            u32 const number = first_link ? i : first / step + i;
            if (number > most_blocks / step) return rc::disk_error;
            u32 const below = first_link ? cdf_direct + i * step : number * step;
            PASS(walk_node(level - 1, below, what, budget));
        }
    }
    return rc::ok;
}

i32 BlockTree::walk(Walk what) {
    u32 budget = volume_->total;
    if (root_ == 0) return rc::ok;
    if (levels_ != 0) return walk_node(levels_, 0, what, budget);
    if (!volume_->valid(root_)) return rc::disk_error;
    apply(root_, what);
    return rc::ok;
}

i32 BlockTree::collect(Extent& data, Extent* pointers) {
    for (u32 i = 0; i < data.count(); ++i) {
        u32 block = 0;
        PASS(find(i, block));
        if (block == 0) return rc::disk_error;
        data.set_address(i, block);
        if (pointers == nullptr || levels_ < 2 || i % fan_out() != 0) continue;
        if (!pointers->resize(pointers->count() + 1)) return rc::storage;
        pointers->set_address(pointers->count() - 1, node_[1].address);
    }
    return rc::ok;
}

} // namespace cms::files
