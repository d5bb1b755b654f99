// The functions of the CMS file system that SVC 202 and the nucleus call.
//
// GC20-1818 "CMS File System", GC20-1819 macros FSREAD to FSSTATE. Each takes the
// parameter list of the SVC (byte 0 to 7 the function's name) and returns what goes
// to register 15. Run with the nucleus key, disabled; they wait for their I/O. The
// parameter lists are the caller's storage: checked here.
#pragma once

#include "cms/layout/adt.h"
#include "cms/layout/aft.h"
#include "cms/layout/fscb.h"
#include "cms/layout/fst.h"
#include "cms/layout/fvs.h"

namespace cms::files {

// FINIS; ERASE (followed by tokens of options, which are not looked at here).
struct FileList {
    Name8 command; //  0
    Name8 name;    //  8: or *
    Name8 type;    // 16: or *
    Name<2> mode;  // 24: a letter, a letter and a number, or *; all letters when blank
};

struct StateList {
    Name8 command; //  0
    Name8 name;    //  8
    Name8 type;    // 16
    Name<2> mode;  // 24
    Be16 unused;   // 26
    Be32 found;    // 28: out: A(STATEFST). In: CL4'****' when asterisks are not acceptable
};
static_assert(sizeof(StateList) == 32);

struct PointList {
    Name8 command;      //  0
    Name8 name;         //  8
    Name8 type;         // 16
    Name<2> mode;       // 24
    Be16 write_pointer; // 26: 0 = leave
    Be16 read_pointer;  // 28: 0 = leave
};

struct RenameList {
    Name8 command;  //  0
    Name8 old_name; //  8
    Name8 old_type; // 16
    Name8 old_mode; // 24
    Name8 new_name; // 32: or = ; also * when the old one is *
    Name8 new_type; // 40
    Name8 new_mode; // 48
};

// 0, 1 not found, 2 buffer address, 3 disk error, 5 no items, 7 format, 8 buffer shorter
// than the record, 9 open for writing, 11 several items of a V file, 12 end of file,
// 13 displacement, 25 storage
i32 rdbuf(Fscb& list);
// 0, 2 buffer address, 3 disk error, 4 5 mode, 6 item number, 7 skip in a V file, 8 no bytes, 9
// open for reading, 10 too many files, 11 neither F nor V, 12 read-only disk, 13 disk full, 14
// bytes not divisible by items, 15 record length, 16 format differs, 17 V record above 65535, 18
// several items of a V file, 19 file too large, 20 21 character in name, type, 25 storage. A V
// record replaced by one of another length becomes the last of its file.
i32 wrbuf(Fscb& list);
// 0, 6 not open, or why the file could not be put in the directory: 3 disk error, 13 disk full,
// 10 too many files, 25 storage
i32 finis(FileList& list);
// 0, 20 character in name or type, 24 mode, 28 not found, 36 disk not accessed
i32 state(StateList& list);
i32 statew(StateList& list);
// 0, 1 not found, 2 parameters, 25 storage
i32 point(PointList& list);
// 0, 20 24 fileid, 28 not found, 36 disk not accessed or read-only, 100 disk error, 104 storage.
// `*` is valid for each of name, type and mode: it erases all files that match.
i32 erase(FileList& list);
// 0, 20 24 fileid, 28 not found or the new one exists, 36 disk, 40 file is open, 100 disk error
i32 rename(RenameList& list);
// "DMSREPL": gives one file the name of another on the same disk, which is erased if
// it exists, in one commit: after a crash there is the old file or the new one. 0,
// 20 24 fileid, 28 not found, 36 disk, 40 either is open, 100 disk error
i32 replace(RenameList& list);

// ---- for ACCESS, RELEASE, FORMAT and QUERY; callable by SVC 202 as well ----

// Error codes of access, release and format: the numbers of the messages they ask for.
namespace error {
constexpr i32 read_write_elsewhere = 59, // accessed read/write as `other`
    no_files = 60, not_cms = 112, // not a CMS disk, or its directory is damaged, or an I/O error
    not_attached = 113, unsupported = 114, mode = 48, storage = 109, unit_check = 125,
              label_io = 126, read_only = 37, not_accessed = 69, parameter = 24,
              cannot_recompute = 214, files_open = 30;
} // namespace error

// "DMSACM": takes a disk in use under a letter; what had the letter before is released.
struct AccessList {
    Name8 command; //  0
    Be16 device;   //  8: virtual device address
    u8 letter;     // 10: A to Z
    u8 extends;    // 11: letter of the disk that it extends read-only, or blank
    u8 flags;      // 12: see below
    u8 other;      // 13: out: with read_write_elsewhere its letter
    Be16 replaced; // 14: out: device that had the letter before, or 0
    Name8 name;    // 16: only these files (then read-only), or * or blank
    Name8 type;    // 24
    Name<2> mode;  // 32: its number counts
    u8 also;       // 34: out: another letter the same disk has, or blank
    u8 writable;   // 35: out: 1 = read/write
    Be32 files;    // 36: out

    static constexpr u8 erase = 0x80, // begin with an empty directory
        show_mode_0 = 0x40,           // also the private files of a read-only disk
        force_read_only = 0x20;
};
static_assert(sizeof(AccessList) == 40);
i32 access(AccessList& list);

// "DMSARE": closes the disk's files and gives the letter back.
struct ReleaseList {
    Name8 command; // 0
    u8 letter;     // 8
};
i32 release(ReleaseList& list);

// "DMSFOR": makes a disk a CMS disk without files. The disk must not be accessed read/write.
struct FormatList {
    Name8 command;    //  0
    Be16 device;      //  8
    u8 flags;         // 10
    u8 reserved;      // 11
    Be32 block_size;  // 12: 800, 512, 1024, 2048, 4096
    Be32 cylinders;   // 16: 0 = all there are; out: formatted
    Name<6> label;    // 20
    Be16 reserved_26; // 26

    static constexpr u8 recompute = 0x80, // keep the files, make the disk use `cylinders` only
        label_only = 0x40;                // write the label, all else stays
};
static_assert(sizeof(FormatList) == 28);
i32 format(FormatList& list);

// "DMSSTAMP": gives a closed file another date of writing.
struct StampList {
    Name8 command; //  0
    Name8 name;    //  8
    Name8 type;    // 16
    Name<2> mode;  // 24
    u8 stamp[6];   // 26: YYMMDDHHMMSS in packed digits
    u8 century;    // 32: 1 = 20yy
};
// 0, 28 not found, 36 disk, 40 open, 100 disk error
i32 set_stamp(StampList& list);

// ---- for the nucleus ----

// Makes the chain of 26 ADTs, A to Z, in `table` and prepares the work area. NUCON's IADT
// and AFVS are the caller's. Once, at IPL.
void initialize(Adt* table, Fvs& work);
// The head of the chain of AFTs, or null.
Aft* first_open_file();
// ADTLKP: the disk accessed as `letter`, or null.
Adt* find_disk(u8 letter);
// FSTLKP and FSTLKW: the first file that matches by the order of search, `*` being any;
// null when there is none. `disk` is where it lies.
FileStatus* find_file(const Name8& name, const Name8& type, Name<2> mode, bool writable,
                      Adt*& disk);
// AUPUFD: closes all files without return codes, at the end of a command or an abend.
// `discard` forgets what was written to files that are open.
void close_all(bool discard);
// Bytes of a block of an accessed disk: 800, or 512 to 4096.
u32 block_size(const Adt& disk);

} // namespace cms::files
