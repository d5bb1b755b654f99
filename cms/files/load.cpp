#include "cms/files/load.h"

#include "cms/base/free_storage.h"
#include "cms/files/block_tree.h"
#include "cms/files/directory.h"
#include "cms/files/functions.h"
#include "cms/layout/cdf.h"
#include "cms/layout/devtab.h"

#include <algorithm>
#include <cstring>

namespace cms::files {
namespace {

i32 message_of(i32 error) {
    return error == rc::ok ? 0 : error == rc::storage ? error::storage : error::not_cms;
}

bool in_use(const FileStatus& file) {
    static constexpr u8 zeros[8]{};
    return std::memcmp(file.name.bytes, zeros, 8) != 0 &&
           std::memcmp(file.type.bytes, zeros, 8) != 0;
}

bool matches(const Selection& s, const FileStatus& file) {
    u8 const number = file.mode.bytes[1];
    return (is_any(s.name) || s.name == file.name) && (is_any(s.type) || s.type == file.type) &&
           (s.mode_number == '*'_e || s.mode_number == number) &&
           (s.private_files || number != '0'_e);
}

// Closes the gaps between entries, leaves out what is not selected, and gives all
// the letter of the disk.
void settle_entries(Volume& volume, const Selection& selection) {
    volume.directory.settle();
    u32 const entries = volume.directory.count() * (volume.block_size / volume.entry_size);
    u32 kept = volume.reserved_entries();
    for (u32 i = kept; i < entries; ++i) {
        FileStatus& file = entry(volume, i);
        if (!in_use(file) || !matches(selection, file)) continue;
        file.mode.bytes[0] = volume.adt->letter;
        if (kept != i) {
            std::memcpy(&entry(volume, kept), &file, volume.entry_size);
            touch_entry(volume, kept);
            touch_entry(volume, i);
        }
        ++kept;
    }
    for (u32 i = kept; i < entries; ++i) {
        u8* const bytes = reinterpret_cast<u8*>(&entry(volume, i));
        std::fill_n(bytes, volume.entry_size, u8{0});
    }
    volume.entries = kept;
    publish_directory(volume);
}

// The directory's addresses are in `found`; adds the hyperblocks one by one.
i32 fill_directory(Volume& volume, const Extent& found) {
    constexpr u32 limit = 15;
    io::Transfer waiting[limit];
    for (u32 i = 0; i < found.count();) {
        u32 n = 0;
        for (; n < limit && i < found.count(); ++i) {
            u8* data = nullptr;
            if (!add_hyperblock(volume, data)) return rc::storage;
            volume.directory.set_address(i, found.address(i));
            waiting[n++] = {found.address(i), data};
        }
        if (io::read(volume.disk, {waiting, n}) != io::Status::Ok) return rc::disk_error;
    }
    return rc::ok;
}

// One block beyond the MFD or of an EDF map after the other.
i32 load_map(Volume& volume, u32 in_mfd) {
    for (u32 i = 0; i < volume.map.count(); ++i) {
        if (i32 const error = volume.read(volume.map.address(i), volume.scratch)) return error;
        u32 const first = in_mfd + i * volume.block_size;
        u32 const bytes = volume.blocks.map_bytes();
        for (u32 byte = 0; byte < volume.block_size && first + byte < bytes; ++byte) {
            volume.blocks.load(first + byte, volume.scratch[byte]);
        }
    }
    volume.map.settle();
    return rc::ok;
}

// All blocks but those of directory and map are retired: the next commit empties the disk.
void forget_files(Volume& volume) {
    Allocation& blocks = volume.blocks;
    for (u32 block = volume.first_block(); block <= volume.total; ++block) blocks.retire(block);
    for (const Extent* extent : {&volume.directory, &volume.pointers, &volume.map}) {
        for (u32 i = 0; i < extent->count(); ++i) blocks.keep(extent->address(i));
    }
    if (volume.edf) blocks.keep(volume.map_root);
    for (u32 i = volume.reserved_entries(); i < volume.entries; ++i) {
        std::fill_n(reinterpret_cast<u8*>(&entry(volume, i)), volume.entry_size, u8{0});
        touch_entry(volume, i);
    }
    volume.entries = volume.reserved_entries();
    publish_directory(volume);
}

// The map must at least know of the blocks that the directory itself lies in.
bool map_is_sound(const Volume& volume, u32 used_on_disk) {
    auto const used = [&](u32 block) {
        return (volume.blocks.image((block - 1) / 8) & (0x80u >> ((block - 1) & 7))) != 0;
    };
    if (volume.blocks.committed() != used_on_disk) return false;
    for (u32 block = 1; block <= 4; ++block) {
        if (!used(block)) return false;
    }
    for (u32 i = 0; i < volume.directory.count(); ++i) {
        if (!used(volume.directory.address(i))) return false;
    }
    for (u32 i = 0; i < volume.map.count(); ++i) {
        if (!used(volume.map.address(i))) return false;
    }
    return true;
}

void give_up_writing(Volume& volume) {
    volume.writable = false;
    volume.blocks.destroy();
}

i32 load_cdf(Volume& volume) {
    auto const block = [&] { return reinterpret_cast<cdf::MasterDirectory*>(volume.scratch); };
    if (i32 const error = volume.read(cdf::master_directory_block, volume.scratch)) return error;
    u32 const total = block()->total_blocks;
    u32 const most = u32{block()->cylinders} * volume.disk.blocks_per_cylinder();
    if (total < cdf::first_free_block || total > std::min(most, cdf::largest_disk))
        return rc::disk_error;
    volume.total = total;
    volume.adt->cylinders = u32{block()->cylinders};
    volume.adt->last_mask_byte = u32{block()->last_mask_byte};
    u32 const used = block()->used_blocks;

    u32 slot = 0, directory_blocks = 0;
    for (; slot < cdf::address_slots; ++slot) {
        u16 const a = block()->addresses[slot];
        if (a == 0 || a >= cdf::mask_follows) break;
        ++directory_blocks;
    }
    if (slot == cdf::address_slots ||
        directory_blocks * cdf::statuses_per_block > cdf::largest_files) {
        return rc::disk_error;
    }
    bool const short_mask = block()->addresses[slot] == cdf::addresses_end;
    u32 const mask_bytes = (total + 7) / 8;
    u32 const extensions = short_mask || mask_bytes <= cdf::mask_bytes_in_mfd
                               ? 0
                               : (mask_bytes - cdf::mask_bytes_in_mfd + 799) / 800;
    Extent found;
    if (!found.resize(directory_blocks) || !volume.map.resize(extensions)) {
        found.destroy();
        return rc::storage;
    }
    i32 error = rc::ok;
    for (u32 i = 0; i < directory_blocks; ++i) {
        u16 const a = block()->addresses[i];
        if (!volume.valid(a)) error = rc::disk_error;
        found.set_address(i, a);
    }
    for (u32 i = 0; i < extensions && ++slot < cdf::address_slots; ++i) {
        u16 const a = block()->addresses[slot];
        if (!volume.valid(a)) error = rc::disk_error;
        volume.map.set_address(i, a);
    }
    if (error == rc::ok && volume.writable) {
        bool const complete = mask_bytes <= cdf::mask_bytes_in_mfd + extensions * volume.block_size;
        if (!volume.blocks.create(total, volume)) error = rc::storage;
        for (u32 i = 0; error == rc::ok && i < std::min(mask_bytes, cdf::mask_bytes_in_mfd); ++i) {
            volume.blocks.load(i, block()->mask[i]);
        }
        if (error == rc::ok) error = load_map(volume, cdf::mask_bytes_in_mfd);
        if (error == rc::ok && !complete) give_up_writing(volume);
    }
    if (error == rc::ok) error = fill_directory(volume, found);
    found.destroy();
    if (error != rc::ok) return error;
    volume.adt->blocks_used = used;
    volume.adt->blocks_left = total - std::min(used, total);
    if (volume.writable && !map_is_sound(volume, used)) give_up_writing(volume);
    return rc::ok;
}

// Opens the tree of the directory: how many levels it has only its first block tells.
i32 find_directory(Volume& volume, BlockTree& tree, edf::FileStatus& self, edf::FileStatus& map) {
    auto const* const first = reinterpret_cast<const edf::FileStatus*>(volume.scratch);
    u32 block = volume.root;
    for (u8 level = 0; level <= 2; ++level) {
        if (i32 const error = volume.read(block, volume.scratch)) return error;
        if (std::memcmp(first[0].name.bytes, edf::directory_name, 8) == 0) {
            self = first[0];
            map = first[1];
            bool const good = first[0].type == Name8(edf::directory_type) &&
                              first[0].levels == level &&
                              std::memcmp(first[1].name.bytes, edf::map_name, 8) == 0 &&
                              first[1].type == Name8(edf::map_type);
            tree.open(volume, volume.root, level, false);
            return good ? rc::ok : rc::disk_error;
        }
        block = *reinterpret_cast<const Be32*>(volume.scratch);
        if (!volume.valid(block)) return rc::disk_error;
    }
    return rc::disk_error;
}

i32 load_edf_map(Volume& volume, BlockTree& tree, const edf::FileStatus& map) {
    u32 const needed = (volume.total + volume.block_size * 8 - 1) / (volume.block_size * 8);
    u32 const levels = needed > 1 ? 1 : 0;
    if (map.records < needed || map.levels != levels || !volume.valid(map.root))
        return rc::disk_error;
    volume.map_root = map.root;
    tree.open(volume, map.root, levels, false);
    if (!volume.map.resize(needed) || !volume.blocks.create(volume.total, volume))
        return rc::storage;
    i32 const error = tree.collect(volume.map, nullptr);
    return error != rc::ok ? error : load_map(volume, 0);
}

i32 load_edf(Volume& volume) {
    BlockTree tree;
    edf::FileStatus self, map;
    i32 error = find_directory(volume, tree, self, map);
    u32 const per_block = edf::statuses_per_block(volume.block_size);
    u32 const records = self.records;
    if (error == rc::ok && (records < 2 || records > volume.total * per_block))
        error = rc::disk_error;
    Extent found;
    if (error == rc::ok) {
        u32 const count = (records + per_block - 1) / per_block;
        u32 reach = 1;
        for (u32 i = 0; i < self.levels; ++i) reach *= volume.pointers_per_block();
        if (count > reach)
            error = rc::disk_error;
        else if (!found.resize(count))
            error = rc::storage;
        // A directory of one block lies at its root, which no other file may do.
        else if (self.levels == 0)
            found.set_address(0, volume.root);
        else
            error = tree.collect(found, &volume.pointers);
    }
    if (error == rc::ok) error = fill_directory(volume, found);
    found.destroy();
    volume.pointers.settle();
    if (error == rc::ok && volume.writable) error = load_edf_map(volume, tree, map);
    tree.close();
    if (error != rc::ok) return error;
    u32 const used = volume.label.used_blocks;
    volume.adt->blocks_used = used;
    volume.adt->blocks_left = volume.total - std::min(used, volume.total);
    if (volume.writable && !map_is_sound(volume, used)) give_up_writing(volume);
    return rc::ok;
}

} // namespace

bool Selection::everything() const {
    return is_any(name) && is_any(type) && mode_number == '*'_e && private_files;
}

i32 load_label(Volume& volume) {
    constexpr u16 label_bytes = sizeof(edf::Label);
    u8* const label = volume.scratch;
    switch (io::read_label(volume.disk, label, label_bytes)) {
    case io::Status::Ok: break;
    case io::Status::NotAttached: return error::not_attached;
    case io::Status::NotDisk: return error::unsupported;
    default: return error::not_cms;
    }
    u8 const type = volume.disk.type != 0 ? volume.disk.type : u8{disk_type::d3350};
    u32 size = 0;
    if (std::memcmp(label, cdf::label_mark, 4) == 0) {
        size = cdf::block_size;
        volume.total = cdf::master_directory_block; // which tells how many there are
    } else if (std::memcmp(label, edf::label_mark, 4) == 0) {
        std::memcpy(&volume.label, label, label_bytes);
        const edf::Label& l = volume.label;
        size = l.block_size;
        bool const good = edf::valid_block_size(size) && l.status_size == sizeof(edf::FileStatus) &&
                          (l.directory_root == edf::directory_root_a ||
                           l.directory_root == edf::directory_root_b) &&
                          l.total_blocks > edf::first_map_block && l.total_blocks < 0x1000000;
        if (!good) return error::not_cms;
        volume.edf = true;
        volume.total = l.total_blocks;
        volume.root = l.directory_root;
        volume.adt->cylinders = u32{l.formatted_cylinders};
    } else {
        return error::not_cms;
    }
    std::copy_n(label + 4, 6, volume.adt->label.bytes);
    if (!io::set_geometry(volume.disk, type, size)) return error::not_cms;
    volume.block_size = size;
    volume.entry_size = static_cast<u8>(volume.edf ? sizeof(edf::FileStatus) : sizeof(FileStatus));
    if (volume.edf && (volume.label.cylinders >> 16 != 0 ||
                       volume.total > volume.label.cylinders * volume.disk.blocks_per_cylinder())) {
        return error::not_cms;
    }
    return 0;
}

i32 begin_directory(Volume& volume) {
    if (!volume.blocks.create(volume.total, volume)) return rc::storage;
    u32 const per_map_block = volume.block_size * 8;
    u32 const in_mfd = volume.edf ? 0 : cdf::mask_bytes_in_mfd * 8;
    u32 const mapped = volume.total - std::min(volume.total, in_mfd);
    if (!volume.map.resize((mapped + per_map_block - 1) / per_map_block)) return rc::storage;
    for (u32 block = 1; block < volume.first_block(); ++block) volume.blocks.keep(block);
    if (!volume.edf) return rc::ok;
    volume.root = edf::directory_root_b; // the first commit goes to the other one
    for (u32 i = 0; i < 2; ++i) {
        if (add_entry(volume) == nullptr) return rc::storage;
        edf::FileStatus& file = long_entry(volume, i);
        std::copy_n(i == 0 ? edf::directory_name : edf::map_name, 8, file.name.bytes);
        file.type = i == 0 ? edf::directory_type : edf::map_type;
        file.format = fixed_format;
        file.record_length = i == 0 ? u32{sizeof(edf::FileStatus)} : volume.block_size;
    }
    return rc::ok;
}

i32 load(Volume& volume, const Selection& selection, bool empty) {
    // Room for a block of any size, until the label says which it is.
    volume.block_size = edf::largest_block;
    volume.scratch = static_cast<u8*>(allocate_nucleus(edf::largest_block));
    if (volume.scratch == nullptr) return error::storage;
    if (i32 const error = load_label(volume)) {
        release_nucleus(volume.scratch, edf::largest_block);
        volume.scratch = nullptr;
        return error;
    }
    release_nucleus(volume.scratch, edf::largest_block);
    volume.scratch = static_cast<u8*>(allocate_nucleus(volume.block_size));
    if (volume.scratch == nullptr) return error::storage;
    i32 const error = volume.edf ? load_edf(volume) : load_cdf(volume);
    if (error != rc::ok) return message_of(error);
    settle_entries(volume, selection);
    if (empty && volume.writable) forget_files(volume);
    if (!volume.writable) {
        release_nucleus(volume.scratch, volume.block_size);
        volume.scratch = nullptr;
    }
    volume.publish_counts();
    return 0;
}

} // namespace cms::files
