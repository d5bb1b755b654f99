// The bytes of an open file (open_file.h).
#include "cms/base/free_storage.h"
#include "cms/files/open_file.h"

#include <algorithm>
#include <cstring>

#define PASS(expression)                                                                           \
    do {                                                                                           \
        if (i32 const pass_rc_ = (expression); pass_rc_ != 0) return pass_rc_;                     \
    } while (false)

namespace cms::files {
namespace {

constexpr u32 wanted_window = 4096; // bytes
constexpr u32 most_direct = 15;     // blocks moved at once between disk and program

} // namespace

ItemPlace item_place(u32 item, u32 length, u32 block_size) {
    u64 const start = u64{item - 1} * length;
    u64 const block = start / block_size;
    if (block >> 31 != 0) return {0x80000000, 0};
    return {static_cast<u32>(block),
            static_cast<u32>(start) - static_cast<u32>(block) * block_size};
}

bool OpenFile::make_window(u32 wanted) {
    if (window.buffer != nullptr) return true;
    wanted = std::min(wanted, Window::most);
    for (; wanted > 0; wanted /= 2) {
        window.buffer = static_cast<u8*>(allocate_nucleus(wanted * block_size()));
        if (window.buffer != nullptr) break;
    }
    window.capacity = wanted;
    return wanted > 0;
}

i32 OpenFile::write_window() {
    io::Transfer waiting[Window::most];
    u32 n = 0;
    for (u32 i = 0; i < window.count; ++i) {
        if ((window.dirty >> i & 1) == 0) continue;
        waiting[n++] = {window.address[i], window.buffer + i * block_size()};
    }
    if (n != 0 && io::write(volume->disk, {waiting, n}) != io::Status::Ok) return rc::disk_error;
    window.dirty = 0;
    return rc::ok;
}

i32 OpenFile::flush() {
    PASS(write_window());
    return tree.flush();
}

// Brings data block `block` into the window, and those behind it when asked to.
i32 OpenFile::fill(u32 block, bool ahead) {
    PASS(write_window());
    window.count = 0;
    if (!make_window((wanted_window + block_size() - 1) / block_size())) return rc::storage;
    u32 const wanted = ahead ? std::min(window.capacity, blocks - block) : 1;
    io::Transfer waiting[Window::most];
    u32 n = 0;
    for (u32 i = 0; i < wanted; ++i) {
        u8* const data = window.buffer + i * block_size();
        if (i32 const error = tree.find(block + i, window.address[i]); error != rc::ok) {
            if (i == 0) return error;
            window.count = i; // the damage is not ours to tell before it is asked for
            break;
        }
        if (window.address[i] == 0)
            std::fill_n(data, block_size(), u8{0});
        else
            waiting[n++] = {window.address[i], data};
        window.count = i + 1;
    }
    window.first = block;
    if (n == 0 || io::read(volume->disk, {waiting, n}) == io::Status::Ok) return rc::ok;
    window.count = 0;
    return ahead && wanted > 1 ? fill(block, false) : rc::disk_error;
}

i32 OpenFile::get(u32 block, u32 offset, u8* to, u32 length) {
    while (length > 0) {
        if (block >= blocks) return rc::disk_error;
        bool const held = block - window.first < window.count;
        u32 const whole = std::min(length / block_size(), most_direct);
        if (offset == 0 && whole > 1 && !held && !writing) { // straight to where it is wanted
            io::Transfer waiting[most_direct];
            u32 n = 0;
            u32 const last = std::min(block + whole, blocks);
            u32 const from = block;
            for (; block < last; ++block) {
                u8* const data = to + (block - from) * block_size();
                u32 address = 0;
                PASS(tree.find(block, address));
                if (address == 0)
                    std::fill_n(data, block_size(), u8{0});
                else
                    waiting[n++] = {address, data};
            }
            if (n != 0 && io::read(volume->disk, {waiting, n}) != io::Status::Ok)
                return rc::disk_error;
            to += (block - from) * block_size();
            length -= (block - from) * block_size();
            continue;
        }
        if (!held) PASS(fill(block, block == window.first + window.count));
        u32 const n = std::min(length, block_size() - offset);
        std::memcpy(to, window.buffer + (block - window.first) * block_size() + offset, n);
        to += n;
        length -= n;
        offset = 0;
        ++block;
    }
    return rc::ok;
}

// Where data block `n` is to be written, which lies in `old` or is new (0).
i32 OpenFile::next_address(u32 n, u32 old, const RecordMark* mark, u32& block) {
    block = old;
    if (old != 0 && (update_in_place() || volume->blocks.is_open(old))) return rc::ok;
    block = volume->take_block();
    if (block == 0) return rc::disk_full;
    if (i32 const error = tree.assign(n, block, mark); error != rc::ok) {
        volume->blocks.retire(block);
        return error;
    }
    if (n >= blocks) {
        holes += n - blocks;
        blocks = n + 1;
    } else if (old == 0 && holes > 0) {
        --holes;
    }
    return rc::ok;
}

// The window's block `i` may be changed afterwards.
i32 OpenFile::take_slot(u32 block, const RecordMark* mark, u32 i) {
    PASS(next_address(block, window.address[i], mark, window.address[i]));
    window.dirty = static_cast<u8>(window.dirty | 1u << i);
    return rc::ok;
}

i32 OpenFile::slot_for_change(u32 block, const RecordMark* mark, u8*& data) {
    u32 i = block - window.first;
    if (window.count == 0 || i >= window.count) {
        bool const follows = window.count > 0 && i == window.count && i < window.capacity;
        if (block >= blocks && follows) {
            window.address[i] = 0;
            ++window.count;
            std::fill_n(window.buffer + i * block_size(), block_size(), u8{0});
        } else {
            PASS(fill(block, false)); // behind the end this finds a hole
            i = 0;
        }
    }
    if (i32 const error = take_slot(block, mark, i); error != rc::ok) {
        window.count = i; // a block that could not be taken is not in the window
        window.dirty = static_cast<u8>(window.dirty & ((1u << i) - 1));
        return error;
    }
    data = window.buffer + i * block_size();
    return rc::ok;
}

// Whole blocks from the program's storage straight to the disk.
i32 OpenFile::put_blocks(u32& block, const Source& source, u32& done) {
    PASS(write_window());
    window.count = 0;
    io::Transfer waiting[most_direct];
    u32 n = 0;
    for (; n < most_direct && source.length - done >= block_size(); ++n) {
        bool const begins = source.begins && done == 0;
        RecordMark mark{source.record, begins ? 0 : edf::no_record_starts,
                        begins ? source.record - 1 : source.record};
        u32 address = 0;
        PASS(tree.find(block, address));
        PASS(next_address(block, address, source.change_only ? nullptr : &mark, address));
        waiting[n] = {address, const_cast<u8*>(source.data + done)};
        done += block_size();
        ++block;
    }
    return io::write(volume->disk, {waiting, n}) == io::Status::Ok ? rc::ok : rc::disk_error;
}

i32 OpenFile::put(u32& block, u32& offset, Source source) {
    changed = true;
    for (u32 done = 0; done < source.length;) {
        if (offset == 0 && source.length - done >= 2 * block_size()) {
            PASS(put_blocks(block, source, done));
            continue;
        }
        bool const begins = source.begins && done == 0;
        bool const exists = block < blocks;
        RecordMark const mark{source.record, begins ? offset : edf::no_record_starts,
                              begins ? source.record - 1 : source.record};
        u8* data = nullptr;
        PASS(slot_for_change(block, exists || source.change_only ? nullptr : &mark, data));
        if (begins && exists && !source.change_only) {
            PASS(tree.begin_record(block, source.record, offset));
        }
        u32 const n = std::min(source.length - done, block_size() - offset);
        std::memcpy(data + offset, source.data + done, n);
        done += n;
        offset += n;
        if (offset == block_size()) {
            offset = 0;
            ++block;
        }
    }
    return rc::ok;
}

i32 OpenFile::find_record(u32 record, Place& place) {
    place = at;
    if (record > records && end.record != 0) {
        place = end;
        return rc::ok;
    }
    if (record < place.record) place = {1, 0, 0};
    u32 const far =
        block_size() / (record_length + 2) + 1; // records at least that far lie elsewhere
    if (record - place.record > far) {
        i32 error = rc::ok;
        u32 block = 0, found = 0, offset = 0;
        if (tree.search(std::min(record, records), block, found, offset, error)) {
            place = {found, block, offset};
        }
        if (error != rc::ok) return error;
    }
    while (place.record < record) {
        Be16 length;
        PASS(get(place.block, place.offset, reinterpret_cast<u8*>(&length), sizeof length));
        if (length == 0) return rc::disk_error;
        u32 const next = place.offset + u32{sizeof length} + length;
        place.block += next / block_size();
        place.offset = next % block_size();
        ++place.record;
    }
    if (record == records + 1) end = place;
    at = place;
    return rc::ok;
}

i32 OpenFile::truncate(const Place& place) {
    u32 const n = place.block + (place.offset != 0 ? 1 : 0);
    changed = true;
    PASS(write_window());
    window.count = 0;
    if (n < blocks || place.offset != 0) {
        PASS(tree.truncate(n, blocks, place.record - 1,
                           place.offset != 0 ? place.offset : block_size()));
    }
    blocks = n;
    records = place.record - 1;
    at = end = place;
    return rc::ok;
}

u32 OpenFile::blocks_needed(u32 length) const {
    return length / block_size() + 2 + tree.depth() + length / block_size() / 40;
}

} // namespace cms::files
