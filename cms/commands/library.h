// MACLIB and TXTLIB as TYPE and others read them: the dictionary of the members.
//
// F records of 80. Record 1: `DMSLIB` in its first six bytes (a MACLIB of older make
// only has `LIB` in bytes 3 to 5), the dictionary's record number at 6, its size in
// bytes at 8 (the halfword at 10 where 8 is zero). Entries of 12 bytes: name, record
// number of the member. A member ends with a record that begins X'61FFFF61'.
#pragma once

#include "cms/api/storage.h"
#include "cms/commands/command.h"

namespace cms {

namespace library {
constexpr i32 not_a_library = -1;

inline bool ends_member(Text record) {
    return record.size() >= 4 && record[0] == 0x61 && record[1] == 0xFF && record[2] == 0xFF &&
           record[3] == 0x61;
}
} // namespace library

class Library {
  public:
    // 0, library::not_a_library, or a return code of RDBUF.
    i32 open(const FileState& file);

    u32 count() const { return count_; }
    Name8 name(u32 i) const { return entries_[i].name; }
    u32 first_record(u32 i) const { return entries_[i].record; }

  private:
    struct Entry {
        Name8 name;
        u32 record = 0;
    };
    api::Array<Entry> entries_;
    u32 count_ = 0;
};

} // namespace cms
