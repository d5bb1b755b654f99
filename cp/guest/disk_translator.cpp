#include "cp/guest/disk_translator.h"

#include "s370/machine/storage.h"

#include <algorithm>
#include <new>

namespace cp {

using namespace s370;
namespace disk = s370::ckd::command;

namespace {

constexpr u32 none = RealProgram::none;
constexpr u8 chaining = Ccw::ChainData | Ccw::ChainCommand;
constexpr u8 starts_here = Entry::starts_here;

template <typename T>
T* make(RealProgram& program) {
    u8* const place = program.take(sizeof(T));
    return place == nullptr ? nullptr : ::new (place) T{};
}

} // namespace

// --- Going through the guest's program -------------------------------------------

void DiskTranslator::translate(const DiskCursor& cursor) {
    key_ = cursor.key;
    chained_ = cursor.oriented;
    prefix(cursor);
    if (cursor.ipl) {
        where_ = 0;
        next_ = 8;
        count_ = 24;
        if (!read_ipl(Ccw(disk::read_ipl, 0, Ccw::ChainCommand | Ccw::SuppressLength, 24),
                      cursor.ipl_cylinder)) {
            return;
        }
        run(8);
    } else {
        run(cursor.address);
    }
    resolve_jumps();
}

// Translates from the guest's `address` to the end of that line of CCWs; the index of
// the first entry made. `tic`: where the TIC is that led there.
u32 DiskTranslator::run(u32 address, u32 tic) {
    run_start_ = none;
    for (;;) {
        Ccw ccw;
        count_ = 1;
        flags_ = 0;
        where_ = address;
        controlled_ = false;
        bool const behind_search = joined_ == 2 && search_ != none && last_ == search_;
        bool goes_on = false;

        // Read in by the program itself: not known yet. Nothing can be done about it in the
        // slots behind a search; there the storage counts as it is.
        if (joined_ == 0 && will_be_read(address)) {
            stop_to_resume();
        } else if (u16 const check = fetch_ccw(storage_, key_, address, ccw); check != 0) {
            if (tic != none) where_ = tic;
            goes_on = stop_for(check);
            next_ = address + 8;
        } else if (command::is_tic(ccw.command)) {
            if (tic != none) {
                stop(Ending::Program);
            } else if (behind_search) {
                u32 const target = ccw.address;
                next_ = address + 8;
                bool const loop = target == program_.entry(search_).guest;
                u32 const index = add(Ccw(command::tic, 0, 0, 1));
                if (index != none && loop) {
                    // The second index point ends a search for a record; a home address that
                    // is not found at once would be searched for ever.
                    bool const ends = program_.ccw(search_).command % disk::multitrack !=
                                      disk::search_home_address;
                    if (!ends) too_long_at_ = target;
                    program_.ccw(index).address =
                        machine::real_address(ends ? &program_.ccw(search_) : &too_long_);
                } else if (index != none) {
                    if (Jump* const jump = make<Jump>(program_)) {
                        *jump = {nullptr, index, target};
                        *jumps_tail_ = jump;
                        jumps_tail_ = &jump->next;
                    } else {
                        too_long();
                    }
                }
                goes_on = !full_;
            } else {
                tic = address;
                address = ccw.address;
                continue;
            }
        } else if (u16 const check = check_ccw(ccw, false); check != 0) {
            next_ = address + 8;
            goes_on = stop_for(check);
        } else {
            next_ = address + 8;
            count_ = ccw.count;
            flags_ = ccw.flags;
            controlled_ = (ccw.flags & Ccw::ProgramControlled) != 0;
            goes_on = command(ccw);
        }

        if (full_) break;
        // A chain that ends right behind a search has one more way out: the slot behind it.
        if (!goes_on && joined_ == 0) break;
        address = next_;
        tic = none;
    }
    joined_ = 0;
    search_ = none;
    return run_start_;
}

// Each jump goes to an entry further on, or to a copy made for it: no loops but a
// search's own, so that whatever the guest wrote comes to its end.
void DiskTranslator::resolve_jumps() {
    for (Jump* jump = jumps_; jump != nullptr; jump = jump->next) {
        u32 target = none;
        for (u32 i = jump->index + 1; i < program_.count(); ++i) {
            const Entry& entry = program_.entry(i);
            if (entry.guest == jump->target && (entry.guest_flags & starts_here) != 0) {
                target = i;
                break;
            }
        }
        if (target == none && !full_) target = run(jump->target, program_.entry(jump->index).guest);
        Ccw& tic = program_.ccw(jump->index);
        if (target != none) {
            tic.address = machine::real_address(&program_.ccw(target));
        } else {
            too_long();
            too_long_at_ = jump->target;
            tic.address = machine::real_address(&too_long_);
        }
    }
}

// --- Adding entries --------------------------------------------------------------

// The run ends before a CCW that is not known yet: which record is next, so that the
// search for it can take the program up again.
bool DiskTranslator::stop_to_resume() {
    resume_count_ = program_.take(sizeof(ckd::Count));
    if (resume_count_ == nullptr) return stop(Ending::TooLong);
    add(Ccw(disk::read_count, machine::real_address(resume_count_), 0, sizeof(ckd::Count)),
        Ending::Resume, starts_here);
    return false;
}

void DiskTranslator::take_position() {
    if (need_seek_) add_seek(disk::seek, position_);
}

void DiskTranslator::add_seek(u8 command, ckd::Address to) {
    auto* const argument = reinterpret_cast<Be16*>(program_.take(8));
    Seeked* const seeked = make<Seeked>(program_);
    if (argument == nullptr || seeked == nullptr) return too_long();
    argument[0] = 0;
    argument[1] = static_cast<u16>(to.cylinder + extent().start);
    argument[2] = to.head;
    u32 const index = add(Ccw(command, machine::real_address(argument), Ccw::ChainCommand, 6));
    if (index == none) return;
    *seeked = {seeks_, index, to};
    seeks_ = seeked;
    need_seek_ = false;
}

// SEARCH ID EQUAL and TIC *-8: what follows finds the record at hand.
void DiskTranslator::add_search(const ckd::Count& record) {
    u8* const argument = program_.take(sizeof record);
    if (argument == nullptr) return too_long();
    ::new (argument) ckd::Count(record);
    u32 const index =
        add(Ccw(disk::search_id_equal, machine::real_address(argument), Ccw::ChainCommand, 5));
    if (index == none) return;
    joined_ = 2;
    add(Ccw(command::tic, machine::real_address(&program_.ccw(index)), 0, 1));
}

// The arm stands where the guest's last program left it, not where others' did.
void DiskTranslator::prefix(const DiskCursor& cursor) {
    where_ = cursor.address;
    if (cursor.ipl) return;
    Ccw first;
    bool const own_seek = !cursor.oriented &&
                          fetch_ccw(storage_, key_, cursor.address, first) == 0 &&
                          (first.command == disk::seek || first.command == disk::recalibrate ||
                           first.command == disk::seek_cylinder || first.command == disk::read_ipl);
    if (own_seek) return;
    add_seek(disk::seek, position_);
    if (cursor.oriented) add_search(cursor.next_record);
}

} // namespace cp
