// Open files: the chain of AFTs, and the bytes of a file through its buffer.
//
// A file is open for reading or for writing, not for both. What is written goes to blocks that no
// directory knows until close_file() puts the file in the directory.
#pragma once

#include "cms/files/block_tree.h"
#include "cms/layout/aft.h"

namespace cms::files {

// A byte of a file of V records: where record `record` begins.
struct Place {
    u32 record = 1;
    u32 block = 0; // from 0
    u32 offset = 0;
};

// Where an item of an F file begins; `block` is 2^31 when it lies behind all blocks there can be.
struct ItemPlace {
    u32 block;
    u32 offset;
};
ItemPlace item_place(u32 item, u32 length, u32 block_size);

// Data blocks in storage that follow each other in the file.
struct Window {
    static constexpr u32 most = 5;
    u8* buffer = nullptr;
    u32 capacity = 0; // blocks
    u32 first = 0;
    u32 count = 0;
    u32 address[most]{};
    u8 dirty = 0; // a bit for each block
};

struct OpenFile {
    Aft aft{};
    Volume* volume = nullptr;
    OpenFile* next = nullptr;
    bool writing = false;
    bool is_new = false; // not in the directory
    bool changed = false;
    bool pointed = false; // opened by POINT, neither read nor written yet
    u8 format = fixed_format;
    u32 record_length = 0; // the longest when V
    u32 records = 0;
    u32 blocks = 0; // data blocks up to the last, holes counted
    u32 holes = 0;
    u32 read_item = 1;
    u32 write_item = 1;
    Place at;           // of some record of a V file
    Place end{0, 0, 0}; // behind the last record of a V file; record 0: not known yet
    BlockTree tree;
    Window window;

    bool update_in_place() const { return aft.file.mode.bytes[1] == '6'_e; }
    u32 block_size() const { return volume->block_size; }

    // Moves bytes between the file and `to`, from byte `offset` of block `block` on.
    i32 get(u32 block, u32 offset, u8* to, u32 length);
    // `record` says which record of a V file the bytes belong to, `begins` that they begin it.
    // `change_only` is for bytes of a V file that are there already.
    struct Source {
        const u8* data;
        u32 length;
        u32 record;
        bool begins;
        bool change_only;
    };
    i32 put(u32& block, u32& offset, Source source);
    // Finds where record `record` of a V file begins; 1 to records + 1.
    i32 find_record(u32 record, Place& place);
    // Ends a V file before `place`.
    i32 truncate(const Place& place);
    i32 flush();
    // Blocks that writing `length` bytes may take at the most.
    u32 blocks_needed(u32 length) const;

  private:
    i32 fill(u32 block, bool ahead);
    i32 slot_for_change(u32 block, const RecordMark* mark, u8*& data);
    i32 take_slot(u32 block, const RecordMark* mark, u32 i);
    i32 write_window();
    bool make_window(u32 wanted);
    i32 next_address(u32 n, u32 old, const RecordMark* mark, u32& block);
    i32 put_blocks(u32& block, const Source& source, u32& done);
};

// The open file of that name on that disk, or null.
OpenFile* find_open(const Volume& volume, const Name8& name, const Name8& type);
OpenFile* first_open();
// At IPL: the chain is empty, whatever storage held before.
void forget_open_files();

// Opens a file of the directory. 0, 3 the entry makes no sense, 25.
i32 open_existing(Volume& volume, const FileStatus& file, bool writing, OpenFile*& opened);
// A file that is not in the directory.
i32 open_new(Volume& volume, const Name8& name, const Name8& type, Name<2> mode, OpenFile*& opened);
// Puts what was written in the directory, on the disk too, and ends the open file
// in any case. Erases a file of mode 3 that was read.
i32 close_file(OpenFile* file);
// Ends the open file; what was written is forgotten.
void discard_file(OpenFile* file);

} // namespace cms::files
