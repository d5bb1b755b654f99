// ACCESS and RELEASE (DMSACC, DMSARE).
#include "cms/files/load.h"

#include "cms/base/free_storage.h"
#include "cms/files/directory.h"
#include "cms/files/lookup.h"
#include "cms/layout/devtab.h"

#include <algorithm>
#include <cstring>

namespace cms::files {
namespace {

constexpr u32 letters = 26;

// The entries of DEVTAB's disks stand in the order A-R, S, T-X, Y, Z.
u32 letter_number(u8 letter) {
    u32 const low = letter & 0x0Fu;
    return letter < 0xD0 ? low - 1 : letter < 0xE0 ? 9 + low - 1 : 18 + low - 2;
}

DevtabEntry& device_entry(u8 letter) {
    auto* const table = at_address<DevtabEntry>(nucon().adevtab);
    return table[devtab::disks + letter_number(letter)];
}

Adt* table_entry(u8 letter) {
    for (Adt* disk = first_disk(); disk != nullptr; disk = next_disk(*disk)) {
        if (disk->letter == letter) return disk;
    }
    return nullptr;
}

void clear(Adt& disk) {
    u32 const next = disk.next;
    u8 const letter = disk.letter;
    disk = {};
    disk.next = next;
    disk.letter = letter;
    disk.extends = ' '_e;
}

void release_disk(Adt& disk) {
    Volume* const volume = volume_of(disk);
    for (OpenFile* file = first_open(); file != nullptr;) {
        if (file->volume != volume) {
            file = file->next;
            continue;
        }
        (void)close_file(file);
        file = first_open();
    }
    destroy_volume(volume);
    clear(disk);
    if (nucon().adevtab != 0) device_entry(disk.letter).device = 0;
}

void publish(Adt& disk, const Volume& volume, const AccessList& list, const Selection& selection) {
    disk.extends = list.extends;
    disk.flags1 = static_cast<u8>((volume.writable ? adt_flag1::read_write : adt_flag1::read_only) |
                                  adt_flag1::hyperblocks_in_free_storage);
    disk.flags2 = adt_flag2::mfd_in_storage | adt_flag2::modes_1_to_5;
    if (is_any(selection.name)) disk.flags2 |= adt_flag2::all_names;
    if (is_any(selection.type)) disk.flags2 |= adt_flag2::all_types;
    if (selection.private_files) disk.flags2 |= adt_flag2::mode_0;
    disk.blocks_total = volume.total;
    disk.volume = address_of(&volume);
    disk.volume_doublewords = (u32{sizeof(Volume)} + 7) / 8;
    disk.mask = volume.blocks.exists() ? address_of(const_cast<Volume&>(volume).blocks.map()) : 0;
    if (nucon().adevtab == 0) return;
    DevtabEntry& device = device_entry(disk.letter);
    device.device = volume.disk.device;
    device.type = volume.disk.type;
    disk.device = address_of(&device);
}

// Another letter under which `device` is accessed, or null.
Adt* other_use(u16 device, u8 letter) {
    for (Adt* disk = first_disk(); disk != nullptr; disk = next_disk(*disk)) {
        if (disk->volume != 0 && disk->letter != letter &&
            volume_of(*disk)->disk.device == device) {
            return disk;
        }
    }
    return nullptr;
}

i32 message_of(io::Status status) {
    switch (status) {
    case io::Status::NotAttached: return error::not_attached;
    case io::Status::NotDisk: return error::unsupported;
    default: return error::not_cms;
    }
}

} // namespace

i32 access(AccessList& list) {
    list.replaced = u16{0};
    list.also = list.other = ' '_e;
    if (!is_mode_letter(list.letter) || (list.extends != ' '_e && !is_mode_letter(list.extends))) {
        return error::mode;
    }
    Selection selection;
    if (!list.name.blank()) selection.name = list.name;
    if (!list.type.blank()) selection.type = list.type;
    if (ebcdic::is_digit(list.mode.bytes[1])) selection.mode_number = list.mode.bytes[1];

    io::Disk device;
    io::Status const status = io::identify(list.device, device);
    if (status != io::Status::Ok) return message_of(status);
    bool const read_only = device.read_only || list.extends != ' '_e || !selection.everything() ||
                           (list.flags & AccessList::force_read_only) != 0;
    Adt& disk = *table_entry(list.letter);
    Adt const* const also = other_use(list.device, list.letter);
    if (also != nullptr && (volume_of(*also)->writable || !read_only)) {
        list.other = also->letter;
        return error::read_write_elsewhere; // two of them would not know of each other's blocks
    }

    Volume* const volume = create_volume();
    if (volume == nullptr) return error::storage;
    Adt fresh{};
    fresh.letter = list.letter;
    volume->adt = &fresh;
    volume->disk = device;
    volume->writable = !read_only;
    selection.private_files = !read_only || (list.flags & AccessList::show_mode_0) != 0;
    if (disk.volume != 0 && volume_of(disk)->disk.device == list.device) {
        release_disk(disk); // what it has open must be on the disk before it is read
        list.replaced = list.device;
    }
    i32 error = load(*volume, selection, (list.flags & AccessList::erase) != 0);
    bool const partial =
        !is_any(selection.name) || !is_any(selection.type) || selection.mode_number != '*'_e;
    if (error == 0 && partial && fresh.files == 0) error = error::no_files;
    if (error != 0) {
        destroy_volume(volume);
        return error;
    }
    if (disk.volume != 0) {
        list.replaced = volume_of(disk)->disk.device;
        release_disk(disk);
    }
    fresh.next = u32{disk.next};
    disk = fresh;
    volume->adt = &disk;
    publish(disk, *volume, list, selection);
    if (also != nullptr) list.also = also->letter;
    list.writable = volume->writable ? 1 : 0;
    list.files = u32{disk.files};
    return 0;
}

i32 release(ReleaseList& list) {
    Adt* const disk = find_disk(list.letter);
    if (disk == nullptr) return error::not_accessed;
    release_disk(*disk);
    return 0;
}

} // namespace cms::files
