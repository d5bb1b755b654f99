#include "cms/files/commit.h"

#include "cms/files/directory.h"
#include "cms/files/stamp.h"
#include "cms/layout/cdf.h"

#include <algorithm>
#include <cstring>

namespace cms::files {
namespace {

// A commit under way. Storage for anything but blocks of the disk is not needed.
class Commit {
  public:
    explicit Commit(Volume& volume) : v_(volume) {}
    i32 run();

  private:
    i32 move_one(Extent& extent, u32 i);
    i32 move_changed(Extent& extent, bool keep_first, bool& moved_any);
    i32 replace(u32& block);
    i32 move_all();
    i32 write_directory();
    i32 write_map();
    i32 write_pointers(const Extent& data, u32 first, u32 count, u32 block);
    void describe_edf();
    i32 finish_cdf();
    i32 finish_edf();
    bool small_directory() const { return v_.edf && v_.directory.count() == 1; }
    u32 other_root() const {
        return v_.root == edf::directory_root_a ? edf::directory_root_b : edf::directory_root_a;
    }

    Volume& v_;
    u32 new_root_ = 0;
    bool map_moved_ = false; // the root of a map of several blocks has a new place
};

i32 Commit::replace(u32& block) {
    u32 const fresh = v_.blocks.take_for_directory();
    if (fresh == 0) return rc::disk_full;
    if (v_.valid(block)) v_.blocks.retire(block);
    block = fresh;
    return rc::ok;
}

i32 Commit::move_one(Extent& extent, u32 i) {
    u32 block = extent.address(i);
    if (i32 const error = replace(block); error != rc::ok) return error;
    extent.move(i, block);
    return rc::ok;
}

i32 Commit::move_changed(Extent& extent, bool keep_first, bool& moved_any) {
    for (u32 i = keep_first ? 1 : 0; i < extent.count(); ++i) {
        if (!extent.must_move(i)) continue;
        moved_any = true;
        if (i32 const error = move_one(extent, i); error != rc::ok) return error;
    }
    return rc::ok;
}

// New places for all that changed. Each may change another block of the map.
i32 Commit::move_all() {
    u32 const f = v_.pointers_per_block();
    if (v_.edf) {
        // A directory of one block lies at its root; of more than f, pointer blocks lie between.
        u32 const between = v_.directory.count() > f ? (v_.directory.count() + f - 1) / f : 0;
        while (v_.pointers.count() > between) {
            v_.blocks.retire(v_.pointers.address(v_.pointers.count() - 1));
            (void)v_.pointers.resize(v_.pointers.count() - 1); // less never fails
        }
        if (!v_.pointers.resize(between)) return rc::storage;
        for (u32 i = 0; i < between; ++i) v_.pointers.change(i);
        new_root_ = other_root();
        if (small_directory() && v_.valid(v_.directory.address(0))) {
            v_.blocks.retire(v_.directory.address(0));
            v_.directory.set_address(0, v_.root);
        }
        v_.directory.change(0);
    }
    for (bool again = true; again;) {
        again = false;
        i32 error = move_changed(v_.directory, small_directory(), again);
        if (error == rc::ok) error = move_changed(v_.pointers, false, again);
        if (error == rc::ok) error = move_changed(v_.map, false, again);
        if (error == rc::ok && v_.edf && v_.map.count() > 1 && !map_moved_) {
            map_moved_ = again = true;
            error = replace(v_.map_root);
        }
        if (error != rc::ok) return error;
    }
    if (small_directory()) v_.directory.set_address(0, new_root_);
    return rc::ok;
}

// Several blocks go in one request when they lie together.
class Batch {
  public:
    explicit Batch(const io::Disk& disk) : disk_(disk) {}
    i32 add(u32 block, u8* data) {
        waiting_[count_++] = {block, data};
        return count_ == limit ? flush() : rc::ok;
    }
    i32 flush() {
        u32 const count = count_;
        count_ = 0;
        return io::write(disk_, {waiting_, count}) == io::Status::Ok ? rc::ok : rc::disk_error;
    }

