#include "cms/files/directory.h"

#include "cms/base/free_storage.h"

#include <algorithm>
#include <cstring>

namespace cms::files {
namespace {

u32 per_block(const Volume& volume) { return volume.block_size / volume.entry_size; }

HyperblockLinks& links(const Volume& volume, u8* data) {
    return *reinterpret_cast<HyperblockLinks*>(data + volume.block_size);
}

u8* next_data(const Volume& volume, u8* data) {
    u32 const next = links(volume, data).next;
    return next == 0 ? nullptr : at_address(next);
}

u8* data_of(const Volume& volume, u32 block) {
    u8* data = volume.first_data;
    while (block-- > 0) data = next_data(volume, data);
    return data;
}

} // namespace

FileStatus& entry(const Volume& volume, u32 i) {
    u8* const data = data_of(volume, i / per_block(volume));
    return *reinterpret_cast<FileStatus*>(data + i % per_block(volume) * volume.entry_size);
}

FileStatus* find_entry(const Volume& volume, const Name8& name, const Name8& type, u32& i) {
    i = std::max(i, volume.reserved_entries());
    if (i >= volume.entries) return nullptr;
    bool const any_name = is_any(name), any_type = is_any(type);
    u8* data = data_of(volume, i / per_block(volume));
    u32 offset = i % per_block(volume) * volume.entry_size;
    for (; i < volume.entries; ++i) {
        if (offset == volume.block_size) { // entries fill blocks of every size
            data = next_data(volume, data);
            offset = 0;
        }
        auto* const file = reinterpret_cast<FileStatus*>(data + offset);
        if ((any_name || file->name == name) && (any_type || file->type == type)) return file;
        offset += volume.entry_size;
    }
    return nullptr;
}

bool add_hyperblock(Volume& volume, u8*& data) {
    bool const first = volume.first_data == nullptr;
    u32 const prefix = first ? u32{sizeof(HyperblockPrefix)} : 0;
    u32 const size = prefix + volume.block_size + u32{sizeof(HyperblockLinks)};
    u32 const count = volume.adt->hyperblocks;
    u8* const area = static_cast<u8*>(allocate_nucleus(size));
    if (area == nullptr) return false;
    if (!volume.directory.resize(count + 1)) {
        release_nucleus(area, size);
        return false;
    }
    std::fill_n(area, size, u8{0});
    data = area + prefix;
    if (first) {
        auto& head = *reinterpret_cast<HyperblockPrefix*>(area);
        head.entry_size = volume.entry_size;
        head.data_size = volume.block_size;
        volume.first_data = data;
        volume.adt->first_hyperblock = address_of(area);
    } else {
        u8* const last = data_of(volume, count - 1);
        links(volume, last).next = address_of(data);
        links(volume, data).previous = address_of(last);
    }
    volume.adt->hyperblocks = count + 1;
    volume.adt->last_hyperblock = address_of(data);
    return true;
}

FileStatus* add_entry(Volume& volume) {
    u32 const i = volume.entries;
    u8* data = nullptr;
    u32 const block = i / per_block(volume);
    if (block == volume.adt->hyperblocks && !add_hyperblock(volume, data)) return nullptr;
    // A commit takes empty blocks from the disk; in storage they stay.
    if (block == volume.directory.count() && !volume.directory.resize(block + 1)) return nullptr;
    ++volume.entries;
    touch_entry(volume, i);
    publish_directory(volume);
    return &entry(volume, i);
}

void remove_entry(Volume& volume, u32 i) {
    u32 const last = --volume.entries;
    FileStatus& gone = entry(volume, last);
    if (i != last) std::memcpy(&entry(volume, i), &gone, volume.entry_size);
    std::fill_n(reinterpret_cast<u8*>(&gone), volume.entry_size, u8{0});
    touch_entry(volume, i);
    touch_entry(volume, last);
    publish_directory(volume);
}

void trim_directory(Volume& volume) {
    u32 const needed = (volume.entries + per_block(volume) - 1) / per_block(volume);
    while (volume.directory.count() > needed) {
        u32 const block = volume.directory.address(volume.directory.count() - 1);
        if (volume.valid(block)) volume.blocks.retire(block);
        (void)volume.directory.resize(volume.directory.count() - 1); // less never fails
    }
}

void touch_entry(Volume& volume, u32 i) { volume.directory.change(i / per_block(volume)); }

void publish_directory(Volume& volume) {
    u32 const files = volume.entries - volume.reserved_entries();
    volume.adt->files = files;
    if (volume.entries == 0) return;
    u32 const last = volume.entries - 1;
    volume.adt->last_entry = last % per_block(volume) * volume.entry_size;
}

} // namespace cms::files
