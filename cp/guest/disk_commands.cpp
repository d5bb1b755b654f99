#include "cp/guest/disk_translator.h"

#include "s370/machine/storage.h"

#include <algorithm>
#include <new>
#include <utility>

namespace cp {

using namespace s370;
namespace disk = s370::ckd::command;

namespace {

constexpr u32 none = RealProgram::none;
constexpr u8 starts_here = Entry::starts_here;
constexpr u32 longest_argument = 256;

u8 without_multitrack(u8 command) { return command & static_cast<u8>(~disk::multitrack); }

bool is_search(u8 command) {
    switch (without_multitrack(command)) {
    case disk::search_id_equal:
    case disk::search_id_high:
    case disk::search_id_high_equal:
    case disk::search_key_equal:
    case disk::search_key_high:
    case disk::search_key_high_equal:
    case disk::search_home_address: return true;
    default: return false;
    }
}

bool is_search_id(u8 command) { return is_search(command) && (command & 0x0F) == 1; }

bool is_read(u8 command) {
    switch (without_multitrack(command)) {
    case disk::read_data:
    case disk::read_key_data:
    case disk::read_count:
    case disk::read_count_key_data:
    case disk::read_r0:
    case disk::read_home_address: return true;
    default: return false;
    }
}

bool is_write(u8 command) {
    switch (command) {
    case disk::write_data:
    case disk::write_key_data:
    case disk::write_count_key_data:
    case disk::write_special_count_key_data:
    case disk::write_r0:
    case disk::write_home_address:
    case disk::erase: return true;
    default: return false;
    }
}

template <typename T>
T* make(RealProgram& program) {
    u8* const place = program.take(sizeof(T));
    return place == nullptr ? nullptr : ::new (place) T{};
}

} // namespace

// --- Which command is what

bool DiskTranslator::command(Ccw& ccw) {
    u8 const command = ccw.command;
    bool const chained = std::exchange(chained_, true);
    if (is_write(command)) {
        if (extent().read_only) return stop(Ending::FileProtect);
        if (command == disk::write_home_address) return stop(Ending::CommandReject);
        if (command == disk::write_r0) return write_record_zero(ccw);
        return data(ccw);
    }
    if (is_search(command) || is_read(command)) {
        if ((command & disk::multitrack) != 0) multitrack_ = true;
        return is_read(command) ? data(ccw) : search(ccw);
    }
    switch (command) {
    case disk::seek:
    case disk::seek_cylinder:
    case disk::seek_head:
    case disk::recalibrate: return seek(ccw);
    case disk::read_ipl: return joined_ > 1 ? stop(Ending::CommandReject) : read_ipl(ccw, 0);
    case command::noop: return no_data(ccw);
    case disk::reserve:
    case disk::unconditional_reserve: // only as the first command
        if (chained) return stop(Ending::OutOfSequence);
        [[fallthrough]];
    case disk::release: // of the minidisk: nothing to hold; both give the sense bytes
        ccw.command = command::sense;
        return data(ccw);
    case command::sense:
    case command::sense_id:
    case disk::set_file_mask:
    case disk::set_sector:
    case disk::read_sector:
    case disk::space_count: return data(ccw);
    default: return stop(Ending::CommandReject);
    }
}

// --- Control commands ------------------------------------------------------------

bool DiskTranslator::seek(const Ccw& guest) {
    Ccw ccw = guest;
    ckd::Address to = position_;
    if (seeks_ != nullptr) to = seeks_->to;
    constexpr u16 count = 6, place = 8;
    if (guest.command == disk::recalibrate) {
        to = {};
    } else {
        Be16 argument[4]{};
        u32 const got = gather(guest, reinterpret_cast<u8*>(argument), 8, ccw);
        if (got == 0) return false;
        count_ = guest.count - std::min<u32>(guest.count, count); // even when refused, it was moved
        if (got < 6) return stop(Ending::TooShort);
        if (guest.command != disk::seek_head) to.cylinder = argument[1];
        to.head = argument[2];
        if (argument[0] != 0 || !inside(to)) return stop(Ending::SeekCheck);
    }

    u8 const command = guest.command == disk::recalibrate ? disk::seek : guest.command;
    add_seek(command, to);
    if (full_) return false;
    Ccw& real = program_.ccw(last_);
    Entry& entry = program_.entry(last_);
    entry.guest_flags = starts_here;
    real.flags = ccw.flags & (Ccw::ChainCommand | Ccw::SuppressLength);
    // As much too long as the guest's, where that is possible; recalibrate takes nothing.
    bool const data_chain = (guest.flags & Ccw::ChainData) != 0;
    if (guest.command == disk::recalibrate) {
        real.count = count + 1;
        entry.lost = static_cast<u16>(guest.count - 1);
    } else if (!data_chain) {
        real.count = std::min<u16>(guest.count, place);
        entry.lost = static_cast<u16>(guest.count - real.count);
    }
    return after(ccw);
}

// Home addresses and records 0 carry the volume's cylinders, all else the guest's own.
bool DiskTranslator::search(const Ccw& guest) {
    u8 argument[longest_argument];
    bool const home_address = without_multitrack(guest.command) == disk::search_home_address;
    u32 const wanted = home_address ? 4 : is_search_id(guest.command) ? 5 : 0;
    bool const data_chain = (guest.flags & Ccw::ChainData) != 0;
    Ccw ccw = guest;
    bool goes_on = false;

    // What is too much for the device lets it tell of a wrong length.
    constexpr u32 too_much = 8;
    u32 const length = data_chain ? longest_argument : wanted == 0 ? 0 : too_much;
    u32 const got = length == 0 ? 0 : gather(guest, argument, length, ccw);
    if (length != 0 && got == 0) return false;
    bool const relocate = home_address ? got >= 4 : wanted == 5 && got >= 5 && argument[4] == 0;
    if (relocate) {
        u32 const cylinder = (u32{argument[0]} << 8 | argument[1]) + extent().start;
        argument[0] = static_cast<u8>(cylinder >> 8);
        argument[1] = static_cast<u8>(cylinder);
    }
    if (relocate || data_chain) {
        ccw.command = guest.command;
        if (data_chain) ccw.count = static_cast<u16>(got);
        goes_on = copied(ccw, argument, got);
    } else {
        goes_on = data(guest);
    }
    if (goes_on && last_ != none && program_.entry(last_).ending == Ending::None) {
        joined_ = 2;
        search_ = last_;
    }
    return goes_on;
}

bool DiskTranslator::write_record_zero(const Ccw& guest) {
    u8 record[longest_argument];
    Ccw ccw;
    if (guest.count > longest_argument) return stop(Ending::CommandReject);
    u32 const got = gather(guest, record, longest_argument, ccw);
    if (got == 0) return false;
    if (got < sizeof(ckd::Count)) return stop(Ending::CommandReject);
    u32 const cylinder = (u32{record[0]} << 8 | record[1]) + extent().start;
    record[0] = static_cast<u8>(cylinder >> 8);
    record[1] = static_cast<u8>(cylinder);
    ccw.command = guest.command;
    ccw.count = static_cast<u16>(got);
    return copied(ccw, record, got);
}

bool DiskTranslator::read_ipl(const Ccw& ccw, u16 cylinder) {
    if (cylinder >= extent().cylinders) return stop(Ending::SeekCheck);
    add_seek(disk::seek, {cylinder, 0});
    ckd::Count record{};
    record.cylinder = cylinder;
    record.record = 1;
    add_search(record);
    Ccw read = ccw;
    read.command = disk::read_data;
    return data(read);
}

void DiskTranslator::note_read(GuestReal address, u32 length) {
    if (range_count_ > 0 && ranges_[range_count_ - 1].end == address.value) {
        ranges_[range_count_ - 1].end += length;
    } else if (range_count_ < most_ranges) {
        ranges_[range_count_++] = {address.value, address.value + length};
    }
}

bool DiskTranslator::will_be_read(u32 address) const {
    for (u32 i = 0; i < range_count_; ++i) {
        if (address + 8 > ranges_[i].start && address < ranges_[i].end) return true;
    }
    return false;
}

void DiskTranslator::note_data(DataArea& area, const Ccw& ccw, u32 index) {
    u8 const command = without_multitrack(ccw.command);
    bool const sense = command == command::sense, home_address = command == disk::read_home_address;
    if (!sense && !home_address && command != disk::read_r0) return;
    constexpr u32 sensed_unit = 4;
    u32 const first = sense ? sensed_unit : home_address ? 1 : 0; // behind the flag byte
    u32 const all = sense ? 3 : 2, least = sense ? 1 : all;
    if (ccw.count < first + least || (ccw.flags & Ccw::Skip) != 0) return;
    Fixup* const fixup = make<Fixup>(program_);
    if (fixup == nullptr) return;
    fixup->bytes = std::min<u32>(all, ccw.count - first);
    for (u32 n = 0; n < fixup->bytes; ++n) {
        DataArea::Piece const piece = area.piece(first + n);
        if (piece.check != 0) return;
        fixup->place[n] = piece.address;
    }
    fixup->next = fixups_;
    fixup->index = index;
    fixup->needed = first + fixup->bytes;
    fixup->sense = sense;
    fixups_ = fixup;
}

} // namespace cp
