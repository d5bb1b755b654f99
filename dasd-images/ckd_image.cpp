#include "dasd-images/ckd_image.h"

#include "s370/base/bits.h"

#include <cstring>

namespace dasd {
namespace {

namespace ckd = s370::ckd;

constexpr u32 spare_cylinders = 16; // alternates, which an image may have or not

u32 track_size_of(const Geometry& geometry) {
    return round_up(u32{geometry.largest_record} + 37, 512);
}

} // namespace

u32 little(const u8* bytes, u32 size) {
    u32 value = 0;
    while (size-- > 0) value = value << 8 | bytes[size];
    return value;
}

void put_little(u8* bytes, u32 size, u32 value) {
    for (u32 i = 0; i < size; ++i, value >>= 8) bytes[i] = static_cast<u8>(value);
}

DeviceHeader device_header(const char* mark, const Shape& shape) {
    DeviceHeader header{};
    std::memcpy(header.mark, mark, sizeof header.mark);
    put_little(header.heads, 4, shape.geometry.heads);
    put_little(header.track_size, 4, shape.track_size);
    header.device_type = static_cast<u8>(shape.geometry.type);
    return header;
}

const Geometry* find_geometry(u32 type) {
    for (const Geometry* g : {&ckd::geometry_3330, &ckd::geometry_3340, &ckd::geometry_3350})
        if (g->type == type) return g;
    return nullptr;
}

CkdImage CkdImage::open(const std::string& path, File::Mode mode) {
    File file(path, mode);
    if (file.size() < sizeof(DeviceHeader)) fail(path, ": is not a disk image: it is too short");
    DeviceHeader header;
    std::memcpy(&header, file.read(0, sizeof header).data(), sizeof header);
    bool const plain = std::memcmp(header.mark, plain_mark, sizeof header.mark) == 0;
    if (!plain && std::memcmp(header.mark, compressed_mark, sizeof header.mark) != 0)
        fail(path, ": is not a disk image: it begins with neither ", plain_mark, " nor ",
             compressed_mark);
    const Geometry* const geometry = find_geometry(0x3300u | header.device_type);
    if (geometry == nullptr) fail(path, ": is an image of a device that is not supported");
    if (little(header.heads, 4) != geometry->heads ||
        little(header.track_size, 4) != track_size_of(*geometry))
        fail(path, ": the header is damaged: wrong heads or track size for its device");
    if (header.file_number > 1 || little(header.high_cyl, 2) != 0)
        fail(path, ": is one of several files of an image, which is not supported");

    Shape const shape{*geometry, 0, track_size_of(*geometry)};
    CkdImage image(path, plain ? open_plain(std::move(file), shape)
                               : open_compressed(std::move(file), shape));
    if (image.cylinders() > geometry->cylinders + spare_cylinders)
        fail(path, ": has more cylinders than its device");
    return image;
}

CkdImage CkdImage::create(const std::string& path, const Geometry& geometry, u32 cylinders,
                          Kind kind) {
    if (cylinders == 0 || cylinders > geometry.cylinders)
        fail(path, ": a volume of this device has 1 to ", geometry.cylinders, " cylinders");
    Shape const shape{geometry, cylinders, track_size_of(geometry)};
    File file(path, File::Mode::Create);
    return {path, kind == Kind::Plain ? create_plain(std::move(file), shape)
                                      : create_compressed(std::move(file), shape)};
}

u32 CkdImage::index(Address address) const {
    if (address.cylinder >= cylinders() || address.head >= geometry().heads)
        fail(path_, ": ", place(address), " is not on this volume");
    return u32{address.cylinder} * geometry().heads + address.head;
}

Track& CkdImage::read(Address address) {
    u32 const track = index(address);
    if (auto const found = tracks_.find(track); found != tracks_.end()) return found->second;
    try {
        return tracks_[track] = decode(store_->read(track), address, geometry());
    } catch (const Error& error) {
        tracks_.erase(track);
        fail(path_, ": ", error.what());
    }
}

Bytes& CkdImage::record(Address address, u8 number) {
    Record* const found = read(address).find(number);
    if (found == nullptr) fail(path_, ": ", place(address, number), ": is not there");
    return found->data;
}

void CkdImage::write(const Track& track) {
    u32 const number = index(track.address);
    store_->write(number, encode(track, geometry()));
    Track& kept = tracks_[number];
    if (&kept != &track) kept = track;
}

void CkdImage::flush() { store_->flush(durable_); }

void CkdImage::check() {
    for (u32 track = 0; track < store_->shape().tracks(); ++track)
        read(store_->shape().address(track));
}

} // namespace dasd
