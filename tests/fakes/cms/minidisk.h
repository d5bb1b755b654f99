// A minidisk in memory for CMS under test: it answers SIO, and DIAGNOSE 18, 20 and 24.
#pragma once

#include "s370/arch/ccw.h"
#include "s370/arch/ckd.h"

#include <functional>
#include <span>
#include <vector>

namespace fakes {

class Minidisk {
  public:
    Minidisk(u16 device, u32 cylinders,
             const s370::ckd::Geometry& geometry = s370::ckd::geometry_3350);
    Minidisk(const Minidisk&) = delete;
    ~Minidisk();

    // All blocks of `size` bytes, zeros, as FORMAT leaves the tracks.
    void make_blocks(u32 size);
    // The bytes of a block of the size that make_blocks() or CMS gave the tracks.
    std::span<u8> block(u32 number);
    u32 blocks_per_cylinder() const;
    // What is on the disk, to be put back later.
    void save() { saved_ = tracks_; }
    void restore() { tracks_ = saved_; }

    // This many more records are written, then the machine is dead: nothing is read or written.
    void die_after(i32 writes) { writes_left_ = writes; }
    bool dead() const { return writes_left_ == 0; }
    void revive() { writes_left_ = -1; }

    bool read_only = false;
    u32 requests = 0;                                 // SIOs and DIAGNOSEs that moved data
    u32 writes = 0;                                   // records written
    std::function<bool(u32 block, bool writing)> bad; // true: an equipment check there
    std::function<void(u32 block)> on_write;

  private:
    struct Track {
        std::vector<std::vector<u8>> records; // from record 1
    };
    struct Outcome {
        u16 status = 0;
        u8 sense[2]{};
    };
    Outcome run(const s370::Ccw* ccw);
    bool transfer(const s370::Ccw& ccw, Outcome& outcome);
    static Outcome unit_check(u8 sense0, u8 sense1);
    friend void answer_diagnoses();

    u16 device_;
    u32 cylinders_;
    s370::ckd::Geometry geometry_;
    std::vector<Track> tracks_, saved_;
    i32 writes_left_ = -1;
    // Of the channel program that runs.
    u32 track_ = 0;
    u32 record_ = 0; // that search found; 0 = the track's beginning
    Outcome last_;
};

// The DIAGNOSEs reach the disks that are there.
void answer_diagnoses();

} // namespace fakes
