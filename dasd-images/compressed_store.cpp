// Compressed images (CCKD of Hercules): tracks found through two levels of
// tables. Level 1 names the level 2 table of each 256 tracks; its entries say
// where a track lies. A track is its 5-byte home address, whose first byte tells
// how the rest is compressed (0 not, 1 zlib, 2 bzip2). An entry without place is
// an empty track: record 0, and with length 0 also a record 1 without data.
//
// We write a file anew when it has changed, and rename it to the old name.
#include "dasd-images/track_store.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <zlib.h>

namespace dasd {
namespace {

struct CompressedHeader {
    u8 version[3];    // 0
    u8 options;       // 3
    u8 level1[4];     // 4: entries
    u8 level2[4];     // 8: entries of each table, 256
    u8 size[4];       // 12: of the file
    u8 used[4];       // 16
    u8 free[20];      // 20: free space; zeros when there is none
    u8 cylinders[4];  // 40
    u8 null_format;   // 44
    u8 compression;   // 45
    u8 parameter[2];  // 46
    u8 reserved[464]; // 48
};
static_assert(sizeof(CompressedHeader) == 512);

struct TrackEntry {
    u8 position[4];
    u8 length[2];
    u8 size[2];
};
static_assert(sizeof(TrackEntry) == 8);

constexpr u32 entries = 256, home_size = 5;
constexpr u32 table_size = entries * sizeof(TrackEntry);
constexpr u32 tables_at = sizeof(DeviceHeader) + sizeof(CompressedHeader);
constexpr u8 big_endian_option = 0x02, not_compressed = 0, zlib_compressed = 1;
constexpr u32 null_formats = 2;

Bytes null_track(Address address, u32 format, const Geometry& geometry) {
    return encode(formatted_track(address, format == 0 ? 1 : 0, 0), geometry);
}

class CompressedStore : public TrackStore {
  public:
    CompressedStore(File file, const Shape& shape) : file_(std::move(file)), shape_(shape) {}

    const Shape& shape() const override { return shape_; }
    void open();
    void create() { tables_.resize(shape_.tracks()), changed_ = true; }
    Bytes read(u32 track) override;
    void write(u32 track, const Bytes& bytes) override {
        written_[track] = bytes;
        changed_ = true;
    }
    void flush(bool durable) override;

  private:
    Bytes stored(u32 track) const;
    Bytes inflate_track(u32 track, const Bytes& stored) const;
    Bytes pack(u32 track, const Bytes& image, TrackEntry& entry) const;

