#include "cms/commands/file_set.h"

namespace cms {

bool FileSet::add(const FileState& file) {
    if (count_ == files_.size() && !files_.resize(std::max(32u, count_ * 2))) return false;
    files_[count_++] = file;
    return true;
}

i32 FileSet::collect(const FileId& pattern, bool writable_only) {
    bool accessed = false;
    u8 const letter = pattern.letter();
    api::DiskState disk;
    for (api::DiskWalk disks; disks.next(disk);) {
        if (letter != '*'_e && disk.letter != letter && disk.parent != letter) continue;
        accessed = true;
        if (writable_only && !disk.writable) continue;
        FileState file;
        for (api::FileWalk walk(disk.letter); walk.next(file);) {
            bool const number = pattern.number() == ' '_e || pattern.number() == file.id.number();
            if (!number || !matches(pattern.name, file.id.name) ||
                !matches(pattern.type, file.id.type))
                continue;
            if (!add(file)) return api::rc::storage;
        }
    }
    return accessed ? 0 : api::rc::disk;
}

} // namespace cms
