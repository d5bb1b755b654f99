#include "cms/files/lookup.h"

#include "cms/files/directory.h"

#include <algorithm>

namespace cms::files {
namespace {

constinit Adt* disks = nullptr;
constinit Fvs* work = nullptr;

bool name_character(u8 c) {
    constexpr Text special = "$#@+-_:"_e;
    for (u8 s : special) {
        if (c == s) return true;
    }
    return ebcdic::is_upper_letter(c) || ebcdic::is_digit(c);
}

constexpr u8 letters[] = {'A'_e, 'B'_e, 'C'_e, 'D'_e, 'E'_e, 'F'_e, 'G'_e, 'H'_e, 'I'_e,
                          'J'_e, 'K'_e, 'L'_e, 'M'_e, 'N'_e, 'O'_e, 'P'_e, 'Q'_e, 'R'_e,
                          'S'_e, 'T'_e, 'U'_e, 'V'_e, 'W'_e, 'X'_e, 'Y'_e, 'Z'_e};

// The flag byte of the STATE copy.
u8 state_flags(const Found& found) {
    const Adt& disk = *found.disk;
    Volume const& volume = *volume_of(disk);
    u32 flags = volume.writable ? u32{state_flag::read_write} : 0;
    if (disk.extends != ' '_e && disk.extends != disk.letter) {
        Adt const* const parent = find_disk(disk.extends);
        bool const to_writable = parent != nullptr && volume_of(*parent)->writable;
        flags = state_flag::extension | (to_writable ? u32{state_flag::read_write} : 0);
    }
    if (found.open != nullptr) {
        flags |= found.open->writing   ? state_flag::active_write
                 : found.open->pointed ? state_flag::active_point
                                       : state_flag::active_read;
    }
    return static_cast<u8>(flags);
}

i32 state_of(StateList& list, bool writable) {
    constexpr u32 asterisks = 0x5C5C5C5C;
    bool const no_asterisks = list.found == asterisks;
    for (const Name8* name : {&list.name, &list.type}) {
        if (is_any(*name) ? no_asterisks : !valid_name(*name)) return 20;
    }
    if (!valid_mode(list.mode)) return 24;
    u8 const letter = list.mode.bytes[0];
    if (!is_any_mode(letter)) {
        Adt const* const disk = find_disk(letter);
        if (disk == nullptr) return 36;
    }
    Found found;
    if (!find(list.name, list.type, list.mode, writable, found)) return 28;
    work->state = found.status != nullptr ? *found.status : found.open->aft.file;
    u8 const century = work->state.flags & file_flag::century;
    work->state.flags = static_cast<u8>(state_flags(found) | century);
    work->state_disk = address_of(found.disk);
    work->state_status = found.status == nullptr ? 0 : address_of(found.status);
    list.found = address_of(&work->state);
    return 0;
}

} // namespace

Adt* first_disk() { return disks; }
Fvs& work_area() { return *work; }

void initialize(Adt* table, Fvs& area) {
    disks = table;
    work = &area;
    forget_open_files();
    area = {};
    area.finis_list[0] = "FINIS"_e;
    area.finis_list[1] = area.finis_list[2] = "*"_e;
    area.finis_mode[0] = '*'_e;
    area.finis_mode[1] = ' '_e;
    area.ffff = u16{0xFFFF};
    area.fffe = u16{0xFFFE};
    area.fffd = u16{0xFFFD};
    Adt* adt = table;
    for (u8 letter : letters) {
        *adt = {};
        adt->letter = letter;
        adt->extends = ' '_e;
        if (letter != letters[25]) adt->next = address_of(adt + 1);
        ++adt;
    }
}

Adt* find_disk(u8 letter) {
    for (Adt* disk = disks; disk != nullptr; disk = next_disk(*disk)) {
        if (disk->letter == letter && disk->volume != 0) return disk;
    }
    return nullptr;
}

Adt* DiskSearch::next() {
    while (at_ != nullptr) {
        Adt* const disk = at_;
        at_ = next_disk(*disk);
        if (disk->volume == 0) continue;
        if (!is_any_mode(letter_) && disk->letter != letter_ && disk->extends != letter_) continue;
        if (writable_ && !volume_of(*disk)->writable) continue;
        return disk;
    }
    return nullptr;
}

bool valid_name(const Name8& name) {
    Text const text = name.text();
    for (u8 c : text) {
        if (!name_character(c)) return false;
    }
    return !text.empty();
}

bool valid_mode(Name<2> mode) {
    u8 const letter = mode.bytes[0], number = mode.bytes[1];
    return (is_any_mode(letter) || is_mode_letter(letter)) &&
           (number == ' '_e || number == '*'_e || ebcdic::is_digit(number));
}

bool find(const Name8& name, const Name8& type, Name<2> mode, bool writable, Found& found) {
    DiskSearch search(mode.bytes[0], writable);
    while ((found.disk = search.next()) != nullptr) {
        Volume const& volume = *volume_of(*found.disk);
        u32 i = 0;
        found.status = find_entry(volume, name, type, i);
        found.open = nullptr;
        if (found.status != nullptr) {
            found.open = find_open(volume, found.status->name, found.status->type);
            return true;
        }
        found.open = find_open(volume, name, type);
        if (found.open != nullptr) return true;
    }
    return false;
}

FileStatus* find_file(const Name8& name, const Name8& type, Name<2> mode, bool writable,
                      Adt*& disk) {
    Found found;
    if (!find(name, type, mode, writable, found)) return nullptr;
    disk = found.disk;
    return found.status != nullptr ? found.status : &found.open->aft.file;
}

i32 state(StateList& list) { return state_of(list, false); }
i32 statew(StateList& list) { return state_of(list, true); }

u32 block_size(const Adt& disk) { return volume_of(disk)->block_size; }

} // namespace cms::files
