// Finds disks and files by the order of search, and checks file identifiers (DMSLFS, DMSSTT).
#pragma once

#include "cms/files/functions.h"
#include "cms/files/open_file.h"

namespace cms::files {

Adt* first_disk();
inline Adt* next_disk(const Adt& disk) {
    return disk.next == 0 ? nullptr : at_address<Adt>(disk.next);
}

// Takes the accessed disks that a mode letter stands for: that disk and its
// extensions; all of them when it is * or blank.
class DiskSearch {
  public:
    DiskSearch(u8 letter, bool writable)
        : at_(first_disk()), letter_(letter), writable_(writable) {}
    Adt* next();

  private:
    Adt* at_;
    u8 letter_;
    bool writable_;
};

constexpr bool is_mode_letter(u8 c) { return ebcdic::is_upper_letter(c); }
constexpr bool is_any_mode(u8 c) { return c == '*'_e || c == ' '_e; }
// A to Z, 0 to 9, $ # @ + - _ : up to the first blank, and something.
bool valid_name(const Name8& name);
// Letter or `any`; number 0 to 6, blank or `any`.
bool valid_mode(Name<2> mode);

// 0, 1 no such file.
struct Found {
    Adt* disk = nullptr;
    FileStatus* status = nullptr; // null: open and not yet in the directory
    OpenFile* open = nullptr;
};
bool find(const Name8& name, const Name8& type, Name<2> mode, bool writable, Found& found);

Fvs& work_area();

} // namespace cms::files
