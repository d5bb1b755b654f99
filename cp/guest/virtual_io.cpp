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

constexpr u32 byte_multiplexer_id = 0x10000000, selector_id = 0;

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
    for (VirtualDevice& device : devices_) {
        if (device.collector_ != nullptr) continue;
        bool const idle = !device.busy_ && !device.device_busy_;
        if (device.pending_.status != 0 || (device.device_status_ != 0 && idle)) {
            pending_channels_ |= channel_bit(device.address());
        }
    }
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
    if (device->busy_ || device->collector_ != nullptr || device->pending_.status != 0) return 2;

    if (device->device_busy_) {
        store_status(status::busy);
        return 1;
    }
    if (device->device_status_ != 0) {
        u16 const status = first_device_status(device->device_status_);
        device->device_status_ &= static_cast<u16>(~status);
        note_pending();
        store_status(status | status::busy);
        return 1;
    }
    if (!program.caw.valid()) {
        store_status(status::program_check);
        return 1;
    }

    ++owner_.accounting.start_ios;
    Csw stored;
    u8 const cc = device->start(program, stored);
    if (cc == 1) store_status(stored.status);
    return cc;
}

u8 VirtualIo::test_io(DeviceAddress address) {
    VirtualDevice* const device = find(address);
    if (device == nullptr) return 3;
    if (device->collector_ != nullptr) return 2;
    if (device->pending_.status != 0) {
        store_csw(std::exchange(device->pending_, {}));
        note_pending();
        return 1;
    }
    if (device->busy_) return 2;
    if (device->device_busy_) {
        store_csw({0, 0, status::busy, 0});
        return 1;
    }
    if (device->device_status_ != 0) {
        u16 const status = first_device_status(device->device_status_);
        device->device_status_ &= static_cast<u16>(~status);
        store_csw({0, 0, status, 0});
        note_pending();
        return 1;
    }
    return 0;
}

u8 VirtualIo::halt(DeviceAddress address) {
    VirtualDevice* const device = find(address);
    if (device == nullptr) return 3;
    if (device->collector_ != nullptr) return 2;
    if (device->pending_.status != 0) return 0;
    if (device->busy_) {
        device->halt();
        // A burst ends (2); on the byte-multiplexer channel the device is told (1).
        if (address.channel() != 0) return 2;
    }
    store_status(0);
    return 1;
}

u8 VirtualIo::halt_io(DeviceAddress address) { return halt(address); }
u8 VirtualIo::halt_device(DeviceAddress address) { return halt(address); }

u8 VirtualIo::clear_io(DeviceAddress address) {
    VirtualDevice* const device = find(address);
    if (device == nullptr) return 3;
    if (device->collector_ != nullptr) return 2;
    if (device->pending_.status == 0 && !device->busy_) return 0;
    Csw const csw = device->pending_;
    if (device->busy_)
        device->reset();
    else
        device->pending_ = {};
    note_pending();
    store_csw(csw);
    return 1;
}

u8 VirtualIo::test_channel(u8 channel) {
    u8 cc = 3;
    for (VirtualDevice& device : devices_) {
        if (device.address().channel() != channel) continue;
        if (device.pending_.status != 0) return 1;
        cc = 0;
    }
    return cc;
}

u8 VirtualIo::store_channel_id(u8 channel) {
    for (VirtualDevice& device : devices_) {
        if (device.address().channel() != channel) continue;
        owner_.storage.write(channel_id_location,
                             Be32{channel == 0 ? byte_multiplexer_id : selector_id});
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
        if ((channel_bit(device.address()) & channels) == 0 || device.collector_ != nullptr)
            continue;
        if (best != nullptr && best->address().channel() != device.address().channel()) break;
        if (device.pending_.status != 0) {
            best = &device;
            break;
        }
        bool const idle = !device.busy_ && !device.device_busy_;
        if (best == nullptr && idle && device.device_status_ != 0) best = &device;
    }
    if (best == nullptr) return false;

    interruption.address = best->address();
    if (best->pending_.status != 0) {
        interruption.csw = std::exchange(best->pending_, {});
    } else {
        u16 const status = first_device_status(best->device_status_);
        best->device_status_ &= static_cast<u16>(~status);
        interruption.csw = {0, 0, status, 0};
    }
    note_pending();
    return true;
}

bool VirtualIo::active() const {
    for (VirtualDevice& device : const_cast<List<VirtualDevice>&>(devices_)) {
        if (device.busy_ || device.device_busy_) return true;
    }
    return false;
}

} // namespace cp