  private:
    static constexpr u32 limit = 15;
    const io::Disk& disk_;
    io::Transfer waiting_[limit];
    u32 count_ = 0;
};

i32 Commit::write_directory() {
    Batch batch(v_.disk);
    u8* data = v_.first_data;
    for (u32 i = 0; i < v_.directory.count(); ++i) {
        if (v_.directory.is_changed(i)) {
            i32 const error = batch.add(v_.directory.address(i), data);
            if (error != rc::ok) return error;
        }
        data = at_address(reinterpret_cast<HyperblockLinks*>(data + v_.block_size)->next);
    }
    return batch.flush();
}

i32 Commit::write_map() {
    u32 const in_mfd = v_.edf ? 0 : cdf::mask_bytes_in_mfd;
    for (u32 i = 0; i < v_.map.count(); ++i) {
        if (!v_.map.is_changed(i)) continue;
        u32 const first = in_mfd + i * v_.block_size;
        for (u32 byte = 0; byte < v_.block_size; ++byte) {
            bool const exists = first + byte < v_.blocks.map_bytes();
            v_.scratch[byte] = exists ? v_.blocks.image(first + byte) : u8{0};
        }
        i32 const error = v_.write(v_.map.address(i), v_.scratch);
        if (error != rc::ok) return error;
    }
    return rc::ok;
}

// A block of pointers to `count` blocks of `data`.
i32 Commit::write_pointers(const Extent& data, u32 first, u32 count, u32 block) {
    std::fill_n(v_.scratch, v_.block_size, u8{0});
    auto* const pointers = reinterpret_cast<Be32*>(v_.scratch);
    for (u32 i = 0; i < count; ++i) pointers[i] = data.address(first + i);
    return v_.write(block, v_.scratch);
}

i32 Commit::finish_cdf() {
    i32 error = write_map();
    if (error == rc::ok) error = write_directory();
    if (error != rc::ok) return error;

    std::fill_n(v_.scratch, v_.block_size, u8{0});
    auto& mfd = *reinterpret_cast<cdf::MasterDirectory*>(v_.scratch);
    u32 slot = 0;
    for (u32 i = 0; i < v_.directory.count(); ++i) {
        mfd.addresses[slot++] = static_cast<u16>(v_.directory.address(i));
    }
    mfd.addresses[slot++] = v_.map.count() == 0 ? cdf::addresses_end : cdf::mask_follows;
    for (u32 i = 0; i < v_.map.count(); ++i) {
        mfd.addresses[slot++] = static_cast<u16>(v_.map.address(i));
    }
    u32 last = 0;
    for (u32 i = 0; i < v_.blocks.map_bytes(); ++i) {
        u8 const bits = v_.blocks.image(i);
        if (bits != 0) last = i;
        if (i < cdf::mask_bytes_in_mfd) mfd.mask[i] = bits;
    }
    mfd.total_blocks = v_.total;
    mfd.used_blocks = v_.blocks.committed();
    mfd.left_blocks = v_.total - v_.blocks.committed();
    mfd.last_mask_byte = last;
    mfd.cylinders = u32{v_.adt->cylinders};
    mfd.device_type = v_.disk.type;
    v_.adt->last_mask_byte = last;
    return v_.write(cdf::master_directory_block, v_.scratch);
}

// The two entries that describe directory and map.
void Commit::describe_edf() {
    u32 const f = v_.pointers_per_block();
    auto& directory = long_entry(v_, 0);
    auto& map = long_entry(v_, 1);
    Stamp const stamp = now();
    set_stamp(directory, stamp);
    directory.root = new_root_;
    directory.blocks = v_.directory.count();
    directory.records = v_.entries;
    directory.levels = v_.directory.count() == 1   ? u8{0}
                       : v_.directory.count() <= f ? u8{1}
                                                   : u8{2};
    directory.pointer_size = sizeof(Be32);
    set_stamp(map, stamp);
    map.root = v_.map.count() == 1 ? v_.map.address(0) : v_.map_root;
    map.blocks = map.records = v_.map.count();
    map.levels = v_.map.count() == 1 ? 0 : 1;
    map.pointer_size = sizeof(Be32);
}

i32 Commit::finish_edf() {
    describe_edf();
    u32 const f = v_.pointers_per_block();
    u32 const blocks = v_.directory.count(), between = v_.pointers.count();
    i32 error = write_map();
    if (error == rc::ok && map_moved_)
        error = write_pointers(v_.map, 0, v_.map.count(), v_.map_root);
    for (u32 i = 0; i < between && error == rc::ok; ++i) {
        error = write_pointers(v_.directory, i * f, std::min(f, blocks - i * f),
                               v_.pointers.address(i));
    }
    if (error == rc::ok) error = write_directory();
    if (error == rc::ok && blocks > 1) {
        error = between > 0 ? write_pointers(v_.pointers, 0, between, new_root_)
                            : write_pointers(v_.directory, 0, blocks, new_root_);
    }
    if (error != rc::ok) return error;

    v_.label.directory_root = new_root_;
    v_.label.used_blocks = v_.blocks.committed();
    std::fill_n(v_.scratch, v_.block_size, u8{0});
    std::memcpy(v_.scratch, &v_.label, sizeof v_.label);
    error = v_.write(edf::label_block, v_.scratch);
    if (error == rc::ok) v_.root = new_root_;
    return error;
}

i32 Commit::run() {
    trim_directory(v_);
    i32 error = move_all();
    if (error == rc::ok) error = v_.edf ? finish_edf() : finish_cdf();
    if (error != rc::ok) return error;
    v_.directory.settle();
    v_.map.settle();
    v_.pointers.settle();
    v_.blocks.forget_retired();
    v_.publish_counts();
    return rc::ok;
}

} // namespace

i32 commit(Volume& volume) {
    if (volume.failed || !volume.writable) return rc::disk_error;
    i32 const error = Commit(volume).run();
    volume.failed = error == rc::disk_error;
    return error;
}

} // namespace cms::files
