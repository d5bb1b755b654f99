// A count-key-data disk for tests: real channel programs against tracks in memory.
//
// Behaves as a 3350 on a channel that prefetches nothing: command and data chaining,
// TIC, IDAWs, residual counts, incorrect length, file mask, sense.
#pragma once

#include "s370/arch/ckd.h"
#include "s370/machine/channel.h"

#include <map>
#include <vector>

namespace fakes {

class Disk {
  public:
    struct Record {
        s370::ckd::Count count{};
        std::vector<u8> key, data;
    };
    struct Track {
        std::vector<Record> records; // without record 0
        std::vector<u8> record_zero = std::vector<u8>(8);
    };

    // Registers itself at `address` until it is destroyed.
    explicit Disk(u16 address, s370::ckd::Geometry geometry = s370::ckd::geometry_3350);
    ~Disk();
    Disk(const Disk&) = delete;

    Track& track(u16 cylinder, u16 head) { return tracks_[{cylinder, head}]; }
    // Records 1 to n of equal length on a track of a disk that begins at `disk_start`; every
    // byte of record r is r.
    void format(u16 cylinder, u16 head, u32 records, u32 length, u16 disk_start = 0);

    u32 ccws_executed = 0;                   // of the last program
    std::vector<u8> commands;                // it executed, TICs left out
    std::vector<s370::ckd::Address> visited; // where its seeks went

  private:
    struct Channel;
    u8 start(const s370::Ccw* ccws, s370::Csw& csw);
    u16 execute(Channel& channel);
    u16 check(u8 byte0, u8 byte1 = 0);
    u16 seek(Channel& channel, u8 command);
    u16 search(Channel& channel, u8 command);
    u16 read(Channel& channel, u8 command);
    u16 write(Channel& channel, u8 command);
    Record* next_record(bool multitrack);
    s370::ckd::Count zero_count() const;

    u16 address_;
    s370::ckd::Geometry geometry_;
    std::map<s370::ckd::Address, Track> tracks_;
    std::vector<u8> sense_ = std::vector<u8>(24);

    s370::ckd::Address arm_{};
    // Orientation: the record whose count field was seen last; -1 is the index, 0 is record 0.
    int at_ = -1;
    bool data_next_ = false; // its count field matched: the data are next
    u32 index_points_ = 0;
    u8 mask_ = 0;
    bool mask_set_ = false;
};

} // namespace fakes
