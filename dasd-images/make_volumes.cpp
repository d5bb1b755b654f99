#include "dasd-images/manifest.h"

#include "dasd-images/cms_disk.h"
#include "dasd-images/nucleus.h"
#include "dasd-images/object_directory.h"

#include <algorithm>
#include <filesystem>
#include <map>

namespace dasd {
namespace {

namespace fs = std::filesystem;

struct Volume {
    std::string path;
    std::unique_ptr<CkdImage> image;
    std::unique_ptr<CpVolume> cp;
    std::vector<std::string> owners; // of each cylinder; empty = free
};

std::string unfinished(const std::string& path) { return path + ".unfinished"; }

class Maker {
  public:
    Maker(const Manifest& manifest, const std::string& folder)
        : manifest_(manifest), folder_(folder) {}

    ~Maker() {
        std::error_code ignored;
        for (auto& [label, volume] : volumes_) fs::remove(unfinished(volume.path), ignored);
    }

    void make() {
        fs::create_directories(folder_);
        if (!manifest_.ipl_record.empty())
            bootstrap_ = read_bootstrap(manifest_.ipl_record, manifest_.bootstrap);
        for (const VolumeSpec& spec : manifest_.volumes) make_volume(spec);
        if (!manifest_.directory.empty()) make_directory();
        for (const MinidiskSpec& spec : manifest_.minidisks) make_minidisk(spec);
        for (auto& [label, volume] : volumes_) {
            volume.image->flush();
            volume.image.reset();
            fs::rename(unfinished(volume.path), volume.path);
        }
    }

  private:
    void make_volume(const VolumeSpec& spec);
    void claim(Volume& volume, Extent extent, const std::string& owner);
    void make_directory();
    void claim_minidisks();
    void make_minidisk(const MinidiskSpec& spec);
    void put_files(CmsDisk& disk, const FileSpec& spec);

