// The accessed disks and the files on them, in the order of search.
#pragma once

#include "cms/api/files.h"

namespace cms::api {

struct DiskState {
    u8 letter = ' '_e;
    u8 parent = ' '_e; // read-only extension of this letter, or blank
    Name<6> label;
    u16 device = 0;
    u8 device_type = 0; // DTADT
    bool writable = false;
    bool foreign = false; // OS or DOS disk
    u32 block_size = 800;
    u32 cylinders = 0;
    u32 files = 0;
    u32 blocks_total = 0, blocks_used = 0, blocks_left = 0;
};

// Takes the accessed disks one after the other in the order of search.
class DiskWalk {
  public:
    bool next(DiskState& disk);

  private:
    u32 at_ = 0;
    bool started_ = false;
};

// The disk accessed as `letter`.
bool find_disk(u8 letter, DiskState& disk);

// Takes the files of one disk, one after the other as they lie in its directory.
class FileWalk {
  public:
    explicit FileWalk(u8 letter);
    bool next(FileState& file);

  private:
    u8 letter_;
    u32 block_ = 0; // address of the directory block; on the host the fake's own
    u32 index_ = 0;
    u32 entry_size_ = 0, block_size_ = 0;
    u32 left_ = 0;
    bool writable_ = false;
};

} // namespace cms::api
