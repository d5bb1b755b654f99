// The channel program that reads or writes one record of a count-key-data disk.
#pragma once

#include "s370/arch/ccw.h"
#include "s370/arch/ckd.h"
#include "s370/machine/storage.h"

namespace cp {

// Lies in real storage while it runs: the CCWs point into it.
class DiskProgram {
  public:
    DiskProgram(u8 command, s370::ckd::Address track, u8 record, const void* data, u32 length)
        : record_(record) {
        using s370::Ccw;
        seek_[2] = track.cylinder;
        seek_[3] = track.head;
        u32 const search_argument = machine::real_address(&seek_[2]);
        ccws_[0] =
            Ccw(s370::ckd::command::seek, machine::real_address(&seek_[1]), Ccw::ChainCommand, 6);
        ccws_[1] = Ccw(s370::ckd::command::search_id_equal, search_argument, Ccw::ChainCommand, 5);
        ccws_[2] = Ccw(s370::command::tic, machine::real_address(&ccws_[1]), 0, 1);
        ccws_[3] = Ccw(command, machine::real_address(data), Ccw::SuppressLength,
                       static_cast<u16>(length));
    }
    DiskProgram(const DiskProgram&) = delete;
    DiskProgram& operator=(const DiskProgram&) = delete;

    const s370::Ccw* ccws() const { return ccws_; }

  private:
    alignas(8) s370::Ccw ccws_[4];
    Be16 seek_[4]; // nothing, BB, CC, HH; then R
    u8 record_;
};

} // namespace cp