    const Manifest& manifest_;
    std::string folder_;
    Bootstrap bootstrap_;
    std::map<std::string, Volume> volumes_;
    CpVolume* system_ = nullptr; // with the directory
};

void Maker::claim(Volume& volume, Extent extent, const std::string& owner) {
    if (extent.first_cylinder + extent.cylinders > volume.owners.size())
        fail(volume.cp->label(), ": ", owner, " is not on the volume");
    for (u32 c = extent.first_cylinder; c < extent.first_cylinder + extent.cylinders; ++c) {
        if (!volume.owners[c].empty())
            fail(volume.cp->label(), ": cylinder ", c, " is for ", volume.owners[c], " and for ",
                 owner);
        volume.owners[c] = owner;
    }
}

void Maker::make_volume(const VolumeSpec& spec) {
    const Geometry* const geometry = find_geometry(spec.type);
    if (geometry == nullptr) fail("volume ", spec.label, ": its device type is not supported");
    if (volumes_.contains(spec.label)) fail("volume ", spec.label, " is there twice");
    Volume& volume = volumes_[spec.label];
    volume.path = (fs::path(folder_) / (spec.label + ".ckd")).string();
    volume.image = std::make_unique<CkdImage>(
        CkdImage::create(unfinished(volume.path), *geometry, spec.cylinders,
                         spec.compressed ? CkdImage::Kind::Compressed : CkdImage::Kind::Plain));
    format_cp_volume(*volume.image, spec.label);
    volume.cp = std::make_unique<CpVolume>(*volume.image);
    volume.owners.resize(spec.cylinders);
    claim(volume, {0, 1}, "the label");

    struct Named {
        const char* name;
        cp::Area area;
    };
    const cp::SystemAreas& areas = spec.areas;
    Named const named[] = {{"the nucleus", areas.nucleus},
                           {"the directory", areas.directory[0]},
                           {"the directory", areas.directory[1]},
                           {"the dump", areas.dump},
                           {"warm start", areas.warm_start},
                           {"checkpoints", areas.checkpoint},
                           {"error recording", areas.error_recording}};
    for (const Named& n : named) claim(volume, {n.area.first_cylinder, n.area.cylinders}, n.name);
    for (const cp::Area& area : areas.directory)
        volume.cp->allocate({area.first_cylinder, area.cylinders}, cp::Allocation::Directory);
    for (const Extent& extent : spec.temporary) {
        claim(volume, extent, "temporary space");
        volume.cp->allocate(extent, cp::Allocation::Temporary);
    }
    for (const Extent& extent : spec.temporary_disks) {
        claim(volume, extent, "temporary disks");
        volume.cp->allocate(extent, cp::Allocation::TemporaryDisk);
    }
    volume.cp->set_areas(areas);
    volume.cp->write();
    if (!spec.nucleus.empty())
        put_nucleus(*volume.image, {0, spec.cylinders}, areas.nucleus.first_cylinder,
                    areas.nucleus.cylinders, read_storage_image(spec.nucleus), bootstrap_);
}

void Maker::make_directory() {
    for (auto& [label, volume] : volumes_)
        if (volume.cp->areas().directory[0].cylinders != 0) system_ = volume.cp.get();
    if (system_ == nullptr) fail(manifest_.directory, ": no volume has an area for the directory");
    auto const errors = compile_directory(*system_, manifest_.directory);
    std::string all;
    for (const std::string& error : errors) all += (all.empty() ? "" : "\n") + error;
    if (!errors.empty()) fail(all);
    claim_minidisks();
}

// Two minidisks on the same cylinder are an error; so is one that nobody has.
void Maker::claim_minidisks() {
    using namespace cp::directory;
    for (const std::string& userid : userids(*system_)) {
        auto const user = find_user(*system_, userid);
        for (const DeviceEntry& device : user->devices) {
            if (device.statement != Statement::Minidisk ||
                (device.flags & device_flag::temporary) != 0)
                continue;
            auto const found = volumes_.find(to_string(device.volume.text()));
            if (found == volumes_.end()) continue; // on a volume that is not ours
            std::ostringstream name;
            name << userid << ' ' << std::uppercase << std::hex << device.address.value();
            claim(found->second, {device.first_cylinder, device.cylinders}, name.str());
        }
    }
}

void Maker::make_minidisk(const MinidiskSpec& spec) {
    if (system_ == nullptr) fail("minidisk ", spec.userid, ": there is no directory");
    FoundMinidisk const found = find_minidisk(*system_, spec.userid, spec.address);
    auto const volume = volumes_.find(found.volume);
    if (volume == volumes_.end())
        fail("minidisk ", spec.userid, ": its volume ", found.volume, " is not made here");
    CkdImage& image = *volume->second.image;
    Minidisk minidisk(image, found.extent);
    u32 const cylinders = spec.file_cylinders == 0 ? found.extent.cylinders : spec.file_cylinders;
    format_cms_disk(minidisk, spec.label, spec.block_size, cylinders);
    if (!spec.nucleus.empty())
        put_nucleus(image, found.extent, cylinders, found.extent.cylinders - cylinders,
                    read_storage_image(spec.nucleus), bootstrap_);
    if (spec.files.empty()) return;
    auto const disk = CmsDisk::open(minidisk);
    for (const FileSpec& file : spec.files) put_files(*disk, file);
    disk->commit();
}

void Maker::put_files(CmsDisk& disk, const FileSpec& spec) {
    fs::path const path(spec.path);
    std::vector<std::string> paths;
    std::string const pattern = path.filename().string();
    if (pattern.find_first_of("*?") == pattern.npos) {
        paths.push_back(spec.path);
    } else if (fs::is_directory(path.parent_path())) {
        for (const auto& entry : fs::directory_iterator(path.parent_path()))
            if (entry.is_regular_file() &&
                wildcard_match(pattern, entry.path().filename().string()))
                paths.push_back(entry.path().string());
    }
    std::sort(paths.begin(), paths.end());
    for (const std::string& source : paths) {
        FilePattern const name =
            spec.as.empty() ? pattern_from_path(source) : parse_pattern(spec.as);
        disk.put(load_host_file(source, name.id(), parse_mode(spec.mode), spec.options));
    }
}

} // namespace

void make_volumes(const Manifest& manifest, const std::string& folder) {
    Maker(manifest, folder).make();
}

} // namespace dasd
