// RDBUF (DMSBRD).
#include "cms/files/lookup.h"

#include <algorithm>

namespace cms::files {
namespace {

constexpr i32 not_found = 1, bad_buffer = 2, no_items = 5, buffer_short = 8, open_for_writing = 9,
              several_v_items = 11, end_of_file = 12, bad_displacement = 13;

i32 read_fixed(OpenFile& file, u32 item, u32 items, std::span<u8> buffer, u32& moved) {
    u32 const size = static_cast<u32>(buffer.size()), length = file.record_length;
    items = std::min({items, file.records - item + 1, size / length + 1});
    u32 const wanted = items * length;
    moved = std::min(wanted, size);
    ItemPlace const start = item_place(item, length, file.block_size());
    i32 const error = file.get(start.block, start.offset, buffer.data(), moved);
    if (error != rc::ok) return error;
    file.read_item = item + items;
    return wanted > size ? buffer_short : rc::ok;
}

i32 read_variable(OpenFile& file, u32 item, std::span<u8> buffer, u32& moved) {
    Place place;
    if (i32 const error = file.find_record(item, place); error != rc::ok) return error;
    Be16 header;
    i32 error = file.get(place.block, place.offset, reinterpret_cast<u8*>(&header), sizeof header);
    if (error != rc::ok) return error;
    u32 const length = header;
    if (length == 0) return bad_displacement;
    place.offset += u32{sizeof header};
    place.block += place.offset / file.block_size();
    place.offset %= file.block_size();
    moved = std::min(length, static_cast<u32>(buffer.size()));
    error = file.get(place.block, place.offset, buffer.data(), moved);
    if (error != rc::ok) return error;
    place.block += (place.offset + length) / file.block_size();
    place.offset = (place.offset + length) % file.block_size();
    place.record = item + 1;
    file.at = place;
    file.read_item = item + 1;
    return length > buffer.size() ? buffer_short : rc::ok;
}

} // namespace

i32 rdbuf(Fscb& list) {
    bool const extended = (list.flags & fscb_flag::extended) != 0;
    u32 item = extended ? u32{list.long_item} : u32{list.item};
    u32 const items = extended ? u32{list.long_items} : u32{list.items};
    if (list.buffer == 0) return bad_buffer;
    std::span<u8> const buffer = range(list.buffer, list.size);
    if (buffer.empty()) return bad_buffer;
    Found found;
    if (!find(list.name, list.type, list.mode, false, found)) return not_found;
    OpenFile* file = found.open;
    if (file != nullptr && file->writing) return open_for_writing;
    if (items == 0) return no_items;
    if (file == nullptr) {
        i32 const error = open_existing(*volume_of(*found.disk), *found.status, false, file);
        if (error != rc::ok) return error;
    }
    if (file->format == variable_format && items > 1) return several_v_items;
    if (item == 0) item = file->read_item;
    if (item > file->records) return end_of_file;
    u32 moved = 0;
    i32 const error = file->format == fixed_format ? read_fixed(*file, item, items, buffer, moved)
                                                   : read_variable(*file, item, buffer, moved);
    file->pointed = false;
    file->aft.flags = static_cast<u8>(file->aft.flags | aft_flag::read);
    file->aft.item = static_cast<u16>(std::min(file->read_item, 0xFFFFu));
    file->aft.file.read_pointer = u16{file->aft.item};
    if (error == rc::ok || error == buffer_short) list.bytes_read = moved;
    return error;
}

} // namespace cms::files
