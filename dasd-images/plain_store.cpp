// Plain images: the tracks one after the other, each in `track_size` bytes.
#include "dasd-images/track_store.h"

#include <algorithm>

namespace dasd {
namespace {

class PlainStore : public TrackStore {
  public:
    PlainStore(File file, const Shape& shape) : file_(std::move(file)), shape_(shape) {}

    const Shape& shape() const override { return shape_; }
    Bytes read(u32 track) override { return file_.read(offset(track), shape_.track_size); }
    void write(u32 track, const Bytes& bytes) override {
        Bytes padded = bytes;
        padded.resize(shape_.track_size);
        file_.write(offset(track), padded);
    }
    void flush(bool durable) override {
        if (durable) file_.sync();
    }

  private:
    u64 offset(u32 track) const { return sizeof(DeviceHeader) + u64{track} * shape_.track_size; }

    File file_;
    Shape shape_;
};

} // namespace

std::unique_ptr<TrackStore> open_plain(File file, const Shape& shape) {
    Shape whole = shape;
    u64 const size = file.size() - sizeof(DeviceHeader);
    u64 const tracks = size / shape.track_size;
    whole.cylinders = static_cast<u32>(std::min<u64>(tracks / shape.geometry.heads, 0xFFFF));
    if (whole.cylinders == 0 || size != u64{whole.tracks()} * shape.track_size)
        fail(file.path(), ": is cut off in cylinder ", tracks / shape.geometry.heads, " head ",
             tracks % shape.geometry.heads);
    return std::make_unique<PlainStore>(std::move(file), whole);
}

std::unique_ptr<TrackStore> create_plain(File file, const Shape& shape) {
    DeviceHeader const header = device_header(plain_mark, shape);
    file.write(0, {reinterpret_cast<const u8*>(&header), sizeof header});
    file.resize(sizeof header + u64{shape.tracks()} * shape.track_size);
    return std::make_unique<PlainStore>(std::move(file), shape);
}

} // namespace dasd
