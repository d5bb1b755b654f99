#include "cp/io/devices.h"

#include "cp/io/disk_program.h"
#include "cp/io/synchronous.h"
#include "s370/machine/io.h"

namespace cp {

using namespace s370;

namespace {

struct KnownType {
    u16 type;
    DeviceClass device_class;
};
constexpr KnownType known_types[] = {
    {0x1052, DeviceClass::Console}, {0x3210, DeviceClass::Console}, {0x3215, DeviceClass::Console},
    {0x3270, DeviceClass::Graphic}, {0x3277, DeviceClass::Graphic}, {0x3278, DeviceClass::Graphic},
    {0x3279, DeviceClass::Graphic}, {0x3274, DeviceClass::Graphic}, {0x1442, DeviceClass::Reader},
    {0x2501, DeviceClass::Reader},  {0x3505, DeviceClass::Reader},  {0x3525, DeviceClass::Punch},
    {0x1403, DeviceClass::Printer}, {0x3203, DeviceClass::Printer}, {0x3211, DeviceClass::Printer},
    {0x2311, DeviceClass::Disk},    {0x2314, DeviceClass::Disk},    {0x3330, DeviceClass::Disk},
    {0x3340, DeviceClass::Disk},    {0x3350, DeviceClass::Disk},    {0x3375, DeviceClass::Disk},
    {0x3380, DeviceClass::Disk},    {0x2305, DeviceClass::Disk},    {0x3420, DeviceClass::Tape},
    {0x3411, DeviceClass::Tape},    {0x3480, DeviceClass::Tape},
};

struct CustomaryAddress {
    u16 address;
    u16 type;
};
constexpr CustomaryAddress customary_addresses[] = {
    {0x009, 0x3215}, {0x01F, 0x3215}, {0x00C, 0x3505}, {0x00D, 0x3525}, {0x00E, 0x1403},
};

DeviceClass class_of(u16 type) {
    for (KnownType const& known : known_types)
        if (known.type == type) return known.device_class;
    return DeviceClass::Other;
}

bool exists(DeviceAddress address) { return machine::tio(address) != 3; }

// The type of a disk by its number of heads: the seek to one more is refused.
u16 disk_type(DeviceAddress address) {
    constexpr struct { u16 type, heads; } by_heads[] = {{0x3350, 30}, {0x3330, 19}, {0x3340, 12}};
    for (auto const& candidate : by_heads) {
        Be16 const seek[3] = {0, 0, static_cast<u16>(candidate.heads - 1)};
        u8 home[5];
        alignas(8) Ccw const program[] = {
            {ckd::command::seek, machine::real_address(seek), Ccw::ChainCommand, 6},
            {ckd::command::read_home_address, machine::real_address(home), Ccw::SuppressLength, 5}};
        if (run_synchronously(address, program).ok()) return candidate.type;
    }
    return 0;
}

u16 type_of(DeviceAddress address) {
    u8 identity[7]{}; // FF, control unit and model, device and model
    alignas(8) Ccw const sense_id(command::sense_id, machine::real_address(identity),
                                  Ccw::SuppressLength, sizeof identity);
    IoResult const result = run_synchronously(address, &sense_id);
    if (result.ok() && identity[0] == 0xFF && result.csw.count == 0)
        return static_cast<u16>(identity[4] << 8 | identity[5]);
    for (CustomaryAddress const& customary : customary_addresses)
        if (customary.address == address.value) return customary.type;
    if (u16 const disk = disk_type(address)) return disk;
    // Local display stations are the only ones left that CP has a use for.
    return 0x3277;
}

constinit List<Volume> mounted;

} // namespace

void discover_devices() {
    for (u16 address = 0; address < 0x1000; ++address) {
        DeviceAddress const at{address};
        if (!exists(at)) continue;
        u16 const type = type_of(at);
        auto* const device = free_storage::create<RealDevice>(at, class_of(type), type);
        VERIFY(device != nullptr, Abend::CPI001);
        add_device(*device);
    }
}

Task<IoResult> Volume::read_record(ckd::Address track, u8 record, void* data, u32 length) {
    DiskProgram program(ckd::command::read_data, track, record, data, length);
    IoResult const result = co_await device_.run(program.ccws());
    co_return result;
}

Task<IoResult> Volume::write_record(ckd::Address track, u8 record, const void* data, u32 length) {
    DiskProgram program(ckd::command::write_data, track, record, data, length);
    IoResult const result = co_await device_.run(program.ccws());
    co_return result;
}

Task<IoResult> Volume::read_page(PagePlace place, void* page) {
    return read_record({place.cylinder, place.head}, place.record, page, page_record_size);
}

Task<IoResult> Volume::write_page(PagePlace place, const void* page) {
    return write_record({place.cylinder, place.head}, place.record, page, page_record_size);
}

Task<Volume*> mount_volume(RealDevice& device, TellDuplicate tell) {
    VolumeLabel label;
    DiskProgram program(ckd::command::read_data, {0, 0}, label_record, &label, sizeof label);
    IoResult const result = co_await device.run(program.ccws());
    if (!result.ok() || result.csw.count != 0) co_return nullptr;
    if (Text(label.mark, sizeof label.mark) != volume_mark) co_return nullptr;
    Volume* const same = volume_on(device);
    if (same != nullptr) same->label() = label;
    if (same != nullptr) co_return same;
    if (Volume* const other = find_volume(label.volume.text())) {
        tell(device, *other);
        co_return nullptr;
    }
    auto* const volume = free_storage::create<Volume>(device, label);
    if (volume != nullptr) mounted.push_back(*volume);
    co_return volume;
}

Task<> mount_volumes(DeviceAddress first, TellDuplicate tell) {
    RealDevice* const system = find_device(first);
    if (system != nullptr) co_await mount_volume(*system, tell);
    for (RealDevice& device : real_devices()) {
        if (device.device_class() != DeviceClass::Disk || &device == system) continue;
        co_await mount_volume(device, tell);
    }
}

List<Volume>& volumes() { return mounted; }

Volume* volume_on(const RealDevice& device) {
    for (Volume& volume : mounted)
        if (&volume.device() == &device) return &volume;
    return nullptr;
}

Volume* find_volume(Text name) {
    for (Volume& volume : mounted)
        if (volume.name().text() == name) return &volume;
    return nullptr;
}

} // namespace cp
