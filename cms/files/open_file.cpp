#include "cms/files/open_file.h"

#include "cms/base/free_storage.h"
#include "cms/files/commit.h"
#include "cms/files/directory.h"
#include "cms/files/erase.h"
#include "cms/files/functions.h"
#include "cms/files/stamp.h"
#include "cms/layout/cdf.h"

#include <algorithm>
#include <new>

namespace cms::files {
namespace {

constinit OpenFile* chain = nullptr;

void link(OpenFile* file) {
    // AFTs are new at the head; programs follow the addresses in AFTPTR.
    file->next = chain;
    file->aft.origin = aft_in_free_storage;
    file->aft.next = chain == nullptr ? 0 : address_of(&chain->aft);
    chain = file;
}

void unlink(OpenFile* file) {
    OpenFile** at = &chain;
    OpenFile* before = nullptr;
    while (*at != file) {
        before = *at;
        at = &before->next;
    }
    *at = file->next;
    if (before != nullptr) before->aft.next = u32{file->aft.next};
}

void end(OpenFile* file) {
    Volume& volume = *file->volume;
    if (file->writing) volume.adt->open_for_write -= u16{1};
    if (file->writing && file->is_new) --volume.new_files;
    unlink(file);
    file->tree.close();
    if (file->window.buffer != nullptr) {
        release_nucleus(file->window.buffer, file->window.capacity * volume.block_size);
    }
    file->~OpenFile();
    release_nucleus(file, sizeof(OpenFile));
    volume.publish_counts();
}

OpenFile* make(Volume& volume) {
    void* const storage = allocate_nucleus(sizeof(OpenFile));
    if (storage == nullptr) return nullptr;
    auto* const file = new (storage) OpenFile;
    file->volume = &volume;
    file->aft.disk = address_of(volume.adt);
    file->aft.flags = aft_flag::used;
    link(file);
    return file;
}

// The numbers of the entry that a reader is going to believe.
bool take_status(OpenFile& file, const FileStatus& status) {
    Volume& volume = *file.volume;
    file.format = status.format;
    file.record_length = status.record_length;
    u32 root = status.first_chain_link, levels = 0, data_blocks = status.data_blocks;
    file.records = status.items;
    if (volume.edf) {
        auto const& e = static_cast<const edf::FileStatus&>(status);
        root = e.root;
        levels = e.levels;
        data_blocks = e.blocks;
        file.records = e.records;
    }
    bool const variable = file.format == variable_format;
    if (!variable && file.format != fixed_format) return false;
    if (file.record_length == 0 || file.record_length > largest_record_length) return false;
    if (levels > edf::largest_levels || (root != 0 && !volume.valid(root))) return false;
    if (data_blocks > volume.total) return false;
    file.blocks = data_blocks;
    if (!variable) { // holes are not counted in the entry
        if (file.records > 0x7FFFFFFF) return false;
        ItemPlace const end = item_place(file.records + 1, file.record_length, volume.block_size);
        if (end.block >> 31 != 0) return false;
        file.blocks = end.block + (end.offset != 0 ? 1 : 0);
        if (data_blocks > file.blocks) return false;
        file.holes = file.blocks - data_blocks;
    }
    file.tree.open(volume, root, levels, variable);
    file.write_item = file.records + 1;
    return true;
}

// The entry of the directory as the file is now.
void put_status(const OpenFile& file, FileStatus& status) {
    u32 const blocks = file.blocks - file.holes;
    status.mode = file.aft.file.mode;
    status.items = static_cast<u16>(std::min(file.records, 0xFFFFu));
    status.write_pointer = static_cast<u16>(std::min(file.records + 1, 0xFFFFu));
    status.read_pointer = u16{1};
    status.format = file.format;
    status.record_length = file.record_length;
    status.data_blocks = static_cast<u16>(std::min(blocks, 0xFFFFu));
    if (!file.volume->edf) {
        status.first_chain_link = static_cast<u16>(file.tree.root());
        set_stamp(status, now());
        return;
    }
    auto& e = static_cast<edf::FileStatus&>(status);
    status.first_chain_link = u16{0};
    e.root = file.tree.root();
    e.blocks = blocks;
    e.records = file.records;
    e.levels = static_cast<u8>(file.tree.levels());
    e.pointer_size = file.format == variable_format ? u8{sizeof(edf::VPointer)} : u8{sizeof(Be32)};
    set_stamp(e, now());
}

// Its blocks as the old entry names them are retired, as the new one does are kept.
i32 exchange_blocks(OpenFile& file, const FileStatus* old) {
    Volume& volume = *file.volume;
    if (old != nullptr) {
        BlockTree before;
        u32 const root = volume.edf ? u32{static_cast<const edf::FileStatus*>(old)->root}
                                    : u32{old->first_chain_link};
        u32 const levels = volume.edf ? static_cast<const edf::FileStatus*>(old)->levels : 0u;
        before.open(volume, root, levels, old->format == variable_format);
        i32 const error = before.walk(BlockTree::Walk::Retire);
        before.close();
        if (error != rc::ok) return error;
    }
    return file.tree.walk(BlockTree::Walk::Keep);
}

i32 store(OpenFile& file) {
    Volume& volume = *file.volume;
    if (volume.failed) return rc::disk_error;
    if (i32 const error = file.flush(); error != rc::ok) {
        volume.failed = true; // what the disk has of the pointers cannot be walked through
        return error;
    }
    u32 i = 0;
    FileStatus* status = find_entry(volume, file.aft.file.name, file.aft.file.type, i);
    bool const added = status == nullptr;
    if (added) {
        status = add_entry(volume);
        if (status == nullptr) return rc::storage;
        status->name = file.aft.file.name;
        status->type = file.aft.file.type;
        i = volume.entries - 1;
    }
    if (i32 const error = exchange_blocks(file, added ? nullptr : status); error != rc::ok) {
        volume.failed = true; // some blocks have changed their state, others not
        if (added) remove_entry(volume, i);
        return error;
    }
    put_status(file, *status);
    touch_entry(volume, i);
    if (file.is_new) {
        file.is_new = false;
        --volume.new_files;
    }
    return commit(volume);
}

} // namespace

OpenFile* first_open() { return chain; }
Aft* first_open_file() { return chain == nullptr ? nullptr : &chain->aft; }
void forget_open_files() { chain = nullptr; }

OpenFile* find_open(const Volume& volume, const Name8& name, const Name8& type) {
    for (OpenFile* f = chain; f != nullptr; f = f->next) {
        if (f->volume == &volume && f->aft.file.name == name && f->aft.file.type == type) return f;
    }
    return nullptr;
}

i32 open_existing(Volume& volume, const FileStatus& status, bool writing, OpenFile*& opened) {
    OpenFile* const file = make(volume);
    if (file == nullptr) return rc::storage;
    file->aft.file = status;
    file->aft.status = address_of(&status);
    if (!take_status(*file, status)) {
        end(file);
        return rc::disk_error;
    }
    file->writing = writing;
    file->aft.flags =
        static_cast<u8>(file->aft.flags | (writing ? aft_flag::write : aft_flag::read));
    if (writing) volume.adt->open_for_write += u16{1};
    opened = file;
    return rc::ok;
}

i32 open_new(Volume& volume, const Name8& name, const Name8& type, Name<2> mode,
             OpenFile*& opened) {
    OpenFile* const file = make(volume);
    if (file == nullptr) return rc::storage;
    file->aft.file = FileStatus{};
    file->aft.file.name = name;
    file->aft.file.type = type;
    file->aft.file.mode = mode;
    file->aft.flags |= aft_flag::write;
    file->aft.flags2 |= aft_flag2::new_file;
    file->writing = file->is_new = true;
    file->end = {1, 0, 0};
    file->tree.open(volume, 0, 0, false); // again when the first record tells the format
    volume.adt->open_for_write += u16{1};
    ++volume.new_files;
    opened = file;
    return rc::ok;
}

i32 close_file(OpenFile* file) {
    Volume& volume = *file->volume;
    if (file->writing) {
        if (file->records == 0 || !file->changed) {
            discard_file(file);
            return rc::ok;
        }
        i32 const error = store(*file);
        if (error == rc::storage)
            discard_file(file);
        else
            end(file);
        return error;
    }
    Name8 const name = file->aft.file.name, type = file->aft.file.type;
    bool const erase = !file->pointed && volume.writable && file->aft.file.mode.bytes[1] == '3'_e;
    end(file);
    return erase ? erase_file(volume, name, type) : rc::ok;
}

void discard_file(OpenFile* file) {
    if (file->writing && !file->volume->failed) {
        // Pointers must be on the disk to be walked through.
        if (file->tree.flush() != rc::ok || file->tree.walk(BlockTree::Walk::Discard) != rc::ok) {
            file->volume->failed = true;
        }
    }
    end(file);
}

} // namespace cms::files
