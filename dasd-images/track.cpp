#include "dasd-images/track.h"

#include <algorithm>
#include <bitset>
#include <cstring>

namespace dasd {
namespace {

constexpr u32 home_address_size = 5;
constexpr u8 end_of_track[8] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

using s370::ckd::Count;

void append(Bytes& bytes, const void* data, usize size) {
    const u8* const from = static_cast<const u8*>(data);
    bytes.insert(bytes.end(), from, from + size);
}

} // namespace

std::string place(Address address) {
    return text("cylinder ", address.cylinder, " head ", address.head);
}
std::string place(Address address, u32 record) { return text(place(address), " record ", record); }

Record* Track::find(u8 number) {
    auto const found =
        std::find_if(records.begin(), records.end(), [=](auto& r) { return r.number == number; });
    return found == records.end() ? nullptr : &*found;
}

Track formatted_track(Address address, u32 count, u32 length, u32 disk_start) {
    Track track{address, {}, static_cast<u16>(address.cylinder - disk_start)};
    for (u32 i = 0; i <= count; ++i)
        track.records.push_back({static_cast<u8>(i), {}, Bytes(i == 0 ? 8 : length)});
    return track;
}

Bytes encode(const Track& track, const Geometry& geometry) {
    u32 used = 0;
    Bytes image{0, static_cast<u8>(track.address.cylinder >> 8),
                static_cast<u8>(track.address.cylinder), static_cast<u8>(track.address.head >> 8),
                static_cast<u8>(track.address.head)};
    for (const Record& record : track.records) {
        Count count;
        count.cylinder = record.number == 0 ? track.address.cylinder : track.record_cylinder;
        count.head = track.address.head;
        count.record = record.number;
        count.key_length = static_cast<u8>(record.key.size());
        count.data_length = static_cast<u16>(record.data.size());
        append(image, &count, sizeof count);
        append(image, record.key.data(), record.key.size());
        append(image, record.data.data(), record.data.size());
        if (record.number == 0) continue;
        used += geometry.record_overhead + static_cast<u32>(record.key.size() + record.data.size());
        if (used > geometry.track_length)
            fail(place(track.address, record.number), ": does not fit on the track");
    }
    append(image, end_of_track, sizeof end_of_track);
    return image;
}

Track decode(std::span<const u8> image, Address address, const Geometry& geometry) {
    if (image.size() < home_address_size) fail(place(address), ": the home address is missing");
    u32 const cylinder = u32{image[1]} << 8 | image[2], head = u32{image[3]} << 8 | image[4];
    if (image[0] != 0 || cylinder != address.cylinder || head != address.head)
        fail(place(address), ": the home address is damaged (it says cylinder ", cylinder, " head ",
             head, ")");

    Track track{address, {}};
    std::bitset<256> seen;
    u32 used = 0, previous = 0;
    for (usize at = home_address_size;;) {
        if (image.size() - at < sizeof(Count))
            fail(place(address, previous), ": the track does not end after it");
        if (std::memcmp(&image[at], end_of_track, sizeof end_of_track) == 0) break;

        Count count;
        std::memcpy(&count, &image[at], sizeof count);
        at += sizeof count;
        // Record 0 says where the track is; the others agree with one another.
        bool const first = track.records.size() <= 1;
        if (first && count.record != 0) track.record_cylinder = count.cylinder;
        u16 const expected = count.record == 0 ? address.cylinder : track.record_cylinder;
        if (count.cylinder != expected || count.cylinder > address.cylinder ||
            count.head != address.head)
            fail(place(address, count.record), ": its count field says cylinder ",
                 count.cylinder.value(), " head ", count.head.value());
        if (seen[count.record]) fail(place(address, count.record), ": is on the track twice");
        seen[count.record] = true;
        if (track.records.empty() && count.record != 0)
            fail(place(address, count.record), ": record 0 is missing before it");

        u32 const length = u32{count.key_length} + count.data_length;
        if (count.record != 0) used += length + geometry.record_overhead;
        if (length > image.size() - at || used > geometry.track_length)
            fail(place(address, count.record), ": runs over the end of the track");
        auto const key = image.subspan(at, count.key_length);
        auto const data = image.subspan(at + count.key_length, count.data_length);
        track.records.push_back(
            {count.record, Bytes(key.begin(), key.end()), Bytes(data.begin(), data.end())});
        at += length;
        previous = count.record;
    }
    if (track.records.empty()) fail(place(address), ": has no record 0");
    return track;
}

} // namespace dasd
