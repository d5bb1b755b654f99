// A guest's channel program for a minidisk made into a real one (DMKCCW), and the
// real end turned into the guest's (DMKUNT).
//
// The rules and the reasons for them: docs/minidisks.md. One object serves one
// real program; where a guest's program reads in the CCWs that it will execute,
// the end says Resume, and the next object goes on there.
#pragma once

#include "cp/guest/channel_program.h"
#include "cp/guest/disk.h"
#include "cp/guest/real_program.h"
#include "cp/io/real_io.h"

namespace cp {

// Where the guest's channel program is to be begun or taken up.
struct DiskCursor {
    u32 address = 0; // of the CCW that is due
    u8 key = 0;
    bool ipl = false; // begin with LOAD's own CCW
    u16 ipl_cylinder = 0;
    bool oriented = false; // taken up before the record that `next_record` names
    s370::ckd::Count next_record{};
};

class DiskTranslator {
  public:
    DiskTranslator(GuestStorage& storage, const Extent& extent, const s370::ckd::Geometry& geometry,
                   s370::ckd::Address position)
        : storage_(storage), extent_(extent), geometry_(geometry), position_(position) {}

    void translate(const DiskCursor& cursor);
    // The real program; nullptr when free storage is out.
    const s370::Ccw* program() { return program_.first(); }

    struct End {
        s370::Csw csw;
        s370::Csw program_controlled{};
        bool resume = false; // csw means nothing then; go on at `cursor`
        DiskCursor cursor{};
    };
    // Fills `sense` with unit check. Storage written by the guest's reads is the guest's view.
    End finish(const IoResult& result, std::span<u8> sense);
    s370::ckd::Address position() const { return position_; }

  private:
    struct Jump { // TIC behind a search, not resolved yet
        Jump* next;
        u32 index, target;
    };
    struct Seeked {
        Seeked* next;
        u32 index;
        s370::ckd::Address to;
    };
    struct Fixup { // the cylinder of a home address or record 0 in the guest's storage
        Fixup* next;
        u32 index, needed;
        GuestReal high, low;
    };
    struct Range {
        u32 start, end;
    };

    u32 run(u32 address, u32 tic = RealProgram::none);
    void resolve_jumps();
    // These answer false when the run ends at this CCW.
    bool command(s370::Ccw& ccw);
    bool seek(const s370::Ccw& ccw);
    bool search(const s370::Ccw& ccw);
    bool write_record_zero(const s370::Ccw& ccw);
    bool read_ipl(const s370::Ccw& ccw, u16 cylinder);
    bool data(s370::Ccw ccw);
    bool no_data(const s370::Ccw& ccw);
    bool copied(const s370::Ccw& ccw, const u8* argument, u32 length);
    bool stop(Ending ending);
    bool stop_for(u16 check);
    bool stop_in_data(u16 check);
    bool after(const s370::Ccw& ccw);

    void prefix(const DiskCursor& cursor);
    u32 add(const s370::Ccw& ccw, Ending ending = Ending::None, u8 guest_flags = 0, u16 lost = 0);
    void add_seek(u8 command, s370::ckd::Address to);
    void add_search(const s370::ckd::Count& record);
    u32 gather(const s370::Ccw& ccw, u8* to, u32 length, s370::Ccw& last);
    u32 indirect_list(DataArea& area, s370::Ccw& real, u16& check);
    void note_fixup(DataArea& area, const s370::Ccw& ccw, u32 index);
    void note_read(GuestReal address, u32 length);
    bool will_be_read(u32 address) const;
    void apply_fixups(u32 last, u32 moved);
    bool fixed_already(const Fixup* fixup) const;
    void note_position(u32 last);
    s370::Csw program_controlled(u32 last);
    void too_long();

    GuestStorage& storage_;
    const Extent& extent_;
    const s370::ckd::Geometry& geometry_;
    s370::ckd::Address position_;
    u8 key_ = 0;

    u32 where_ = 0;                  // the guest's CCW at hand
    u32 count_ = 1;                  // of the CCW at hand
    u32 too_long_at_ = 0;            // the guest's CCW that a jump without an entry stands for
    u32 next_ = 0;                   // the one that follows it
    u32 joined_ = 0;                 // how many entries must still lie behind a search
    u32 search_ = RealProgram::none; // the entry before is this search
    u32 last_ = RealProgram::none;   // the entry before
    u32 run_start_ = RealProgram::none;
    bool need_seek_ = true;
    bool full_ = false;
    bool controlled_ = false; // the CCW at hand has the flag of a program-controlled one
    u8* resume_count_ = nullptr;
    alignas(8) s370::Ccw too_long_{s370::command::noop, 0, s370::Ccw::SuppressLength,
                                   1}; // for jumps without an entry
    Jump* jumps_ = nullptr;
    Jump** jumps_tail_ = &jumps_;
    Seeked* seeks_ = nullptr;
    Fixup* fixups_ = nullptr;
    static constexpr u32 most_ranges = 32;
    Range ranges_[most_ranges];
    u32 range_count_ = 0;
    RealProgram program_;
};

} // namespace cp
