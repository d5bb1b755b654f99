#include "dasd-images/minidisk.h"

#include <algorithm>

namespace dasd {

Minidisk::Minidisk(CkdImage& volume, Extent extent) : volume_(volume), extent_(extent) {
    if (extent.cylinders == 0 || extent.first_cylinder >= volume.cylinders() ||
        extent.cylinders > volume.cylinders() - extent.first_cylinder)
        fail(volume.path(), ": cylinders ", extent.first_cylinder, "+", extent.cylinders,
             " are not on this volume of ", volume.cylinders(), " cylinders");
}

u32 Minidisk::per_track(u32 block_size) const {
    return s370::ckd::records_per_track(volume_.geometry(), block_size);
}

void Minidisk::format(u32 block_size, u32 cylinders) {
    for (u32 c = 0; c < cylinders; ++c)
        for (u32 head = 0; head < volume_.geometry().heads; ++head)
            volume_.write(formatted_track(
                {static_cast<u16>(extent_.first_cylinder + c), static_cast<u16>(head)},
                per_track(block_size), block_size, extent_.first_cylinder));
    block_size_ = block_size;
}

u32 Minidisk::found_block_size() {
    Address const first{static_cast<u16>(extent_.first_cylinder), 0};
    return static_cast<u32>(volume_.record(first, 3).size());
}

Address Minidisk::track_of(u32 block) const {
    u32 const track = (block - 1) / per_track(block_size_);
    u32 const heads = volume_.geometry().heads;
    return {static_cast<u16>(extent_.first_cylinder + track / heads),
            static_cast<u16>(track % heads)};
}

std::string Minidisk::name(u32 block) const {
    if (block == 0 || block > capacity(block_size_)) return text("block ", block);
    return text("block ", block, " (", place(track_of(block), record_of(block)), ")");
}

Bytes& Minidisk::data(u32 block) {
    if (block == 0 || block > capacity(block_size_))
        fail(volume_.path(), ": block ", block, " is outside the minidisk");
    Bytes& bytes = volume_.record(track_of(block), static_cast<u8>(record_of(block)));
    if (bytes.size() != block_size_)
        fail(volume_.path(), ": ", name(block), ": has ", bytes.size(), " bytes instead of ",
             block_size_);
    return bytes;
}

void Minidisk::write(u32 block, std::span<const u8> bytes) {
    Bytes& kept = data(block);
    std::copy(bytes.begin(), bytes.end(), kept.begin());
    std::fill(kept.begin() + static_cast<std::ptrdiff_t>(bytes.size()), kept.end(), u8{0});
    volume_.write(volume_.read(track_of(block)));
}

} // namespace dasd
