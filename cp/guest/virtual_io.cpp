#include "cp/guest/virtual_io.h"

#include "cp/base/abend.h"
#include "cp/guest/virtual_machine.h"
#include "s370/arch/low_storage.h"

#include <utility>

namespace cp {

using namespace s370;

namespace {

constexpr GuestReal csw_location{offsetof(LowStorage, csw)};
constexpr GuestReal csw_status_location{offsetof(LowStorage, csw) + 4};
constexpr GuestReal caw_location{offsetof(LowStorage, caw)};
constexpr GuestReal channel_id_location{offsetof(LowStorage, channel_id)};

constexpr u32 byte_multiplexer_id = 0x10000000, block_multiplexer_id = 0x20000000;

// HIO, HDV and STIDC set neither reference nor change bit on the machine at hand.
template <typename T>
void store_unmarked(GuestStorage& storage, GuestReal location, const T& value) {
    u8 const key = storage.key(location);
    storage.write(location, value);
    storage.set_key(location, key);
}

// Attention is never given together with other status: what comes first.
u16 first_device_status(u16 status) {
    u16 const others = status & static_cast<u16>(~status::attention);
    return others != 0 ? others : status;
}

} // namespace

VirtualIo::~VirtualIo() {
    VERIFY(holds_ == 0, Abend::VIO001);
    while (VirtualDevice* device = devices_.front()) detach(*device);
}

VirtualIo::Hold::~Hold() {
    if (--io_.holds_ == 0) io_.released_.set();
}

Task<> VirtualIo::drain() {
    while (holds_ != 0) {
        released_.clear();
        co_await released_;
    }
}

VirtualDevice* VirtualIo::find(DeviceAddress address) {
    for (VirtualDevice& device : devices_) {
        if (device.address() == address) return &device;
        if (device.address() > address) break;
    }
    return nullptr;
}

bool VirtualIo::attach(VirtualDevice& device) {
    for (VirtualDevice& other : devices_) {
        if (other.address() == device.address()) return false;
        if (other.address() > device.address()) {
            devices_.insert_before(other, device);
            return true;
        }
    }
    devices_.push_back(device);
    return true;
}

void VirtualIo::detach(VirtualDevice& device) {
    device.reset();
    device.unlink();
    delete &device;
}

bool VirtualIo::move(VirtualDevice& device, DeviceAddress to) {
    if (find(to) != nullptr) return false;
    device.unlink();
    device.set_address(to);
    bool const attached = attach(device);
    note_pending();
    return attached;
}

void VirtualIo::reset() {
    ++resets_;
    for (VirtualDevice& device : devices_) device.reset();
    pending_channels_ = 0;
}

// Which channels hold an interruption. A device that works keeps its own status back.
void VirtualIo::note_pending() {
    pending_channels_ = 0;
    for (VirtualDevice& device : devices_)
        if (device.turn() != 0) pending_channels_ |= channel_bit(device.address());
}

void VirtualIo::store_status(u16 status) {
    owner_.storage.write(csw_status_location, Be16{status});
}

void VirtualIo::store_csw(const Csw& csw) { owner_.storage.write(csw_location, Be64{csw.bits()}); }

u8 VirtualIo::start_io(DeviceAddress address) {
    Be32 caw;
    owner_.storage.read(caw_location, caw);
    return start_io(address, ProgramStart{Caw{caw}});
}

u8 VirtualIo::start_io(DeviceAddress address, const ProgramStart& program) {
    VirtualDevice* const device = find(address);
    if (device == nullptr) return 3;
    if (device->busy_ || device->collector_ != nullptr) return 2;
    if (device->device_status_ != 0) {
        store_status(take_device_status(*device) | status::busy);
        return 1;
    }

    if (device->interruption_pending()) {
        device->program_controlled_.forget();
        device->pending_.forget();
        note_pending();
    }
    ++owner_.accounting.start_ios;
    device->start(program);
    return 0;
}

u16 VirtualIo::take_device_status(VirtualDevice& device) {
    u16 const status = first_device_status(device.device_status_);
    device.device_status_ &= static_cast<u16>(~status);
    note_pending();
    return status;
}

// What comes first of what an idle device, or its subchannel, has to tell.
Csw VirtualIo::take_status(VirtualDevice& device) {
    if (!device.interruption_pending()) return {0, 0, take_device_status(device), 0};
    VirtualDevice::Held& first =
        device.program_controlled_.there ? device.program_controlled_ : device.pending_;
    Csw const csw = std::exchange(first, {}).csw;
    note_pending();
    return csw;
}

u8 VirtualIo::test_io(DeviceAddress address) {
    VirtualDevice* const device = find(address);
    if (device == nullptr) return 3;
    if (device->busy_ || device->collector_ != nullptr) return 2;
    if (!device->status_pending()) return 0;
    store_csw(take_status(*device));
    return 1;
}

// An idle device tells the end of its last program once more, as the machine at hand has it.
u8 VirtualIo::halt(DeviceAddress address) {
    VirtualDevice* const device = find(address);
    if (device == nullptr) return 3;
    if (device->collector_ != nullptr) return 2;
    if (device->busy_) {
        device->halt();
        return 2;
    }
    if (device->status_pending()) return 0;
    store_unmarked(owner_.storage, csw_location, Be64{device->last_.bits()});
    device->pending_.hold(device->last_, *this);
    note_pending();
    owner_.wake();
    return 1;
}

u8 VirtualIo::test_channel(u8 channel) {
    for (VirtualDevice& device : devices_) {
        if (device.address().channel() != channel) continue;
        return (pending_channels_ & channel_bit(device.address())) != 0 ? 1 : 0;
    }
    return 3;
}

u8 VirtualIo::store_channel_id(u8 channel) {
    for (VirtualDevice& device : devices_) {
        if (device.address().channel() != channel) continue;
        u32 const id = channel == 0 ? byte_multiplexer_id : block_multiplexer_id;
        store_unmarked(owner_.storage, channel_id_location, Be32{id});
        return 0;
    }
    return 3;
}

bool VirtualIo::take_interruption(u32 channels, IoInterruption& interruption) {
    if (!connected_) return false;
    channels &= pending_channels_;
    if (channels == 0) return false;

    VirtualDevice* best = nullptr;
    for (VirtualDevice& device : devices_) {
        if ((channel_bit(device.address()) & channels) == 0 || device.turn() == 0) continue;
        if (best == nullptr || device.turn() < best->turn()) best = &device;
    }
    if (best == nullptr) return false;

    interruption = {best->address(), take_status(*best)};
    return true;
}

bool VirtualIo::active() const {
    for (VirtualDevice& device : const_cast<List<VirtualDevice>&>(devices_)) {
        if (device.busy_) return true;
    }
    return false;
}

} // namespace cp
