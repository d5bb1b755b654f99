#include "dasd-images/cp_volume.h"

#include "dasd-images/cms_file.h"

#include <algorithm>
#include <cstring>

namespace dasd {
namespace {

constexpr Address first_track{0, 0};
constexpr u32 pages_per_track = 4;

// Waits with code 00C, in BC mode, disabled: no nucleus on this volume.
constexpr u8 no_nucleus[24] = {0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x0C,
                               0x03, 0x00, 0x00, 0x00, 0x20, 0x00, 0x00, 0x01,
                               0x03, 0x00, 0x00, 0x00, 0x20, 0x00, 0x00, 0x01};

template <typename T>
Bytes bytes_of(const T& object) {
    const u8* const from = reinterpret_cast<const u8*>(&object);
    return {from, from + sizeof object};
}

template <typename T>
void read_object(CkdImage& image, u8 record, T& object) {
    const Bytes& bytes = image.record(first_track, record);
    if (bytes.size() < sizeof object)
        fail(image.path(), ": ", place(first_track, record), ": is too short");
    std::memcpy(&object, bytes.data(), sizeof object);
}

Name<6> label_name(const std::string& label) {
    if (label.empty() || label.size() > 6) fail("a volume label has 1 to 6 characters: ", label);
    return Name<6>(Text(to_ebcdic(label)));
}

// A dummy VTOC: OS finds no free space.
Record dscb(u8 number, u8 key, u8 format) {
    Record record{number, Bytes(44, key), Bytes(96)};
    record.data[0] = format;
    return record;
}

} // namespace

void format_cp_volume(CkdImage& image, const std::string& label) {
    if (image.cylinders() > cp::largest_volume) fail(image.path(), ": too many cylinders for CP");
    cp::VolumeLabel volume{};
    std::copy_n(cp::volume_mark.data(), 4, volume.mark);
    volume.volume = label_name(label);
    volume.vtoc[4] = 5;
    std::fill_n(volume.blank, sizeof volume.blank, u8{0x40});
    std::copy_n(cp::system_mark.data(), 5, volume.system);
    volume.blank2 = 0x40;

    cp::AllocationMap map{};
    std::fill_n(map.cylinder, sizeof map.cylinder, static_cast<u8>(cp::Allocation::End));
    std::fill_n(map.cylinder, image.cylinders(), static_cast<u8>(cp::Allocation::Permanent));

    cp::SystemAreas areas{};
    std::copy_n(cp::areas_mark.data(), 8, areas.mark);

    Track track = formatted_track(first_track, 0, 0);
    track.records.push_back({cp::ipl_record, {}, Bytes(no_nucleus, no_nucleus + 24)});
    track.records.push_back({cp::bootstrap_record, {}, Bytes(cp::page_record_size)});
    track.records.push_back({cp::label_record, {}, bytes_of(volume)});
    track.records.push_back({cp::allocation_record, {}, bytes_of(map)});
    track.records.push_back(dscb(5, 0x04, 0xF4));
    track.records.push_back(dscb(6, 0x05, 0xF5));
    track.records.push_back({cp::areas_record, {}, bytes_of(areas)});
    image.write(track);

    for (u32 i = 1; i < image.cylinders() * image.geometry().heads; ++i) {
        u32 const heads = image.geometry().heads;
        image.write(formatted_track({static_cast<u16>(i / heads), static_cast<u16>(i % heads)},
                                    pages_per_track, cp::page_record_size));
    }
}

CpVolume::CpVolume(CkdImage& image) : image_(image) {
    read_object(image, cp::label_record, label_);
    if (!std::equal(label_.mark, label_.mark + 4, cp::volume_mark.data()))
        fail(image.path(), ": ", place(first_track, cp::label_record), ": is not a VOL1 label");
    if (!std::equal(label_.system, label_.system + 5, cp::system_mark.data()))
        fail(image.path(), ": ", place(first_track, cp::label_record),
             ": CP did not format this volume");
    read_object(image, cp::allocation_record, map_);
    read_object(image, cp::areas_record, areas_);
    if (!std::equal(areas_.mark, areas_.mark + 8, cp::areas_mark.data()))
        fail(image.path(), ": ", place(first_track, cp::areas_record),
             ": is not a record of system areas");
}

std::string CpVolume::label() const { return to_string(label_.volume.text()); }
void CpVolume::set_label(const std::string& label) { label_.volume = label_name(label); }
void CpVolume::set_areas(const cp::SystemAreas& areas) { areas_ = areas; }
void CpVolume::set_directory(const cp::DirectoryPointer& pointer) { label_.directory = pointer; }

void CpVolume::allocate(Extent extent, cp::Allocation use) {
    if (extent.first_cylinder + extent.cylinders > image_.cylinders())
        fail(image_.path(), ": cylinders ", extent.first_cylinder, "+", extent.cylinders,
             " are not on this volume");
    std::fill_n(map_.cylinder + extent.first_cylinder, extent.cylinders, static_cast<u8>(use));
}

void CpVolume::write() {
    Track& track = image_.read(first_track);
    track.find(cp::label_record)->data = bytes_of(label_);
    track.find(cp::allocation_record)->data = bytes_of(map_);
    track.find(cp::areas_record)->data = bytes_of(areas_);
    image_.flush(); // what the label points to comes first
    image_.write(track);
    image_.flush();
}

Bytes CpVolume::read_page(u32 first_cylinder, u32 page) {
    auto const at = cp::page_place(first_cylinder, page, image_.geometry().heads, pages_per_track);
    const Bytes& bytes = image_.record({at.cylinder, at.head}, at.record);
    if (bytes.size() != cp::page_record_size)
        fail(image_.path(), ": ", place({at.cylinder, at.head}, at.record), ": is not a page");
    return bytes;
}

void CpVolume::write_page(u32 first_cylinder, u32 page, std::span<const u8> bytes) {
    auto const at = cp::page_place(first_cylinder, page, image_.geometry().heads, pages_per_track);
    Bytes& kept = image_.record({at.cylinder, at.head}, at.record);
    kept.assign(bytes.begin(), bytes.end());
    kept.resize(cp::page_record_size);
    image_.write(image_.read({at.cylinder, at.head}));
}

std::vector<std::string> CpVolume::check() const {
    std::vector<std::string> problems;
    for (u32 c = 0; c <= image_.cylinders() && c < sizeof map_.cylinder; ++c) {
        bool const end = map_.cylinder[c] == static_cast<u8>(cp::Allocation::End);
        if (end != (c == image_.cylinders()))
            problems.push_back(text(place(first_track, cp::allocation_record),
                                    ": the allocation map is wrong at cylinder ", c));
    }
    struct Named {
        const char* name;
        cp::Area area;
    };
    Named const all[] = {{"nucleus", areas_.nucleus},
                         {"directory", areas_.directory[0]},
                         {"directory", areas_.directory[1]},
                         {"dump", areas_.dump},
                         {"warm start", areas_.warm_start},
                         {"checkpoint", areas_.checkpoint},
                         {"error recording", areas_.error_recording}};
    std::vector<const char*> owner(image_.cylinders());
    for (const Named& named : all) {
        u32 const first = named.area.first_cylinder, count = named.area.cylinders;
        if (first + count > image_.cylinders()) {
            problems.push_back(text("the ", named.name, " area is not on the volume"));
            continue;
        }
        for (u32 c = first; c < first + count; ++c) {
            if (owner[c] != nullptr)
                problems.push_back(text("cylinder ", c, " is in the ", owner[c], " and the ",
                                        named.name, " area"));
            owner[c] = named.name;
        }
    }
    return problems;
}

} // namespace dasd
