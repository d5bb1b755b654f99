// ERASE, RENAME, FINIS, POINT (DMSERS, DMSRNM, DMSFNS, DMSPNT).
#include "cms/files/erase.h"

#include "cms/files/commit.h"
#include "cms/files/directory.h"
#include "cms/files/lookup.h"
#include "cms/files/stamp.h"

#include <algorithm>

namespace cms::files {
namespace {

constexpr i32 bad_character = 20, parameter = 24, not_found = 28, disk = 36, is_open = 40,
              device = 100, no_storage = 104;

i32 command_code(i32 error) {
    return error == rc::ok ? 0 : error == rc::storage ? no_storage : device;
}

bool number_matches(Name<2> wanted, Name<2> mode) {
    u8 const number = wanted.bytes[1];
    return number == ' '_e || number == '*'_e || number == mode.bytes[1];
}

// The blocks of a file are retired. A damaged one keeps what cannot be found.
void retire_blocks(Volume& volume, const FileStatus& file) {
    BlockTree tree;
    auto const& e = static_cast<const edf::FileStatus&>(file);
    u32 const levels = volume.edf ? e.levels : 0u;
    if (levels > edf::largest_levels) return;
    tree.open(volume, volume.edf ? u32{e.root} : u32{file.first_chain_link}, levels,
              file.format == variable_format);
    (void)tree.walk(BlockTree::Walk::Retire);
    tree.close();
}

void remove_file(Volume& volume, u32 i) {
    FileStatus const& file = entry(volume, i);
    if (OpenFile* const open = find_open(volume, file.name, file.type)) discard_file(open);
    retire_blocks(volume, file);
    remove_entry(volume, i);
    for (OpenFile* open = first_open(); open != nullptr; open = open->next) { // one entry has moved
        u32 at = 0;
        if (open->volume != &volume || open->is_new) continue;
        FileStatus const* const now =
            find_entry(volume, open->aft.file.name, open->aft.file.type, at);
        open->aft.status = now == nullptr ? 0 : address_of(now);
    }
}

// Of a file that is open only because it is new.
bool erase_new(Volume& volume, const Name8& name, const Name8& type) {
    OpenFile* const open = find_open(volume, name, type);
    if (open == nullptr) return false;
    discard_file(open);
    return true;
}

Name<2> mode_of(const Name8& token) {
    Name<2> mode;
    mode.bytes[0] = token.bytes[0];
    mode.bytes[1] = token.bytes[1];
    return mode;
}

} // namespace

i32 erase_file(Volume& volume, const Name8& name, const Name8& type) {
    u32 i = 0;
    if (find_entry(volume, name, type, i) == nullptr) return rc::ok;
    remove_file(volume, i);
    return commit(volume);
}

i32 erase(FileList& list) {
    for (const Name8* name : {&list.name, &list.type}) {
        if (!is_any(*name) && !valid_name(*name)) return bad_character;
    }
    Name<2> mode = list.mode;
    if (!valid_mode(mode)) return parameter;
    if (mode.bytes[0] == ' '_e) mode.bytes[0] = 'A'_e;
    if (!is_any_mode(mode.bytes[0])) {
        Adt const* const adt = find_disk(mode.bytes[0]);
        if (adt == nullptr || !volume_of(*adt)->writable) return disk;
    }
    bool any = false;
    i32 result = rc::ok;
    DiskSearch search(mode.bytes[0], true);
    while (Adt const* const adt = search.next()) {
        Volume& volume = *volume_of(*adt);
        if (volume.failed) return device;
        bool here = false;
        for (u32 i = 0; find_entry(volume, list.name, list.type, i) != nullptr;) {
            if (!number_matches(mode, entry(volume, i).mode)) {
                ++i;
                continue;
            }
            remove_file(volume, i);
            here = true;
        }
        if (here)
            result = std::max(result, command_code(commit(volume)));
        else
            here = erase_new(volume, list.name, list.type);
        any = any || here;
    }
    return any ? result : not_found;
}

i32 rename(RenameList& list) {
    for (const Name8* name : {&list.old_name, &list.old_type}) {
        if (!is_any(*name) && !valid_name(*name)) return bad_character;
    }
    auto const same = [](const Name8& name) { return name == Name8("="_e); };
    for (const Name8* name : {&list.new_name, &list.new_type}) {
        if (!is_any(*name) && !same(*name) && !valid_name(*name)) return bad_character;
    }
    Name<2> const old_mode = mode_of(list.old_mode), new_mode = mode_of(list.new_mode);
    u8 const letter = old_mode.bytes[0];
    bool const same_mode = new_mode.bytes[0] == '='_e || is_any_mode(new_mode.bytes[0]);
    if (!valid_mode(old_mode) || (!same_mode && new_mode.bytes[0] != letter) ||
        (new_mode.bytes[1] != ' '_e && new_mode.bytes[1] != '='_e &&
         !ebcdic::is_digit(new_mode.bytes[1]))) {
        return parameter;
    }
    // What stands for several names must stay, else two files would get the same.
    bool const keep_name = same(list.new_name) || is_any(list.new_name);
    bool const keep_type = same(list.new_type) || is_any(list.new_type);
    if ((is_any(list.old_name) && !keep_name) || (is_any(list.old_type) && !keep_type))
        return parameter;
    Adt const* const adt = find_disk(letter);
    if (adt == nullptr || !volume_of(*adt)->writable) return disk;
    Volume& volume = *volume_of(*adt);
    if (volume.failed) return device;
    bool any = false;
    // First look, then change: a rename of several files is done for all or none.
    for (bool change : {false, true}) {
        for (u32 i = 0; find_entry(volume, list.old_name, list.old_type, i) != nullptr; ++i) {
            FileStatus& file = entry(volume, i);
            if (!number_matches(old_mode, file.mode)) continue;
            Name8 const name = keep_name ? file.name : list.new_name;
            Name8 const type = keep_type ? file.type : list.new_type;
            if (!change) {
                if (find_open(volume, file.name, file.type) != nullptr) return is_open;
                u32 other = 0;
                if ((name != file.name || type != file.type) &&
                    (find_entry(volume, name, type, other) != nullptr ||
                     find_open(volume, name, type) != nullptr)) {
                    return not_found;
                }
                any = true;
                continue;
            }
            bool const wild = is_any(list.old_name) || is_any(list.old_type);
            file.name = name;
            file.type = type;
            if (ebcdic::is_digit(new_mode.bytes[1])) file.mode.bytes[1] = new_mode.bytes[1];
            touch_entry(volume, i);
            if (!wild) break;
        }
        if (!any) return not_found;
    }
    return command_code(commit(volume));
}

// One commit takes the old file away and gives its name to the new one.
i32 replace(RenameList& list) {
    for (const Name8* name : {&list.old_name, &list.old_type, &list.new_name, &list.new_type})
        if (!valid_name(*name)) return bad_character;
    Name<2> const old_mode = mode_of(list.old_mode), new_mode = mode_of(list.new_mode);
    if (!valid_mode(old_mode) || new_mode.bytes[0] != old_mode.bytes[0]) return parameter;
    Adt const* const adt = find_disk(old_mode.bytes[0]);
    if (adt == nullptr || !volume_of(*adt)->writable) return disk;
    Volume& volume = *volume_of(*adt);
    if (volume.failed) return device;
    u32 old = 0, target = 0;
    if (find_entry(volume, list.old_name, list.old_type, old) == nullptr) return not_found;
    if (find_open(volume, list.old_name, list.old_type) != nullptr ||
        find_open(volume, list.new_name, list.new_type) != nullptr)
        return is_open;
    bool const same = list.old_name == list.new_name && list.old_type == list.new_type;
    if (!same && find_entry(volume, list.new_name, list.new_type, target) != nullptr)
        remove_file(volume, target);
    old = 0; // the entry may have moved
    if (find_entry(volume, list.old_name, list.old_type, old) == nullptr) return device;
    FileStatus& file = entry(volume, old);
    file.name = list.new_name;
    file.type = list.new_type;
    if (ebcdic::is_digit(new_mode.bytes[1])) file.mode.bytes[1] = new_mode.bytes[1];
    touch_entry(volume, old);
    return command_code(commit(volume));
}

i32 set_stamp(StampList& list) {
    Adt const* const adt = find_disk(list.mode.bytes[0]);
    if (adt == nullptr || !volume_of(*adt)->writable) return disk;
    Volume& volume = *volume_of(*adt);
    u32 i = 0;
    if (!valid_name(list.name) || find_entry(volume, list.name, list.type, i) == nullptr)
        return not_found;
    if (find_open(volume, list.name, list.type) != nullptr) return is_open;
    Stamp stamp;
    std::copy_n(list.stamp, 6, stamp.digits);
    stamp.century = list.century == 1;
    if (volume.edf)
        set_stamp(long_entry(volume, i), stamp);
    else
        set_stamp(entry(volume, i), stamp);
    touch_entry(volume, i);
    return command_code(commit(volume));
}

i32 finis(FileList& list) {
    constexpr i32 not_open = 6;
    u8 const letter = list.mode.bytes[0];
    bool any = false;
    i32 result = rc::ok;
    for (OpenFile* file = first_open(); file != nullptr;) {
        const FileStatus& f = file->aft.file;
        bool const wanted = (is_any(list.name) || list.name == f.name) &&
                            (is_any(list.type) || list.type == f.type) &&
                            (is_any_mode(letter) || letter == file->volume->adt->letter ||
                             letter == file->volume->adt->extends);
        if (!wanted) {
            file = file->next;
            continue;
        }
        any = true;
        if (i32 const error = close_file(file); error != rc::ok) result = error;
        file = first_open(); // closing one may end others
    }
    return any ? result : not_open;
}

i32 point(PointList& list) {
    constexpr i32 missing = 1, bad = 2;
    if (!valid_mode(list.mode) || !valid_name(list.name) || !valid_name(list.type)) return bad;
    Found found;
    if (!find(list.name, list.type, list.mode, false, found)) return missing;
    OpenFile* file = found.open;
    if (file == nullptr) {
        i32 const error = open_existing(*volume_of(*found.disk), *found.status, false, file);
        if (error != rc::ok) return error;
        file->pointed = true;
    }
    if (list.write_pointer != 0) {
        file->write_item =
            list.write_pointer == 0xFFFF ? file->records + 1 : u32{list.write_pointer};
    }
    if (list.read_pointer != 0) file->read_item = list.read_pointer;
    return rc::ok;
}

void close_all(bool discard) {
    while (OpenFile* const file = first_open()) {
        if (discard && file->writing)
            discard_file(file);
        else
            (void)close_file(file);
    }
}

} // namespace cms::files
