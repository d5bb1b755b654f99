// The directory of an accessed disk in storage: entries in hyperblocks (adt.h).
//
// Entries are numbered from 0 and move: the last one fills the place of one that is
// taken out. No caller keeps the address of an entry while files are erased.
#pragma once

#include "cms/files/volume.h"
#include "cms/layout/fst.h"

namespace cms::files {

inline bool is_any(const Name8& name) { return name.bytes[0] == '*'_e && name.bytes[1] == ' '_e; }

// Entry `i`, less than volume.entries.
FileStatus& entry(const Volume& volume, u32 i);
inline edf::FileStatus& long_entry(const Volume& volume, u32 i) {
    return static_cast<edf::FileStatus&>(entry(volume, i));
}

// The first file from entry `i` on that matches, `*` being any; null: none. `i` is its number.
FileStatus* find_entry(const Volume& volume, const Name8& name, const Name8& type, u32& i);

// Adds a block of the directory, zeros; `data` is where it is. False: no storage.
bool add_hyperblock(Volume& volume, u8*& data);
// An entry of zeros at the end. Null: no storage.
FileStatus* add_entry(Volume& volume);
void remove_entry(Volume& volume, u32 i);
// Empty blocks at the end are retired.
void trim_directory(Volume& volume);
// Entry `i` differs from the disk.
void touch_entry(Volume& volume, u32 i);
// Puts ADTFSTC and its like right.
void publish_directory(Volume& volume);

} // namespace cms::files
