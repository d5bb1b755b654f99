// The files that a pattern of name, type and mode stands for, taken down before
// a command changes the directories it walks.
#pragma once

#include "cms/api/storage.h"
#include "cms/commands/fileid.h"

namespace cms {

class FileSet {
  public:
    // 0; 36 when the disk is not accessed, 104 when storage is exhausted.
    // With `writable_only` files on disks accessed read-only are left out.
    i32 collect(const FileId& pattern, bool writable_only = false);

    u32 size() const { return count_; }
    std::span<const FileState> files() const { return {files_.data(), count_}; }
    const FileState& operator[](u32 i) const { return files_[i]; }

  private:
    bool add(const FileState& file);

    api::Array<FileState> files_;
    u32 count_ = 0;
};

} // namespace cms
