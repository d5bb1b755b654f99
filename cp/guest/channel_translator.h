// A guest's channel program made into a real one (DMKCCW), and the real end turned
// into the guest's (DMKUNT): what is the same for every real device that a guest reaches.
//
// docs/minidisks.md has the rules and the reasons for them. A kind of device derives
// from this: it goes through the guest's CCWs and decides for each command what
// becomes of it. One object serves one real program.
#pragma once

#include "cp/guest/channel_program.h"
#include "cp/guest/real_program.h"
#include "cp/io/real_io.h"

namespace cp {

class ChannelTranslator {
  public:
    // The real program; nullptr when free storage is out.
    const s370::Ccw* program() { return program_.first(); }
    RealProgram& real_program() { return program_; }

  protected:
    explicit ChannelTranslator(GuestStorage& storage) : storage_(storage) {}
    ~ChannelTranslator() = default;

    // Before a command that needs what the device's position is (the arm of a disk).
    virtual void take_position() {}
    // A read will change this storage.
    virtual void note_read(GuestReal, u32) {}
    // Entry `index` is the first of a command whose data are at `area`.
    virtual void note_data(DataArea&, const s370::Ccw&, u32) {}

    // These answer false when the run ends at this CCW.
    bool data(s370::Ccw ccw);           // moves data to or from the guest's storage
    bool no_data(const s370::Ccw& ccw); // moves none
    bool copied(const s370::Ccw& ccw, const u8* argument, u32 length); // CP's copy of its data
    bool stop(Ending ending); // an end by CP, in the place of the device
    bool stop_for(u16 check);
    static bool after(const s370::Ccw& ccw);

    u32 add(const s370::Ccw& ccw, Ending ending = Ending::None, u8 guest_flags = 0, u16 lost = 0);
    u32 gather(const s370::Ccw& ccw, u8* to, u32 length, s370::Ccw& last);
    void too_long();

    // Where the real program ended.
    struct RealEnd {
        u32 index = RealProgram::none;
        Entry entry{};
        u16 status = 0, count = 0;
        u32 behind = 8; // how far the CSW's address lies behind the CCW
        // Nothing but what the program meant: CP's own end, if there is one, counts.
        bool as_planned() const;
    };
    RealEnd real_end(const IoResult& result);
    // The guest's CSW for it. Fills `sense` with unit check.
    s370::Csw guest_csw(const RealEnd& end, const IoResult& result, std::span<u8> sense);
    // That of the last program-controlled interruption on the way there, status 0 for none.
    s370::Csw program_controlled(const RealEnd& end);

    GuestStorage& storage_;
    u8 key_ = 0;

    u32 where_ = 0;                // the guest's CCW at hand
    u32 count_ = 1;                // of the CCW at hand
    u8 flags_ = 0;                 // the same
    u32 too_long_at_ = 0;          // the guest's CCW that a jump without an entry stands for
    u32 next_ = 0;                 // the one that follows it
    u32 joined_ = 0;               // how many entries must still lie behind a search
    u32 last_ = RealProgram::none; // the entry before
    u32 run_start_ = RealProgram::none;
    bool full_ = false;
    bool controlled_ = false; // the CCW at hand has the flag of a program-controlled one
    RealProgram program_;

  private:
    bool stop_in_data(u16 check);
    static bool wrong_length(u16 status, const RealEnd& end);
    u32 indirect_list(DataArea& area, s370::Ccw& real, u16& check);
};

} // namespace cp
