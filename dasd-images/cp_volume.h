// A CP-formatted volume: its label, allocation map and areas (cp/layout/volume.h),
// a nucleus on it or on a minidisk, and the object directory.
#pragma once

#include "cp/layout/directory_compiler.h"
#include "dasd-images/minidisk.h"

#include <optional>

namespace dasd {

// Formats every cylinder with pages, all of it permanent space.
void format_cp_volume(CkdImage& image, const std::string& label);

class CpVolume {
  public:
    // Fails unless cylinder 0 is that of a CP volume.
    explicit CpVolume(CkdImage& image);

    std::string label() const;
    const cp::DirectoryPointer& directory() const { return label_.directory; }
    const cp::SystemAreas& areas() const { return areas_; }
    cp::Allocation allocation(u32 cylinder) const {
        return static_cast<cp::Allocation>(map_.cylinder[cylinder]);
    }

    void set_label(const std::string& label);
    void allocate(Extent extent, cp::Allocation use);
    void set_areas(const cp::SystemAreas& areas);
    void set_directory(const cp::DirectoryPointer& pointer);
    // Writes label, map and areas, which are on one track.
    void write();

    Bytes read_page(u32 first_cylinder, u32 page);
    void write_page(u32 first_cylinder, u32 page, std::span<const u8> bytes);

    // Label and map agree with the volume, and areas lie on it and apart.
    std::vector<std::string> check() const;

  private:
    CkdImage& image_;
    cp::VolumeLabel label_{};
    cp::AllocationMap map_{};
    cp::SystemAreas areas_{};
};

} // namespace dasd
