#include "cp/guest/channel_program.h"

#include "s370/arch/dat.h"
#include "s370/arch/key.h"

#include <algorithm>
#include <cstring>

namespace cp {

using namespace s370;

namespace {

constexpr u32 block = key_block_size;
constexpr u32 end_of_addresses = 0x1000000;

bool key_allows(GuestStorage& storage, u8 key, u32 address, Direction direction) {
    if (key == 0) return true;
    u8 const storage_key = storage.key(storage.absolute(address));
    return direction == Direction::ToStorage ? storage_key::may_store(storage_key, key)
                                             : storage_key::may_fetch(storage_key, key);
}

} // namespace

u16 fetch_ccw(GuestStorage& storage, u8 key, u32 address, Ccw& ccw) {
    if ((address & 7) != 0 || address >= end_of_addresses) return status::program_check;
    if (!storage.read(storage.absolute(address), ccw)) return status::program_check;
    if (!key_allows(storage, key, address, Direction::ToDevice)) return status::protection_check;
    return 0;
}

u16 check_ccw(const Ccw& ccw, bool data_chained) {
    if ((ccw.flags & Ccw::MustBeZero) != 0 || ccw.count == 0) return status::program_check;
    if (!data_chained && (ccw.command & 0x0F) == 0) return status::program_check;
    return 0;
}

u16 fetch_chained(GuestStorage& storage, u8 key, u32& address, Ccw& ccw, bool data_chained) {
    if (u16 const check = fetch_ccw(storage, key, address, ccw); check != 0) return check;
    if (command::is_tic(ccw.command)) {
        u32 const target = ccw.address;
        if (u16 const check = fetch_ccw(storage, key, target, ccw); check != 0) return check;
        address = target;
        if (command::is_tic(ccw.command)) return status::program_check;
    }
    return check_ccw(ccw, data_chained);
}

bool DataArea::allowed(u32 address, Direction direction) {
    return key_allows(storage_, key_, address, direction);
}

// The first IDAW may point anywhere, the others at 2K blocks.
u16 DataArea::indirect(u32 offset, u32& address) {
    u32 list = ccw_.address;
    if ((list & 3) != 0) return status::program_check;
    Be32 word;
    if (!storage_.read(storage_.absolute(list), word)) return status::program_check;
    if (!allowed(list, Direction::ToDevice)) return status::protection_check;
    u32 const in_first = block - word % block;
    if (offset < in_first) {
        address = word + offset;
        return word >= end_of_addresses ? status::program_check : u16{0};
    }

    offset -= in_first;
    list += 4 * (1 + offset / block);
    if (!storage_.read(storage_.absolute(list), word)) return status::program_check;
    if (!allowed(list, Direction::ToDevice)) return status::protection_check;
    if (word >= end_of_addresses || word % block != 0) return status::program_check;
    address = word + offset % block;
    return 0;
}

DataArea::Piece DataArea::piece(u32 offset) {
    Piece result;
    u32 address = ccw_.address + offset;
    if ((ccw_.flags & Ccw::IndirectData) != 0) {
        result.check = indirect(offset, address);
        if (result.check != 0) return result;
    }
    if (address >= end_of_addresses || !storage_.contains(storage_.absolute(address))) {
        result.check = status::program_check;
    } else if (!allowed(address, direction_)) {
        result.check = status::protection_check;
    } else {
        result.address = storage_.absolute(address);
        result.length = std::min<u32>(block - address % block, ccw_.count - offset);
    }
    return result;
}

ChannelWalker::ChannelWalker(GuestStorage& storage, const ProgramStart& start)
    : storage_(storage), key_(start.ipl ? u8{0} : start.caw.key()), ipl_(start.ipl),
      address_(start.ipl ? 0 : start.caw.address()) {}

void ChannelWalker::begin(bool data_chained) {
    check_ = fetch_chained(storage_, key_, address_, ccw_, data_chained);
    started_ = true;
    if (check_ != 0) {
        left_ = 0;
        return;
    }
    left_ = ccw_.count;
    if ((ccw_.flags & Ccw::ProgramControlled) != 0) {
        controlled_ = true;
        controlled_at_ = address_;
    }
}

bool ChannelWalker::fetch() {
    if (!started_ && ipl_) {
        ccw_ = Ccw(command::read, 0, Ccw::ChainCommand | Ccw::SuppressLength, 24);
        left_ = ccw_.count;
        started_ = true;
        return true;
    }
    if (started_) address_ += 8;
    begin(false);
    return check_ == 0;
}

bool ChannelWalker::next_data() {
    u8 const command = ccw_.command;
    address_ += 8;
    begin(true);
    ccw_.command = command;
    return check_ == 0;
}

u32 ChannelWalker::move(u8* data, u32 length, Direction direction) {
    u32 moved = 0;
    for (;;) {
        bool const skip = direction == Direction::ToStorage && (ccw_.flags & Ccw::Skip) != 0;
        DataArea area(storage_, key_, ccw_, direction);
        while (left_ > 0 && moved < length) {
            u32 n = std::min(left_, length - moved);
            if (!skip) {
                DataArea::Piece const piece = area.piece(ccw_.count - left_);
                check_ = piece.check;
                if (check_ != 0) {
                    executed_ = direction == Direction::ToStorage;
                    return moved;
                }
                n = std::min(n, piece.length);
                u8* const storage = storage_.touch(piece.address);
                if (direction == Direction::ToStorage)
                    std::copy_n(data + moved, n, storage);
                else
                    std::copy_n(storage, n, data + moved);
            }
            moved += n;
            left_ -= n;
        }
        if (left_ > 0 || (ccw_.flags & Ccw::ChainData) == 0) return moved;
        if (!next_data()) return moved;
    }
}

u32 ChannelWalker::take(std::span<u8> to) {
    return move(to.data(), static_cast<u32>(to.size()), Direction::ToDevice);
}

u32 ChannelWalker::put(std::span<const u8> from) {
    // move() only reads from `data` when it moves to storage.
    return move(const_cast<u8*>(from.data()), static_cast<u32>(from.size()), Direction::ToStorage);
}

void ChannelWalker::end_data(bool more) {
    if ((left_ > 0 || more) && !suppresses_length() && check_ == 0) incorrect_length_ = true;
}

bool ChannelWalker::suppresses_length() const {
    return (ccw_.flags & (Ccw::SuppressLength | Ccw::ChainData)) == Ccw::SuppressLength;
}

void ChannelWalker::give(std::span<const u8> bytes) {
    u32 const moved = put(bytes);
    end_data(moved < bytes.size());
}

void ChannelWalker::identify(u16 control_unit, u16 type, u8 model) {
    Be16 const unit = control_unit, device = type;
    u8 bytes[7] = {0xFF};
    std::memcpy(bytes + 1, &unit, 2);
    bytes[3] = model;
    std::memcpy(bytes + 4, &device, 2);
    bytes[6] = model;
    give(bytes);
}

bool give_sense(ChannelWalker& walker, std::span<u8> sense) {
    if (!walker.fetch() || walker.ccw().command != command::sense) return false;
    walker.give(sense);
    std::fill(sense.begin(), sense.end(), u8{0});
    return true;
}

Csw ChannelWalker::csw(u16 unit_status) const {
    u16 status = check_;
    if (check_ == 0 || executed_) status |= unit_status;
    // What the device refuses leaves the count unused.
    bool const refused = (unit_status & (status::unit_check | status::unit_exception)) != 0;
    bool const unused = refused && check_ == 0 && left_ > 0 && !suppresses_length();
    if (incorrect_length_ || unused) status |= status::incorrect_length;
    return {key_, (address_ + 8) & 0xFFFFFF, status, static_cast<u16>(left_)};
}

Csw ChannelWalker::program_controlled() const {
    if (!controlled_) return {};
    return {key_, (controlled_at_ + 8) & 0xFFFFFF, status::program_controlled, 0};
}

} // namespace cp