    File file_;
    Shape shape_;
    std::vector<TrackEntry> tables_; // an entry for each track
    std::map<u32, Bytes> written_;   // since the file was
    bool changed_ = false;
};

void CompressedStore::open() {
    CompressedHeader header;
    Bytes const bytes = file_.read(sizeof(DeviceHeader), sizeof header);
    std::memcpy(&header, bytes.data(), sizeof header);
    if ((header.options & big_endian_option) != 0)
        fail(file_.path(), ": was written by a big-endian machine; convert it with cckdswap");
    shape_.cylinders = little(header.cylinders, 4);
    u32 const level1 = little(header.level1, 4);
    if (shape_.cylinders == 0 || shape_.cylinders > 0xFFFF || little(header.level2, 4) != entries ||
        level1 != (shape_.tracks() + entries - 1) / entries)
        fail(file_.path(), ": the header of the compressed image is damaged");

    Bytes const table = file_.read(tables_at, level1 * 4);
    tables_.resize(level1 * entries);
    for (u32 i = 0; i < level1; ++i) {
        u32 const at = little(&table[i * 4], 4);
        if (at == 0) continue;
        if (u64{at} + table_size > file_.size())
            fail(file_.path(), ": ", place(shape_.address(i * entries)),
                 ": the table of its tracks lies outside the file");
        Bytes const level2 = file_.read(at, table_size);
        std::memcpy(&tables_[i * entries], level2.data(), table_size);
    }
    tables_.resize(shape_.tracks());
}

// The bytes of a track as they are in the file; empty for a null track.
Bytes CompressedStore::stored(u32 track) const {
    const TrackEntry& entry = tables_[track];
    u32 const at = little(entry.position, 4), length = little(entry.length, 2);
    if (at == 0) return {};
    if (u64{at} + length > file_.size() || length < home_size)
        fail(place(shape_.address(track)), ": the compressed track lies outside the file");
    return file_.read(at, length);
}

Bytes CompressedStore::read(u32 track) {
    if (auto const found = written_.find(track); found != written_.end()) return found->second;
    Bytes bytes = stored(track);
    if (!bytes.empty()) return inflate_track(track, bytes);
    u32 const format = little(tables_[track].length, 2);
    if (format >= null_formats)
        fail(place(shape_.address(track)), ": is an empty track of an unknown kind");
    return null_track(shape_.address(track), format, shape_.geometry);
}

Bytes CompressedStore::inflate_track(u32 track, const Bytes& stored) const {
    if (stored[0] == not_compressed) return stored;
    if (stored[0] != zlib_compressed)
        fail(place(shape_.address(track)),
             ": is compressed by a method other than zlib; convert the image with cckd2ckd");
    Bytes image(shape_.track_size);
    std::copy_n(stored.begin() + 1, home_size - 1, image.begin() + 1);
    uLongf size = image.size() - home_size;
    if (::uncompress(image.data() + home_size, &size, stored.data() + home_size,
                     stored.size() - home_size) != Z_OK)
        fail(place(shape_.address(track)), ": the compressed track is damaged");
    image.resize(home_size + size);
    return image;
}

Bytes CompressedStore::pack(u32 track, const Bytes& image, TrackEntry& entry) const {
    for (u32 format = 0; format < null_formats; ++format)
        if (image == null_track(shape_.address(track), format, shape_.geometry)) {
            put_little(entry.length, 2, format);
            put_little(entry.size, 2, format);
            return {};
        }
    uLongf size = ::compressBound(image.size());
    Bytes packed(home_size + size);
    ::compress(packed.data() + home_size, &size, image.data() + home_size,
               image.size() - home_size);
    std::copy_n(image.begin(), home_size, packed.begin());
    packed[0] = zlib_compressed;
    packed.resize(home_size + size);
    return packed.size() < image.size() ? packed : image;
}

void CompressedStore::flush(bool durable) {
    if (!changed_) return;
    u32 const level1 = (shape_.tracks() + entries - 1) / entries;
    Bytes out(tables_at + level1 * 4);
    std::vector<TrackEntry> tables(level1 * entries, TrackEntry{});

    for (u32 first = 0; first < shape_.tracks(); first += entries) {
        u32 const table_at = static_cast<u32>(out.size());
        put_little(&out[tables_at + first / entries * 4], 4, table_at);
        out.resize(out.size() + table_size);
        u32 const end = std::min(first + entries, shape_.tracks());
        for (u32 track = first; track < end; ++track) {
            TrackEntry& entry = tables[track];
            auto const found = written_.find(track);
            Bytes const bytes =
                found != written_.end() ? pack(track, found->second, entry) : stored(track);
            if (bytes.empty() && found == written_.end()) entry = tables_[track];
            if (bytes.empty()) continue;
            put_little(entry.position, 4, static_cast<u32>(out.size()));
            put_little(entry.length, 2, static_cast<u32>(bytes.size()));
            put_little(entry.size, 2, static_cast<u32>(bytes.size()));
            out.insert(out.end(), bytes.begin(), bytes.end());
        }
        std::memcpy(&out[table_at], &tables[first], table_size);
    }

    DeviceHeader const device = device_header(compressed_mark, shape_);
    CompressedHeader header{};
    header.version[1] = 3;
    header.version[2] = 1;
    put_little(header.level1, 4, level1);
    put_little(header.level2, 4, entries);
    put_little(header.size, 4, static_cast<u32>(out.size()));
    put_little(header.used, 4, static_cast<u32>(out.size()));
    put_little(header.cylinders, 4, shape_.cylinders);
    header.compression = zlib_compressed;
    header.parameter[0] = header.parameter[1] = 0xFF;
    std::memcpy(out.data(), &device, sizeof device);
    std::memcpy(out.data() + sizeof device, &header, sizeof header);

    std::string const path = file_.path();
    write_file(path, out);
    file_ = File(path, File::Mode::Update);
    if (durable) file_.sync();
    tables_ = std::move(tables);
    tables_.resize(shape_.tracks());
    written_.clear();
    changed_ = false;
}

} // namespace

std::unique_ptr<TrackStore> open_compressed(File file, const Shape& shape) {
    auto store = std::make_unique<CompressedStore>(std::move(file), shape);
    store->open();
    return store;
}

std::unique_ptr<TrackStore> create_compressed(File file, const Shape& shape) {
    auto store = std::make_unique<CompressedStore>(std::move(file), shape);
    store->create();
    return store;
}

} // namespace dasd
