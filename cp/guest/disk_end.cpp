#include "cp/guest/disk_translator.h"

#include <algorithm>

namespace cp {

using namespace s370;

namespace {

constexpr u32 none = RealProgram::none;

} // namespace

DiskTranslator::End DiskTranslator::finish(const IoResult& result, std::span<u8> sense) {
    RealEnd const real = real_end(result);
    if (real.index != none) {
        note_position(real.index, result);
        Ccw const& last = program_.ccw(real.index);
        apply_fixups(real.index, last.count - std::min<u32>(last.count, real.count));
    }
    bool const unit_check = (real.status & status::unit_check) != 0;
    if (real.entry.ending != Ending::Resume || (!real.as_planned() && !unit_check))
        return {guest_csw(real, result, sense), program_controlled(real)};

    End end{};
    end.resume = true;
    end.cursor = {.address = real.entry.guest, .key = key_};
    end.cursor.oriented = real.as_planned();
    if (end.cursor.oriented) {
        std::copy_n(resume_count_, sizeof(ckd::Count),
                    reinterpret_cast<u8*>(&end.cursor.next_record));
    }
    return end;
}

bool DiskTranslator::inside(ckd::Address at) const {
    return at.cylinder < extent().cylinders && at.head < geometry().heads;
}

// What the device says, or else the last seek on the way to entry `last`.
void DiskTranslator::note_position(u32 last, const IoResult& result) {
    for (Seeked* seeked = seeks_; seeked != nullptr; seeked = seeked->next) {
        if (seeked->index > last) continue;
        position_ = seeked->to;
        break;
    }
    constexpr u32 told = 7;
    if (result.sense_length < told) return;
    ckd::Address at = ckd::address_of(extent().type, {result.sense[5], result.sense[6]});
    at.cylinder = static_cast<u16>(at.cylinder - extent().start);
    if (inside(at)) position_ = at;
}

// Read more than once to the same place, it is still one cylinder number there.
bool DiskTranslator::fixed_already(const Fixup* fixup) const {
    for (const Fixup* later = fixups_; later != fixup; later = later->next) {
        if (later->place[0].value == fixup->place[0].value) return true;
    }
    return false;
}

// Home addresses, records 0 and sense that were read get the guest's own cylinder.
void DiskTranslator::apply_fixups(u32 last, u32 moved) {
    for (Fixup* fixup = fixups_; fixup != nullptr; fixup = fixup->next) {
        if (fixup->index > last || (fixup->index == last && moved < fixup->needed)) continue;
        if (fixed_already(fixup)) continue;
        if (fixup->sense)
            fix_sense(*fixup);
        else
            fix_cylinder(*fixup);
    }
}

void DiskTranslator::fix_cylinder(const Fixup& fixup) {
    u8 *const high = storage_.touch(fixup.place[0]), *const low = storage_.touch(fixup.place[1]);
    if (high == nullptr || low == nullptr) return;
    u32 const cylinder = u32{*high} << 8 | *low;
    if (cylinder < extent().start) return;
    *high = static_cast<u8>((cylinder - extent().start) >> 8);
    *low = static_cast<u8>(cylinder - extent().start);
}

void DiskTranslator::fix_sense(const Fixup& fixup) {
    u8 spare[3]{};
    u8* sense[3]{&spare[0], &spare[1], &spare[2]};
    for (u32 n = 0; n < fixup.bytes; ++n)
        if (u8* const byte = storage_.touch(fixup.place[n])) sense[n] = byte;
    ckd::Address at = ckd::address_of(extent().type, {*sense[1], *sense[2]});
    at.cylinder = static_cast<u16>(at.cylinder - extent().start);
    ckd::SensedPosition const own = ckd::sensed_position(extent().type, at);
    *sense[0] = disk_.sensed_unit();
    *sense[1] = own.low_cylinder;
    *sense[2] = own.rest;
}

} // namespace cp
