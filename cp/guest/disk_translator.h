// A guest's channel program for a minidisk: seeks, searches, and what else a disk
// makes of ChannelTranslator.
//
// Where a guest's program reads in the CCWs that it will execute, the end says
// Resume, and the next object goes on there.
#pragma once

#include "cp/guest/channel_translator.h"
#include "cp/guest/disk.h"

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

class DiskTranslator final : public ChannelTranslator {
  public:
    DiskTranslator(GuestStorage& storage, const Minidisk& disk, s370::ckd::Address position)
        : ChannelTranslator(storage), disk_(disk), position_(position) {}

    void translate(const DiskCursor& cursor);
    struct End {
        s370::Csw csw;
        s370::Csw program_controlled{};
        bool resume = false; // csw means nothing then; go on at `cursor`
        DiskCursor cursor{};
    };
    // Fills `sense` with unit check. Storage written by the guest's reads is the guest's view.
    End finish(const IoResult& result, std::span<u8> sense);
    s370::ckd::Address position() const { return position_; }
    // A command may leave the arm at another head than the last seek: sense tells.
    bool multitrack() const { return multitrack_; }

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
    struct Fixup { // where the volume's cylinder is read to: of a home address, record 0 or sense
        Fixup* next;
        u32 index, needed;
        bool sense;
        u32 bytes;
        GuestReal place[3]; // of high and low; of as many sense bytes as there are from 4 on
    };
    struct Range {
        u32 start, end;
    };

    u32 run(u32 address, u32 tic = RealProgram::none);
    void resolve_jumps();
    // These answer false when the run ends at this CCW.
    bool command(s370::Ccw& ccw);
    bool stop_to_resume();
    bool seek(const s370::Ccw& ccw);
    bool search(const s370::Ccw& ccw);
    bool write_record_zero(const s370::Ccw& ccw);
    bool read_ipl(const s370::Ccw& ccw, u16 cylinder);

    void prefix(const DiskCursor& cursor);
    void add_seek(u8 command, s370::ckd::Address to);
    void add_search(const s370::ckd::Count& record);
    void take_position() override;
    void note_read(GuestReal address, u32 length) override;
    void note_data(DataArea& area, const s370::Ccw& ccw, u32 index) override;
    bool will_be_read(u32 address) const;
    void apply_fixups(u32 last, u32 moved);
    bool fixed_already(const Fixup* fixup) const;
    void fix_cylinder(const Fixup& fixup);
    void fix_sense(const Fixup& fixup);
    void note_position(u32 last, const IoResult& result);
    bool inside(s370::ckd::Address at) const;

    const Extent& extent() const { return disk_.extent(); }
    const s370::ckd::Geometry& geometry() const { return disk_.geometry(); }

    const Minidisk& disk_;
    s370::ckd::Address position_; // in the guest's cylinders
    bool multitrack_ = false;
    bool chained_ = false; // a command has been before

    u32 search_ = RealProgram::none; // the entry before is this search
    bool need_seek_ = true;
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
};

} // namespace cp
