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
        note_position(real.index);
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

// The last seek on the way to entry `last` says where the arm stands.
void DiskTranslator::note_position(u32 last) {
    for (Seeked* seeked = seeks_; seeked != nullptr; seeked = seeked->next) {
        if (seeked->index <= last) {
            position_ = seeked->to;
            return;
        }
    }
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
