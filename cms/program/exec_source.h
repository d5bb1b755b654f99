// The lines of an EXEC file, counted from 1, read into storage as a whole: loops
// and branches go back, and the file may change under a running EXEC.
#pragma once

#include "cms/api/files.h"
#include "cms/api/storage.h"

namespace cms {

class ExecSource {
  public:
    // Reads the file. A return code of RDBUF, or api::rc::storage.
    i32 load(const api::FileState& file);

    u32 count() const { return count_; }
    // Line `number` as statements see it: without columns 73 to 80 of 80-byte cards.
    Text statement(u32 number) const { return line(number).substr(0, fixed80_ ? 72 : 130); }
    // The whole line, for &BEGTYPE ALL and its like.
    Text line(u32 number) const;

  private:
    api::Array<u8> bytes_;
    api::Array<u32> starts_; // of line n at starts_[n - 1]; starts_[count_] is the end
    u32 count_ = 0;
    bool fixed80_ = false;
};

} // namespace cms
