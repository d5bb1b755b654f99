#include "cms/files/volume.h"

#include "cms/base/free_storage.h"
#include "cms/layout/cdf.h"

#include <algorithm>
#include <new>

namespace cms::files {

bool Extent::resize(u32 count) {
    if (count > capacity_) {
        u32 const capacity = count + 4;
        u32* const slot = static_cast<u32*>(allocate_nucleus(capacity * u32{sizeof(u32)}));
        if (slot == nullptr) return false;
        std::copy_n(slot_, count_, slot);
        if (slot_ != nullptr) release_nucleus(slot_, capacity_ * u32{sizeof(u32)});
        slot_ = slot;
        capacity_ = capacity;
    }
    for (u32 i = count_; i < count; ++i) slot_[i] = changed;
    count_ = count;
    return true;
}

void Extent::destroy() {
    if (slot_ != nullptr) release_nucleus(slot_, capacity_ * u32{sizeof(u32)});
    *this = {};
}

void Extent::settle() {
    for (u32 i = 0; i < count_; ++i) slot_[i] &= address_mask;
}

void Volume::map_changes(u32 byte) {
    if (edf)
        map.change(byte / block_size);
    else if (byte >= cdf::mask_bytes_in_mfd)
        map.change((byte - cdf::mask_bytes_in_mfd) / block_size);
}

i32 Volume::read(u32 block, u8* buffer) const {
    if (block == 0 || block > total) return rc::disk_error;
    io::Transfer const transfer{block, buffer};
    return io::read(disk, {&transfer, 1}) == io::Status::Ok ? rc::ok : rc::disk_error;
}

i32 Volume::write(u32 block, const u8* buffer) const {
    io::Transfer const transfer{block, const_cast<u8*>(buffer)};
    return io::write(disk, {&transfer, 1}) == io::Status::Ok ? rc::ok : rc::disk_error;
}

u32 Volume::reserve() const {
    // Every block of the directory may move, and files that are open may add to it.
    u32 const per_block = block_size / entry_size;
    u32 const new_blocks = new_files / per_block + 1;
    u32 const directory_blocks = directory.count() + new_blocks;
    u32 needed = directory_blocks + map.count() + 1;
    if (edf) needed += directory_blocks / pointers_per_block() + 3;
    return needed;
}

u32 Volume::take_block() {
    u32 const block = room_for(1) ? blocks.take_open() : 0;
    if (block != 0) publish_counts();
    return block;
}

void Volume::publish_counts() {
    if (!blocks.exists()) return;
    adt->blocks_used = total - blocks.left();
    adt->blocks_left = blocks.left();
    adt->first_free_word = blocks.first_free_byte() & ~3u;
    adt->reserved_blocks = static_cast<u16>(std::min(reserve(), 0xFFFFu));
}

Volume* create_volume() {
    void* const storage = allocate_nucleus(sizeof(Volume));
    return storage == nullptr ? nullptr : new (storage) Volume;
}

void destroy_volume(Volume* volume) {
    u32 const data_size = volume->block_size;
    u8* data = volume->first_data;
    for (bool first = true; data != nullptr; first = false) {
        u32 const next = reinterpret_cast<HyperblockLinks*>(data + data_size)->next;
        u32 const prefix = first ? u32{sizeof(HyperblockPrefix)} : 0;
        release_nucleus(data - prefix, prefix + data_size + u32{sizeof(HyperblockLinks)});
        data = next == 0 ? nullptr : at_address(next);
    }
    volume->directory.destroy();
    volume->map.destroy();
    volume->pointers.destroy();
    volume->blocks.destroy();
    if (volume->scratch != nullptr) release_nucleus(volume->scratch, data_size);
    volume->~Volume();
    release_nucleus(volume, sizeof(Volume));
}

} // namespace cms::files
