#include "cp/guest/disk_translator.h"

#include <algorithm>

namespace cp {

using namespace s370;

namespace {

constexpr u32 none = RealProgram::none;
constexpr u16 ended = status::channel_end | status::device_end;
constexpr u16 normal = ended | status::status_modifier | status::incorrect_length;

// Format 0 of the 3350's sense: byte 7 is the message.
constexpr u32 message_byte = 7;
constexpr u8 message_invalid_command = 1, message_too_short = 3, message_seek_outside = 4;

void set_sense(std::span<u8> sense, u8 byte0, u8 byte1, u8 message) {
    std::fill(sense.begin(), sense.end(), u8{0});
    sense[0] = byte0;
    sense[1] = byte1;
    sense[message_byte] = message;
}

// What CP says in the place of the device or the channel.
u16 synthetic_status(Ending ending, std::span<u8> sense) {
    switch (ending) {
    case Ending::CommandReject:
        set_sense(sense, sense::command_reject, 0, message_invalid_command);
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

DiskTranslator::End DiskTranslator::finish(const IoResult& result, std::span<u8> sense) {
    End end{};
    if (result.condition_code != 0) {
        set_sense(sense, sense::intervention_required, 0, 0);
        u32 const guest = program_.count() == 0 ? 0 : program_.entry(0).guest;
        end.csw = {key_, (guest + 8) & 0xFFFFFF, ended | status::unit_check, 0};
        return end;
    }

    u32 const index = program_.index_of((result.csw.address - 8) & 0xFFFFFF);
    Entry entry{too_long_at_, Ending::TooLong, 0, 0};
    if (index != none) entry = program_.entry(index);
    u16 status = result.csw.status & static_cast<u16>(~status::attention);
    u16 const count = result.csw.count;

    if (index != none) {
        note_position(index);
        u32 const moved =
            program_.ccw(index).count - std::min<u32>(program_.ccw(index).count, count);
        apply_fixups(index, moved);
    }

    bool const as_planned = (status & static_cast<u16>(~normal)) == 0;
    bool const unit_check = (status & status::unit_check) != 0;
    if (entry.ending == Ending::Resume && (as_planned || unit_check)) {
        end.resume = true;
        end.cursor = {.address = entry.guest, .key = key_};
        end.cursor.oriented = as_planned;
        if (as_planned) {
            std::copy_n(resume_count_, sizeof(ckd::Count),
                        reinterpret_cast<u8*>(&end.cursor.next_record));
        }
        return end;
    }
    if (entry.ending == Ending::FullProgram || entry.ending == Ending::FullProtection) {
        bool const suppressed = (entry.guest_flags & Ccw::SuppressLength) != 0;
        if (as_planned && count == 0)
            status = synthetic_status(entry.ending, sense);
        else if (as_planned && !suppressed)
            status |= status::incorrect_length;
    } else if (entry.ending != Ending::None && as_planned) {
        status = synthetic_status(entry.ending, sense);
    }
    if (unit_check) {
        u32 const n = std::min<u32>(result.sense_length, static_cast<u32>(sense.size()));
        std::fill(sense.begin(), sense.end(), u8{0});
        std::copy_n(result.sense, n, sense.begin());
    }
    if (index != none) end.program_controlled = program_controlled(index);
    end.csw = {key_, (entry.guest + 8) & 0xFFFFFF, status, static_cast<u16>(count + entry.lost)};
    return end;
}

// The last seek on the way to entry `last` says where the arm stands.
void DiskTranslator::note_position(u32 last) {
    for (Seeked* seeked = seeks_; seeked != nullptr; seeked = seeked->next) {
        if (seeked->index <= last) {
            position_ = seeked->to;
            return;
        }
    }
}

// The last of the interruptions that the program asked for on its way to entry `last`.
Csw DiskTranslator::program_controlled(u32 last) {
    for (u32 i = last + 1; i-- > 0;) {
        Entry const& entry = program_.entry(i);
        if ((entry.guest_flags & Ccw::ProgramControlled) != 0)
            return {key_, (entry.guest + 8) & 0xFFFFFF, status::program_controlled, 0};
    }
    return {};
}

// Read more than once to the same place, it is still one cylinder number there.
bool DiskTranslator::fixed_already(const Fixup* fixup) const {
    for (const Fixup* later = fixups_; later != fixup; later = later->next) {
        if (later->high.value == fixup->high.value) return true;
    }
    return false;
}

// Home addresses and records 0 that were read get the guest's own cylinder.
void DiskTranslator::apply_fixups(u32 last, u32 moved) {
    for (Fixup* fixup = fixups_; fixup != nullptr; fixup = fixup->next) {
        if (fixup->index > last || (fixup->index == last && moved < fixup->needed)) continue;
        if (fixed_already(fixup)) continue;
        u8 *const high = storage_.touch(fixup->high), *const low = storage_.touch(fixup->low);
        if (high == nullptr || low == nullptr) continue;
        u32 const cylinder = u32{*high} << 8 | *low;
        if (cylinder < extent_.start) continue;
        *high = static_cast<u8>((cylinder - extent_.start) >> 8);
        *low = static_cast<u8>(cylinder - extent_.start);
    }
}

} // namespace cp
