// Puts a nucleus on a CP volume or a minidisk, to be IPLed from there (loaders/nucleus.h).
#pragma once

#include "dasd-images/minidisk.h"

namespace dasd {

// A storage image from `load_address` on.
struct StorageImage {
    Bytes bytes;
    u32 load_address = 0;
    u32 entry = 0;
};

// The loadable segments of a 31-bit big-endian ELF program, gaps filled with zeros.
StorageImage read_elf(const std::string& path);
// An ELF program; or a flat NAME.bin, with its load address and entry in NAME.meta.
StorageImage read_storage_image(const std::string& path);

struct Bootstrap {
    Bytes ipl_record; // 24 bytes
    Bytes program;    // at most loaders::bootstrap_size, its NucleusLocation included
};
Bootstrap read_bootstrap(const std::string& ipl_record, const std::string& program);

// Writes the nucleus from head 0 of `first_cylinder` of the disk on, as tracks of four
// records of 4096 bytes, then record 2 and record 1 of the disk's first track. Returns the
// number of cylinders that it takes; fails when they are more than `cylinders`.
u32 put_nucleus(CkdImage& volume, Extent disk, u32 first_cylinder, u32 cylinders,
                const StorageImage& nucleus, const Bootstrap& bootstrap);

} // namespace dasd
