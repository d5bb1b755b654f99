// One track of a count-key-data disk: its records, and the bytes that Hercules
// keeps of it in an image.
//
// In an image a track is a home address (a zero, CC, HH), then for each record
// its count field (CC HH R KL DL), key and data, then eight bytes of X'FF'.
#pragma once

#include "dasd-images/error.h"
#include "s370/arch/ckd.h"

#include <span>
#include <vector>

namespace dasd {

using Bytes = std::vector<u8>;
using s370::ckd::Address;
using s370::ckd::Geometry;

struct Record {
    u8 number = 0;
    Bytes key;
    Bytes data;
};

struct Track {
    Address address;
    std::vector<Record> records; // in the order of the track; record 0 first
    // What the count fields of records 1 and up say: on the tracks of a minidisk its own
    // cylinder, counted from 0 (cp/layout/volume.h).
    u16 record_cylinder = address.cylinder;

    // Null when there is none.
    Record* find(u8 number);
};

// A track with record 0 (8 bytes of zeros) and `count` records from 1 on, zeros. It belongs
// to a disk that begins at cylinder `disk_start` of the volume.
Track formatted_track(Address address, u32 count, u32 length, u32 disk_start = 0);

// Fails when the records do not fit on a track of the device.
Bytes encode(const Track& track, const Geometry& geometry);

// Fails, naming cylinder, head and record, unless `image` is a sound track at `address`.
Track decode(std::span<const u8> image, Address address, const Geometry& geometry);

// "cylinder 1 head 2" and "cylinder 1 head 2 record 3"
std::string place(Address address);
std::string place(Address address, u32 record);

} // namespace dasd
