#include "s370/machine/channel.h"

#include "s370/machine/io.h"
#include "s370/machine/storage.h"

using namespace s370;

std::map<u16, fakes::Device> fakes::devices;

namespace {

fakes::Device* find(u32 address) {
    auto const found = fakes::devices.find(static_cast<u16>(address));
    return found == fakes::devices.end() ? nullptr : &found->second;
}

void take(fakes::Device& device) {
    machine::low_storage().csw = device.finished.bits();
    device.pending = false;
}

} // namespace

bool fakes::interrupt(u16 address) {
    Device* const device = find(address);
    if (device == nullptr || !device->pending) return false;
    machine::low_storage().io_address = address;
    take(*device);
    return true;
}

u8 fakes::ends_well(const Ccw*, Csw& csw) {
    csw = {0, 0, status::channel_end | status::device_end, 0};
    return 0;
}

extern "C" {

u32 machine_sio(u32 address) {
    fakes::Device* const device = find(address);
    if (device == nullptr) return 3;
    if (device->pending) return 2;
    ++device->start_ios;
    LowStorage& low = machine::low_storage();
    Csw csw{};
    u8 const cc = device->start(machine::real<Ccw>(low.caw & 0xFFFFFF), csw);
    if (cc == 1) low.csw = csw.bits();
    if (cc == 0) {
        device->finished = csw;
        device->pending = csw.status != 0;
    }
    return cc;
}

u32 machine_tio(u32 address) {
    fakes::Device* const device = find(address);
    if (device == nullptr) return 3;
    if (!device->pending) return 0;
    take(*device);
    return 1;
}

u32 machine_hio(u32 address) {
    fakes::Device* const device = find(address);
    return device == nullptr ? 3 : 0;
}
u32 machine_hdv(u32 address) { return machine_hio(address); }
u32 machine_clrio(u32 address) { return machine_tio(address); }
u32 machine_tch(u32) { return 0; }
}
