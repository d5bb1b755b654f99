#include "cp/guest/channel_translator.h"

#include "s370/arch/ckd.h"
#include "s370/machine/storage.h"

#include <algorithm>

namespace cp {

using namespace s370;

namespace {

constexpr u32 none = RealProgram::none;
constexpr u8 chaining = Ccw::ChainData | Ccw::ChainCommand;
constexpr u8 starts_here = Entry::starts_here;
constexpr u32 longest_argument = 256;
constexpr u16 ended = status::channel_end | status::device_end;
constexpr u16 normal = ended | status::status_modifier | status::incorrect_length;

// Format 0 of the 3350's sense: byte 7 is the message.
constexpr u32 message_byte = 7;
constexpr u8 message_invalid_command = 1, message_invalid_sequence = 2, message_too_short = 3,
             message_seek_outside = 4;

void set_sense(std::span<u8> sense, u8 byte0, u8 byte1, u8 message) {
    std::fill(sense.begin(), sense.end(), u8{0});
    sense[0] = byte0;
    if (sense.size() > 1) sense[1] = byte1;
    if (sense.size() > message_byte) sense[message_byte] = message;
}

// What CP says in the place of the device or the channel.
u16 synthetic_status(Ending ending, std::span<u8> sense) {
    switch (ending) {
    case Ending::CommandReject:
        set_sense(sense, sense::command_reject, 0, message_invalid_command);
        return ended | status::unit_check;
    case Ending::OutOfSequence:
        set_sense(sense, sense::command_reject, 0, message_invalid_sequence);
        return ended | status::unit_check;
    case Ending::SeekCheck:
        set_sense(sense, sense::command_reject, 0, message_seek_outside);
        return ended | status::unit_check;
    case Ending::TooShort:
        set_sense(sense, sense::command_reject, 0, message_too_short);
        return ended | status::unit_check;
    case Ending::FileProtect:
        set_sense(sense, sense::command_reject, ckd::sense1_file_protected,
                  message_invalid_command);
        return ended | status::unit_check;
    // What keeps a command from the device leaves no unit status.
    case Ending::Protection: return status::protection_check;
    case Ending::FullProtection: return ended | status::protection_check;
    case Ending::TooLong: return ended | status::channel_control_check;
    case Ending::FullProgram: return ended | status::program_check;
    default: return status::program_check;
    }
}

} // namespace

// --- Adding entries --------------------------------------------------------------

u32 ChannelTranslator::add(const Ccw& ccw, Ending ending, u8 guest_flags, u16 lost) {
    if (full_) return none;
    if (controlled_) guest_flags |= Ccw::ProgramControlled;
    u32 const index = program_.add(ccw, Entry{where_, ending, guest_flags, lost}, joined_ > 0);
    if (index == none) {
        too_long();
        return none;
    }
    last_ = index;
    if (run_start_ == none) run_start_ = index;
    if (joined_ > 0) --joined_;
    return index;
}

// No entry is left: what is there ends the program.
void ChannelTranslator::too_long() {
    full_ = true;
    if (last_ != none) {
        Ccw& last = program_.ccw(last_);
        if (!command::is_tic(last.command)) {
            last.flags &= static_cast<u8>(~chaining);
            last.flags |= Ccw::SuppressLength;
            program_.entry(last_).ending = Ending::TooLong;
        }
    }
}

// Whether the run goes on behind `ccw`.
bool ChannelTranslator::after(const Ccw& ccw) { return (ccw.flags & chaining) != 0; }

bool ChannelTranslator::stop(Ending ending) {
    // Nothing was moved: the residual count is the guest's count.
    add(Ccw(command::noop, 0, Ccw::SuppressLength, 1), ending,
        starts_here | (flags_ & Ccw::SuppressLength), static_cast<u16>(count_ - 1));
    return false;
}

bool ChannelTranslator::stop_for(u16 check) {
    return stop(check == status::protection_check ? Ending::Protection : Ending::Program);
}

// The data-chained CCW that follows is wrong: a check once the entry before is used up.
bool ChannelTranslator::stop_in_data(u16 check) {
    if (last_ == none) return false;
    Ccw& ccw = program_.ccw(last_);
    Entry& entry = program_.entry(last_);
    ccw.flags &= static_cast<u8>(~chaining);
    ccw.flags |= Ccw::SuppressLength;
    entry.ending = check == status::protection_check ? Ending::FullProtection : Ending::FullProgram;
    return false;
}

// --- Data ------------------------------------------------------------------------

// The argument of a command through its data chain, at most `length` bytes. `last` becomes
// the CCW that ends the chain. Answers the bytes there were; 0 after stop().
u32 ChannelTranslator::gather(const Ccw& ccw, u8* to, u32 length, Ccw& last) {
    u32 got = 0;
    u32 chained = 0;
    last = ccw;
    for (;;) {
        DataArea area(storage_, key_, last, Direction::ToDevice);
        for (u32 offset = 0; offset < last.count && got < length;) {
            DataArea::Piece const piece = area.piece(offset);
            if (piece.check != 0) {
                stop_for(piece.check);
                return 0;
            }
            u32 const n = std::min(piece.length, length - got);
            std::copy_n(storage_.touch(piece.address), n, to + got);
            got += n;
            offset += n;
        }
        if ((last.flags & Ccw::ChainData) == 0) return got;
        u32 address = next_;
        if (++chained > longest_argument) {
            stop(Ending::TooLong);
            return 0;
        }
        if (u16 const check = fetch_chained(storage_, key_, address, last, true); check != 0) {
            stop_for(check);
            return 0;
        }
        next_ = address + 8;
    }
}

// A command whose argument CP has copied and perhaps changed.
bool ChannelTranslator::copied(const Ccw& ccw, const u8* argument, u32 length) {
    u8* const place = program_.take(round_up(length, 8));
    if (place == nullptr) {
        too_long();
        return false;
    }
    std::copy_n(argument, length, place);
    u16 const count = static_cast<u16>(std::min<u32>(ccw.count, length));
    add(Ccw(ccw.command, machine::real_address(place),
            ccw.flags & (Ccw::ChainCommand | Ccw::SuppressLength), count),
        Ending::None, starts_here, static_cast<u16>(ccw.count - count));
    return after(ccw);
}

bool ChannelTranslator::no_data(const Ccw& ccw) {
    take_position();
    add(Ccw(ccw.command, 0, (ccw.flags & Ccw::ChainCommand) | Ccw::SuppressLength, 1), Ending::None,
        starts_here, static_cast<u16>(ccw.count - 1));
    return after(ccw);
}

// The real addresses of the area in `real`: direct when they follow one another, else a
// list. Answers the bytes covered; fewer than the count when `check` says why.
u32 ChannelTranslator::indirect_list(DataArea& area, Ccw& real, u16& check) {
    constexpr u32 most = 65536 / key_block_size + 2;
    u32 words[most];
    u32 used = 0, covered = 0, end = 0;
    bool contiguous = true;
    bool const reads = direction_of(real.command) == Direction::ToStorage;
    while (covered < real.count && used < most) {
        DataArea::Piece const piece = area.piece(covered);
        if (piece.check != 0) {
            check = piece.check;
            break;
        }
        u32 const address = machine::real_address(storage_.touch(piece.address));
        if (used > 0 && address != end) contiguous = false;
        end = address + piece.length;
        words[used++] = address;
        covered += piece.length;
        if (reads) note_read(piece.address, piece.length);
    }
    if (covered == 0) return 0;
    if (contiguous) {
        real.flags &= static_cast<u8>(~Ccw::IndirectData);
        real.address = words[0];
        return covered;
    }
    auto* const list = reinterpret_cast<Be32*>(program_.take(4 * used));
    if (list == nullptr) return 0;
    std::copy_n(words, used, list);
    real.flags |= Ccw::IndirectData;
    real.address = machine::real_address(list);
    return covered;
}

// A command that moves data to or from the guest's storage, with those chained to it.
bool ChannelTranslator::data(Ccw ccw) {
    take_position();
    u8 const command = ccw.command;
    u8 start = starts_here;
    if (joined_ == 2 && (ccw.flags & Ccw::ChainData) != 0) return stop(Ending::TooLong);

    for (;;) {
        Ccw real(command, 0, ccw.flags & (chaining | Ccw::SuppressLength), ccw.count);
        Direction const direction = direction_of(command);
        DataArea area(storage_, key_, ccw, direction);
        Ending ending = Ending::None;
        u16 lost = 0;
        if (direction == Direction::ToStorage && (ccw.flags & Ccw::Skip) != 0) {
            real.flags |= Ccw::Skip;
        } else {
            u16 check = 0;
            u32 const covered = indirect_list(area, real, check);
            if (covered == 0 && check == 0) {
                too_long();
                return false;
            }
            bool const executed = direction == Direction::ToStorage && start != 0;
            if (covered == 0 && !executed)
                return start != 0 ? stop_for(check) : stop_in_data(check);
            if (covered < ccw.count) {
                bool const protection = check == status::protection_check;
                ending = direction == Direction::ToDevice
                             ? (protection ? Ending::Protection : Ending::Program)
                             : (protection ? Ending::FullProtection : Ending::FullProgram);
                lost = static_cast<u16>(ccw.count - covered);
                real.count = static_cast<u16>(covered);
                if (covered == 0) { // read all the same, to nowhere
                    real.count = 1;
                    real.flags |= Ccw::Skip;
                }
                real.flags &= static_cast<u8>(~chaining);
                real.flags |= Ccw::SuppressLength;
            }
        }
        u8 const kept = ccw.flags & (chaining | Ccw::SuppressLength);
        u32 const index = add(real, ending, kept | start, lost);
        if (index == none) return false;
        if (start != 0) note_data(area, ccw, index);
        if (ending != Ending::None) return false;
        if ((ccw.flags & Ccw::ChainData) == 0) return after(ccw);

        start = 0;
        u32 address = next_;
        if (u16 const check = fetch_chained(storage_, key_, address, ccw, true); check != 0) {
            where_ = address;
            return stop_in_data(check);
        }
        where_ = address;
        next_ = address + 8;
        controlled_ = (ccw.flags & Ccw::ProgramControlled) != 0;
    }
}

// --- The end ---------------------------------------------------------------------

bool ChannelTranslator::RealEnd::as_planned() const {
    return (status & static_cast<u16>(~normal)) == 0;
}

ChannelTranslator::RealEnd ChannelTranslator::real_end(const IoResult& result) {
    RealEnd end;
    // A successful search has stepped over the CCW behind it even where it ends the program.
    if ((result.csw.status & status::status_modifier) != 0) end.behind = 16;
    end.index = program_.index_of((result.csw.address - end.behind) & 0xFFFFFF);
    end.entry = {too_long_at_, Ending::TooLong, 0, 0};
    if (end.index != none) end.entry = program_.entry(end.index);
    end.status = result.csw.status & static_cast<u16>(~status::attention);
    end.count = result.csw.count;
    return end;
}

// A command that CP refuses in the place of the device has left its count unused.
bool ChannelTranslator::wrong_length(u16 status, const RealEnd& end) {
    bool const refused = (status & status::unit_check) != 0;
    bool const suppressed = (end.entry.guest_flags & Ccw::SuppressLength) != 0;
    return refused && !suppressed && static_cast<u16>(end.count + end.entry.lost) != 0;
}

Csw ChannelTranslator::guest_csw(const RealEnd& end, const IoResult& result, std::span<u8> sense) {
    if (result.condition_code != 0) {
        set_sense(sense, sense::intervention_required, 0, 0);
        u32 const guest = program_.count() == 0 ? 0 : program_.entry(0).guest;
        return {key_, (guest + 8) & 0xFFFFFF, ended | status::unit_check, 0};
    }
    Entry const& entry = end.entry;
    u16 status = end.status;
    if (entry.ending == Ending::FullProgram || entry.ending == Ending::FullProtection) {
        bool const suppressed = (entry.guest_flags & Ccw::SuppressLength) != 0;
        if (end.as_planned() && end.count == 0)
            status = synthetic_status(entry.ending, sense);
        else if (end.as_planned() && !suppressed)
            status |= status::incorrect_length;
    } else if (entry.ending != Ending::None && end.as_planned()) {
        status = synthetic_status(entry.ending, sense);
        if (wrong_length(status, end)) status |= status::incorrect_length;
    }
    if ((end.status & status::unit_check) != 0) {
        u32 const n = std::min<u32>(result.sense_length, static_cast<u32>(sense.size()));
        std::fill(sense.begin(), sense.end(), u8{0});
        std::copy_n(result.sense, n, sense.begin());
    }
    return {key_, (entry.guest + end.behind) & 0xFFFFFF, status,
            static_cast<u16>(end.count + entry.lost)};
}

Csw ChannelTranslator::program_controlled(const RealEnd& end) {
    if (end.index == none) return {};
    for (u32 i = end.index + 1; i-- > 0;) {
        Entry const& entry = program_.entry(i);
        if ((entry.guest_flags & Ccw::ProgramControlled) != 0)
            return {key_, (entry.guest + 8) & 0xFFFFFF, status::program_controlled, 0};
    }
    return {};
}

} // namespace cp
