// Where an image keeps its tracks: the part of ckd_image that differs between
// plain and compressed images. Tracks are counted through heads and cylinders.
#pragma once

#include "dasd-images/file.h"
#include "dasd-images/track.h"

#include <memory>

namespace dasd {

// The first 512 bytes of every image; its integers are little-endian.
struct DeviceHeader {
    u8 mark[8];       // 0: plain_mark, compressed_mark
    u8 heads[4];      // 8
    u8 track_size[4]; // 12: bytes that a track takes in a plain image
    u8 device_type;   // 16: last two digits of the type
    u8 file_number;   // 17: 0 when the image is one file
    u8 high_cyl[2];   // 18: 0 when it is
    u8 reserved[492]; // 20
};
static_assert(sizeof(DeviceHeader) == 512);

inline constexpr char plain_mark[] = "CKD_P370", compressed_mark[] = "CKD_C370";

u32 little(const u8* bytes, u32 size);
void put_little(u8* bytes, u32 size, u32 value);

struct Shape {
    Geometry geometry;
    u32 cylinders;
    u32 track_size;

    u32 tracks() const { return cylinders * geometry.heads; }
    Address address(u32 track) const {
        return {static_cast<u16>(track / geometry.heads), static_cast<u16>(track % geometry.heads)};
    }
};
DeviceHeader device_header(const char* mark, const Shape& shape);

class TrackStore {
  public:
    virtual ~TrackStore() = default;
    virtual const Shape& shape() const = 0;
    // The bytes of a track, home address first; may be followed by others.
    virtual Bytes read(u32 track) = 0;
    virtual void write(u32 track, const Bytes& bytes) = 0;
    // All that was written is in the file, and before all that will be.
    virtual void flush(bool durable) = 0;
};

// `file` begins with a header of the right kind.
std::unique_ptr<TrackStore> open_plain(File file, const Shape& shape);
std::unique_ptr<TrackStore> open_compressed(File file, const Shape& shape);
// Empty: every track must be written before it is read.
std::unique_ptr<TrackStore> create_plain(File file, const Shape& shape);
std::unique_ptr<TrackStore> create_compressed(File file, const Shape& shape);

} // namespace dasd
