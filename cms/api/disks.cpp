#include "cms/api/disks.h"

#include "cms/api/status.h"
#include "cms/api/svc.h"
#include "cms/layout/devtab.h"

namespace cms::api {
namespace {

const Adt* first_disk() { return at_address<const Adt>(nucon().iadt); }

DiskState disk_state(const Adt& adt) {
    DiskState disk;
    auto const& device = *at_address<const DevtabEntry>(adt.device);
    disk.letter = adt.letter;
    disk.parent = adt.extends;
    disk.label = adt.label;
    disk.device = device.device;
    disk.device_type = device.type;
    disk.writable = (adt.flags1 & adt_flag1::read_write) != 0;
    disk.foreign = (adt.flags2 & (adt_flag2::os_disk | adt_flag2::dos_disk)) != 0;
    if (adt.first_hyperblock != 0)
        disk.block_size = at_address<const HyperblockPrefix>(adt.first_hyperblock)->data_size;
    disk.cylinders = adt.cylinders;
    disk.files = adt.files;
    disk.blocks_total = adt.blocks_total;
    disk.blocks_used = adt.blocks_used;
    disk.blocks_left = adt.blocks_left;
    return disk;
}

} // namespace

bool DiskWalk::next(DiskState& disk) {
    const Adt* adt = started_ ? at_address<const Adt>(at_) : first_disk();
    if (started_) adt = at_address<const Adt>(adt->next);
    started_ = true;
    while (address_of(adt) != 0 && adt->device == 0) adt = at_address<const Adt>(adt->next);
    at_ = address_of(adt);
    if (at_ == 0) {
        started_ = false;
        return false;
    }
    disk = disk_state(*adt);
    return true;
}

bool find_disk(u8 letter, DiskState& disk) {
    for (DiskWalk walk; walk.next(disk);)
        if (disk.letter == letter) return true;
    return false;
}

FileWalk::FileWalk(u8 letter) : letter_(letter) {
    for (const Adt* adt = first_disk(); address_of(adt) != 0;
         adt = at_address<const Adt>(adt->next)) {
        if (adt->letter != letter || adt->device == 0 || adt->first_hyperblock == 0) continue;
        auto const& prefix = *at_address<const HyperblockPrefix>(adt->first_hyperblock);
        entry_size_ = prefix.entry_size;
        block_size_ = prefix.data_size;
        block_ = adt->first_hyperblock + u32{sizeof(HyperblockPrefix)};
        left_ = adt->files;
        writable_ = (adt->flags1 & adt_flag1::read_write) != 0;
    }
}

bool FileWalk::next(FileState& file) {
    while (left_ > 0 && block_ != 0) {
        if (entry_size_ == 0 || (index_ + 1) * entry_size_ > block_size_) {
            block_ = at_address<const HyperblockLinks>(block_ + block_size_)->next;
            index_ = 0;
            continue;
        }
        auto const& status = *at_address<const FileStatus>(block_ + index_++ * entry_size_);
        if (status.name.bytes[0] == 0) continue; // the directory itself, or none
        file = file_state(status, letter_, entry_size_);
        file.writable = writable_;
        --left_;
        return true;
    }
    return false;
}

} // namespace cms::api
