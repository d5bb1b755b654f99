// What is attached to the real machine (DMKRIO, DMKCPI's part of it), and which
// CP volumes are mounted.
//
// Found at start: every address from 000 to FFF is tried. A device that does not
// say its type (SENSE ID is younger than most) is told by what it does, or by the
// customary addresses: 009 01F console, 00C reader, 00D punch, 00E printer.
#pragma once

#include "cp/io/real_io.h"
#include "cp/layout/volume.h"
#include "s370/arch/ckd.h"

namespace cp {

// Called once, disabled, before tasks run.
void discover_devices();

// A mounted volume with a label in CP's format.
class Volume : public Link<Volume> {
  public:
    Volume(RealDevice& device, const VolumeLabel& label) : device_(device), label_(label) {}

    RealDevice& device() const { return device_; }
    Name<6> name() const { return label_.volume; }
    VolumeLabel& label() { return label_; }

    // A record without key, `length` at most 65535; `data` is real storage that stays.
    Task<IoResult> read_record(s370::ckd::Address track, u8 record, void* data, u32 length);
    Task<IoResult> write_record(s370::ckd::Address track, u8 record, const void* data, u32 length);
    // A page record, addressed as in cp/layout.
    Task<IoResult> read_page(PagePlace place, void* page);
    Task<IoResult> write_page(PagePlace place, const void* page);

  private:
    RealDevice& device_;
    VolumeLabel label_;
};

// Reads the labels of all disks, of the one at `first` before the others. A volume whose
// name another has already is told of, and not mounted. Started by start.
using TellDuplicate = void (*)(const RealDevice& device, const Volume& mounted);
Task<> mount_volumes(s370::DeviceAddress first, TellDuplicate tell);
// Reads the label of one disk again; nullptr when it has none or a duplicate.
Task<Volume*> mount_volume(RealDevice& device, TellDuplicate tell);

List<Volume>& volumes();
Volume* find_volume(Text name);
Volume* volume_on(const RealDevice& device);

} // namespace cp
