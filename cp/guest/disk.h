// A minidisk: some cylinders of a real volume, seen as a disk of its own (DMKCCW,
// DMKUNT, DMKDGD's view of it).
//
// docs/minidisks.md says how a guest's channel program becomes a real one. Every
// seek is relocated and checked while translating, so that a program can only reach
// the cylinders of the minidisk; write commands of a read-only one never get into
// a real program.
#pragma once

#include "cp/guest/virtual_device.h"
#include "s370/arch/ckd.h"

namespace cp {

class RealDevice;

struct Extent {
    RealDevice* volume = nullptr;
    u16 start = 0; // cylinder of the volume
    u16 cylinders = 0;
    Name<6> volser;
    u16 type = 0x3350; // 3330, 3340 or 3350
    bool read_only = false;
    bool temporary = false;
    bool dedicated = false; // all of a volume that CP does not use (DEDICATE)
};

// Makes a minidisk and attaches it; nullptr when the address is in use, the type is
// not known, the extent lies outside the volume, or free storage is out.
Minidisk* attach_minidisk(VirtualMachine& vm, s370::DeviceAddress address, const Extent& extent);

// All of a real disk; nullptr as above.
Minidisk* attach_dedicated_disk(VirtualMachine& vm, s370::DeviceAddress address, RealDevice& real);
// The virtual disk that `real` is dedicated to; nullptr: none.
const Minidisk* dedicated_to(const RealDevice& real);

// Who has the minidisk that begins at `start` of `volume` (whatever his own address for it).
struct DiskUsers {
    u32 readers = 0;
    u32 writers = 0;
};
DiskUsers disk_users(const RealDevice& volume, u16 start);

class Minidisk final : public VirtualDevice {
  public:
    Minidisk(VirtualMachine& owner, s370::DeviceAddress address, const Extent& extent,
             const s370::ckd::Geometry& geometry)
        : VirtualDevice(owner, address), extent_(extent), geometry_(geometry) {}

    const Extent& extent() const { return extent_; }
    void set_read_only(bool read_only) { extent_.read_only = read_only; }
    const s370::ckd::Geometry& geometry() const { return geometry_; }
    // Byte 4 of its sense.
    u8 sensed_unit() const { return static_cast<u8>(0x80 >> (address().value & 7)); }

    DeviceIdentity identity() const override;
    bool describe(u32 index, Line<80>& line) const override;
    void start(const ProgramStart& program) override;
    void halt() override {} // the real program ends by itself, soon
    void reset() override;
    std::span<const u8> sense() const override { return {sense_, s370::ckd::sense_length}; }
    Minidisk* as_minidisk() override { return this; }
    const RealDevice* real_device() const override { return extent_.volume; }

    // A channel program of the guest from its first CCW to its end. For synchronous
    // I/O too: nothing is presented. With `gone` the device does not exist any more.
    struct ProgramEnd {
        s370::Csw csw{}, program_controlled{};
        bool gone = false;
    };
    Task<ProgramEnd> execute(ProgramStart program);

  private:
    Task<> run(ProgramStart program);
    void tell_position();

    Extent extent_;
    const s370::ckd::Geometry& geometry_;
    s370::ckd::Address position_{}; // of the arm, in the guest's cylinders
    u8 sense_[s370::ckd::sense_length]{};
};

} // namespace cp
