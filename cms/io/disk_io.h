// Blocks of a CMS minidisk, read and written where they lie (DMSDIO).
//
// GC20-1807 "DIAGNOSE" codes 18, 20 and 24. In a virtual machine up to fifteen blocks
// of a cylinder go in one DIAGNOSE 18 (code 20 when they are longer than 2048 bytes,
// and after an error, for its sense); on a bare CPU in one SIO. A call waits for its I/O,
// runs disabled and retries. Buffers lie in the machine's storage, never on the host's.
#pragma once

#include "s370/base/types.h"

#include <span>

namespace cms::io {

// Where blocks lie: found by identify(), and set_block_size() once the label is known.
struct Disk {
    u16 device = 0;
    u8 type = 0; // disk_type of devtab.h
    bool read_only = false;
    u16 heads = 0;
    u16 blocks_per_track = 0;
    u16 block_size = 0;

    u32 blocks_per_cylinder() const { return u32{heads} * blocks_per_track; }
};

enum class Status : u8 { Ok, NotAttached, NotDisk, ReadOnly, NoCylinder, Error };

// What an operation that ended in Error left: for message 128 or 909.
struct Failure {
    u16 device = 0;
    u32 block = 0;
    u16 unit_status = 0;
    u8 sense[2]{};
    bool writing = false;
};
const Failure& last_failure();

// Says what `device` is. NotDisk also for disks that CMS cannot use.
Status identify(u16 device, Disk& disk);
// `type` as DTADT. False: no such disk, or no block of that size.
bool set_geometry(Disk& disk, u8 type, u32 block_size);
// The first `length` bytes of block 3, whatever its size.
Status read_label(const Disk& disk, u8* buffer, u16 length);

// A whole block, numbered from 1.
struct Transfer {
    u32 block;
    u8* buffer;
};
Status read(const Disk& disk, std::span<const Transfer> transfers);
Status write(const Disk& disk, std::span<const Transfer> transfers);

// Makes the records of a track, all zeros. NoCylinder behind the end of the disk.
Status format_track(const Disk& disk, u16 cylinder, u16 head);

} // namespace cms::io
