// WRBUF (DMSBWR).
#include "cms/files/directory.h"
#include "cms/files/lookup.h"
#include "cms/layout/cdf.h"

#include <algorithm>

#define PASS(expression)                                                                           \
    do {                                                                                           \
        if (i32 const pass_rc_ = (expression); pass_rc_ != 0) return pass_rc_;                     \
    } while (false)

namespace cms::files {
namespace {

constexpr i32 bad_buffer = 2, bad_letter = 4, bad_number = 5, item_too_large = 6, skips = 7,
              no_bytes = 8, open_for_reading = 9, bad_format = 11, read_only = 12,
              not_divisible = 14, bad_length = 15, other_format = 16, record_too_long = 17,
              several_v_items = 18, file_too_large = 19, bad_name = 20, bad_type = 21;

constexpr u32 most_items_cdf = 65535, most_items_edf = 0x7FFFFFFF;

// What one call asks for.
struct Request {
    u32 item;
    u32 items;
    u32 record_length; // of each item
    u8 format;
    std::span<u8> data;
};

i32 check_list(const Fscb& list, Request& request) {
    u8 const letter = list.mode.bytes[0], number = list.mode.bytes[1];
    if (list.buffer == 0) return bad_buffer;
    if (letter != ' '_e && !is_mode_letter(letter)) return bad_letter;
    if (number != ' '_e && !ebcdic::is_digit(number)) return bad_number;
    if (!valid_name(list.name)) return bad_name;
    if (!valid_name(list.type)) return bad_type;
    if (list.size == 0) return no_bytes;
    if (list.format != fixed_format && list.format != variable_format) return bad_format;
    bool const extended = (list.flags & fscb_flag::extended) != 0;
    request.item = extended ? u32{list.long_item} : u32{list.item};
    request.items = std::max(extended ? u32{list.long_items} : u32{list.items}, 1u);
    request.format = list.format;
    request.data = range(list.buffer, list.size);
    if (request.data.empty()) return bad_buffer;
    if (list.format == variable_format) {
        if (request.items > 1) return several_v_items;
        if (list.size > largest_record_length) return record_too_long;
    } else if (list.size % request.items != 0) {
        return not_divisible;
    }
    request.record_length = list.size / request.items;
    return request.record_length > largest_record_length ? bad_length : rc::ok;
}

i32 check_file(const OpenFile& file, const Request& request) {
    const Volume& volume = *file.volume;
    if (file.records > 0 && file.format != request.format) return other_format;
    bool const fixed = request.format == fixed_format;
    if (fixed && file.records > 0 && file.record_length != request.record_length) return bad_length;
    u32 const most = volume.edf ? most_items_edf : most_items_cdf;
    if (request.item > most || request.items > most - request.item + 1) return item_too_large;
    ItemPlace end =
        item_place(request.item + request.items, request.record_length, volume.block_size);
    if (!fixed) {
        if (request.item > file.records + 1) return skips;
        // Where exactly a V file ends is not known yet: this errs by a block at the most.
        u32 const size = static_cast<u32>(request.data.size());
        end.block = volume.edf ? 0 : file.blocks + size / volume.block_size + 1;
    }
    u32 const blocks = volume.edf ? 0x7FFFFFFF : cdf::largest_file;
    return end.block + (end.offset != 0 ? 1 : 0) > blocks ? file_too_large : rc::ok;
}

// The bytes between the last record and the first new one, as far as a block holds them.
i32 clear_gap(OpenFile& file, ItemPlace start) {
    static constexpr u8 zeros[64]{};
    ItemPlace at = item_place(file.records + 1, file.record_length, file.block_size());
    if (at.offset == 0) return rc::ok;
    u32 left = (start.block == at.block ? start.offset : file.block_size()) - at.offset;
    while (left > 0) {
        u32 const n = std::min(left, u32{sizeof zeros});
        PASS(file.put(at.block, at.offset, {zeros, n, 0, false, true}));
        left -= n;
    }
    return rc::ok;
}

i32 write_fixed(OpenFile& file, const Request& request) {
    ItemPlace start = item_place(request.item, request.record_length, file.block_size());
    if (request.item > file.records + 1) PASS(clear_gap(file, start));
    PASS(file.put(start.block, start.offset,
                  {request.data.data(), static_cast<u32>(request.data.size()), 0, false, true}));
    file.records = std::max(file.records, request.item + request.items - 1);
    return rc::ok;
}

i32 write_variable(OpenFile& file, const Request& request) {
    Place place;
    PASS(file.find_record(request.item, place));
    Be16 header = static_cast<u16>(request.data.size());
    bool exists = request.item <= file.records;
    if (exists) {
        Be16 old;
        PASS(file.get(place.block, place.offset, reinterpret_cast<u8*>(&old), sizeof old));
        if (old != header) { // the record becomes the last one
            PASS(file.truncate(place));
            exists = false;
        }
    }
    u32 block = place.block, offset = place.offset;
    auto const* const bytes = reinterpret_cast<const u8*>(&header);
    PASS(file.put(block, offset, {bytes, sizeof header, request.item, true, exists}));
    PASS(file.put(
        block, offset,
        {request.data.data(), static_cast<u32>(request.data.size()), request.item, false, exists}));
    file.at = {request.item + 1, block, offset};
    if (!exists) {
        file.records = request.item;
        file.end = file.at;
    }
    return rc::ok;
}

// The file to write to, opened when it is not.
i32 file_for(const Fscb& list, bool& opened, OpenFile*& file) {
    u8 const letter = list.mode.bytes[0] == ' '_e ? 'A'_e : list.mode.bytes[0];
    Adt* const disk = find_disk(letter);
    if (disk == nullptr) return read_only;
    Volume& volume = *volume_of(*disk);
    if (!volume.writable) return read_only;
    if (volume.failed) return rc::disk_error;
    file = find_open(volume, list.name, list.type);
    if (file != nullptr) {
        if (file->writing) return rc::ok;
        if (!file->pointed) return open_for_reading;
        // POINT said where; what it opened is for writing from now on.
        u32 const at = file->write_item;
        PASS(close_file(file));
        PASS(file_for(list, opened, file));
        file->write_item = at;
        return rc::ok;
    }
    opened = true;
    u32 i = 0;
    FileStatus const* const status = find_entry(volume, list.name, list.type, i);
    if (status != nullptr) return open_existing(volume, *status, true, file);
    if (!volume.edf && volume.adt->files + volume.new_files >= cdf::largest_files) {
        return rc::too_many_files;
    }
    u8 const number = list.mode.bytes[1] == ' '_e ? '1'_e : list.mode.bytes[1];
    Name<2> mode;
    mode.bytes[0] = letter;
    mode.bytes[1] = number;
    return open_new(volume, list.name, list.type, mode, file);
}

i32 write(OpenFile& file, Request& request) {
    if (request.item == 0) request.item = file.write_item;
    PASS(check_file(file, request));
    if (file.is_new && file.records == 0 && file.blocks == 0) {
        file.format = request.format;
        file.record_length = request.record_length;
        file.aft.file.format = request.format;
        file.tree.open(*file.volume, 0, 0, request.format == variable_format);
    }
    if (!file.volume->room_for(file.blocks_needed(static_cast<u32>(request.data.size()) + 2))) {
        return rc::disk_full;
    }
    i32 const error =
        request.format == fixed_format ? write_fixed(file, request) : write_variable(file, request);
    if (error != rc::ok) return error;
    if (file.format == variable_format) {
        file.record_length = std::max(file.record_length, request.record_length);
    }
    file.write_item = request.item + request.items;
    file.aft.item = static_cast<u16>(std::min(file.write_item, 0xFFFFu));
    file.aft.file.items = static_cast<u16>(std::min(file.records, 0xFFFFu));
    file.aft.file.record_length = file.record_length;
    file.aft.file.write_pointer = u16{file.aft.item};
    return rc::ok;
}

} // namespace

i32 wrbuf(Fscb& list) {
    Request request;
    PASS(check_list(list, request));
    bool opened = false;
    OpenFile* file = nullptr;
    PASS(file_for(list, opened, file));
    i32 const error = write(*file, request);
    if (error != rc::ok && opened) discard_file(file);
    return error;
}

} // namespace cms::files
