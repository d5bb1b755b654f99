// FORMAT: makes a disk a CMS disk (DMSFOR).
#include "cms/files/commit.h"

#include "cms/base/free_storage.h"
#include "cms/files/load.h"
#include "cms/files/lookup.h"
#include "cms/files/stamp.h"
#include "cms/layout/cdf.h"
#include "cms/layout/devtab.h"

#include <algorithm>
#include <cstring>

namespace cms::files {
namespace {

i32 message_of(io::Status status) {
    switch (status) {
    case io::Status::Ok: return 0;
    case io::Status::NotAttached: return error::not_attached;
    case io::Status::NotDisk: return error::unsupported;
    case io::Status::ReadOnly: return error::read_only;
    default: return error::unit_check;
    }
}

// A volume that no ADT of the chain knows, for the time of a FORMAT.
class Workshop {
  public:
    Workshop() : volume_(create_volume()) {
        if (volume_ != nullptr) volume_->adt = &adt_;
    }
    Workshop(const Workshop&) = delete;
    ~Workshop() {
        if (volume_ != nullptr) destroy_volume(volume_);
    }
    Volume* volume() { return volume_; }
    Adt& adt() { return adt_; }

  private:
    Adt adt_{};
    Volume* volume_;
};

// Makes all records; `cylinders` in: at most, 0 = to the end of the disk.
i32 make_records(const io::Disk& disk, u32& cylinders) {
    constexpr u32 most = 0xFFFF;
    u32 const limit = cylinders == 0 ? most : std::min(cylinders, most);
    for (cylinders = 0; cylinders < limit; ++cylinders) {
        for (u16 head = 0; head < disk.heads; ++head) {
            io::Status const status = io::format_track(disk, static_cast<u16>(cylinders), head);
            if (status == io::Status::NoCylinder && head == 0 && cylinders > 0) return 0;
            if (status != io::Status::Ok) return message_of(status);
        }
    }
    return 0;
}

i32 write_cdf_label(Volume& volume, const Name<6>& name) {
    std::fill_n(volume.scratch, volume.block_size, u8{0});
    auto& label = *reinterpret_cast<cdf::Label*>(volume.scratch);
    std::copy_n(cdf::label_mark, 4, label.mark);
    label.name = name;
    return volume.write(cdf::label_block, volume.scratch);
}

void compose_edf_label(Volume& volume, const Name<6>& name, u32 cylinders) {
    edf::Label label{};
    std::copy_n(edf::label_mark, 4, label.mark);
    label.name = name;
    label.block_size = volume.block_size;
    label.formatted_cylinders = label.cylinders = cylinders;
    label.total_blocks = volume.total;
    label.status_size = u32{sizeof(edf::FileStatus)};
    label.statuses_per_block = edf::statuses_per_block(volume.block_size);
    std::fill_n(label.segment.bytes, 8, u8{0});
    Stamp const stamp = now();
    std::copy_n(stamp.digits, 6, label.created);
    label.flags = stamp.century ? edf::label_flag::century : u8{0};
    volume.label = label;
}

// Blocks of the map that a smaller disk does not need.
void trim_map(Volume& volume) {
    u32 const in_mfd = volume.edf ? 0 : cdf::mask_bytes_in_mfd;
    u32 const bytes = volume.blocks.map_bytes();
    u32 const needed = bytes <= in_mfd ? 0 : (bytes - in_mfd - 1) / volume.block_size + 1;
    bool const had_pointers = volume.map.count() > 1;
    while (volume.map.count() > needed) {
        volume.blocks.retire(volume.map.address(volume.map.count() - 1));
        (void)volume.map.resize(volume.map.count() - 1); // less never fails
    }
    if (volume.edf && had_pointers && needed == 1) volume.blocks.retire(volume.map_root);
}

i32 begin(Workshop& shop, const FormatList& list) {
    Volume& volume = *shop.volume();
    volume.block_size = volume.disk.block_size;
    volume.edf = volume.block_size != cdf::block_size;
    volume.entry_size = static_cast<u8>(volume.edf ? sizeof(edf::FileStatus) : sizeof(FileStatus));
    volume.total = list.cylinders * volume.disk.blocks_per_cylinder();
    if (!volume.edf) volume.total = std::min(volume.total, cdf::largest_disk);
    shop.adt().cylinders = u32{list.cylinders};
    volume.writable = true;
    volume.scratch = static_cast<u8*>(allocate_nucleus(volume.block_size));
    if (volume.scratch == nullptr || begin_directory(volume) != rc::ok) return error::storage;
    i32 error = rc::ok;
    if (volume.edf)
        compose_edf_label(volume, list.label, list.cylinders);
    else
        error = write_cdf_label(volume, list.label);
    return error != rc::ok || commit(volume) != rc::ok ? error::label_io : 0;
}

// Reads what is on the disk, to change it.
i32 reload(Workshop& shop) {
    Volume& volume = *shop.volume();
    volume.writable = true;
    shop.adt().letter = 'A'_e;
    return load(volume, Selection{}, false);
}

i32 write_label(Workshop& shop, const FormatList& list) {
    if (i32 const error = reload(shop)) return error;
    Volume& volume = *shop.volume();
    i32 error = rc::ok;
    if (volume.edf) {
        volume.label.name = list.label;
        std::fill_n(volume.scratch, volume.block_size, u8{0});
        std::memcpy(volume.scratch, &volume.label, sizeof volume.label);
        error = volume.write(edf::label_block, volume.scratch);
    } else {
        error = write_cdf_label(volume, list.label);
    }
    return error != rc::ok ? error::label_io : 0;
}

// The disk uses `list.cylinders` only, when no block of a file lies behind them.
i32 recompute(Workshop& shop, FormatList& list) {
    if (i32 const error = reload(shop)) return error;
    Volume& volume = *shop.volume();
    if (!volume.writable) return error::cannot_recompute;
    u32 const per_cylinder = volume.disk.blocks_per_cylinder();
    if (list.cylinders == 0) list.cylinders = u32{shop.adt().cylinders};
    u32 total = list.cylinders * per_cylinder;
    if (!volume.edf) total = std::min(total, cdf::largest_disk);
    // More than was formatted cannot be promised; the map grows with its old blocks only.
    if (list.cylinders > shop.adt().cylinders || total > volume.total)
        return error::cannot_recompute;
    for (u32 block = total + 1; block <= volume.total; ++block) {
        if ((volume.blocks.image((block - 1) / 8) & (0x80u >> ((block - 1) & 7))) != 0) {
            return error::cannot_recompute;
        }
    }
    volume.blocks.shrink(total);
    volume.total = total;
    shop.adt().cylinders = u32{list.cylinders};
    volume.label.total_blocks = total;
    volume.label.formatted_cylinders = u32{list.cylinders};
    trim_map(volume);
    return commit(volume) == rc::ok ? 0 : error::label_io;
}

} // namespace

i32 format(FormatList& list) {
    for (Adt* disk = first_disk(); disk != nullptr; disk = next_disk(*disk)) {
        if (disk->volume != 0 && volume_of(*disk)->disk.device == list.device) {
            return error::read_write_elsewhere;
        }
    }
    Workshop shop;
    if (shop.volume() == nullptr) return error::storage;
    io::Disk& device = shop.volume()->disk;
    if (io::Status const status = io::identify(list.device, device); status != io::Status::Ok) {
        return message_of(status);
    }
    if (device.read_only) return error::read_only;
    if ((list.flags & FormatList::label_only) != 0) return write_label(shop, list);
    if ((list.flags & FormatList::recompute) != 0) return recompute(shop, list);
    u32 const size = list.block_size;
    if (size != cdf::block_size && !edf::valid_block_size(size)) return error::parameter;
    u8 const type = device.type != 0 ? device.type : u8{disk_type::d3350};
    if (!io::set_geometry(device, type, size)) return error::unsupported;
    u32 cylinders = list.cylinders;
    i32 const error = make_records(device, cylinders);
    list.cylinders = cylinders;
    if (error != 0) return error;
    return begin(shop, list);
}

} // namespace cms::files
