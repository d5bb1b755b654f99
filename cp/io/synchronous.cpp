#include "cp/io/synchronous.h"

#include "s370/machine/io.h"
#include "s370/machine/storage.h"

namespace cp {

using namespace s370;

namespace {

constexpr u32 most_polls = 200'000'000; // a device that never ends is not operational
constexpr u8 write_with_return = 0x09;

IoResult attempt(DeviceAddress device, const Ccw* program) {
    IoResult result;
    LowStorage& low = machine::low_storage();
    low.caw = machine::real_address(program);
    low.csw = 0;
    result.condition_code = machine::sio(device);
    if (result.condition_code == 1) {
        result.csw = Csw::from(low.csw);
        result.condition_code = 0;
        return result;
    }
    if (result.condition_code != 0) return result;
    for (u32 polls = 0; polls < most_polls; ++polls) {
        low.csw = 0;
        u8 const cc = machine::tio(device);
        if (cc == 2) continue;
        if (cc == 3) break;
        if (cc == 1) {
            Csw const csw = Csw::from(low.csw);
            u16 const status = result.csw.status | csw.status;
            if ((csw.status & status::channel_end) != 0) result.csw = csw;
            result.csw.status = status;
        }
        constexpr u16 last = status::device_end | status::unit_check | 0x3F;
        if (cc == 0 || (result.csw.status & last) != 0) return result;
    }
    result.condition_code = 3;
    return result;
}

} // namespace

IoResult run_synchronously(DeviceAddress device, const Ccw* program) {
    IoResult result;
    // Old status in the way, or a busy subchannel, goes away by asking.
    for (u32 tries = 0; tries < 10; ++tries) {
        result = attempt(device, program);
        bool const in_the_way =
            result.condition_code == 2 || (result.csw.status & status::busy) != 0;
        if (!in_the_way) break;
        machine::tio(device);
    }
    if (result.condition_code == 0 && (result.csw.status & status::unit_check) != 0) {
        alignas(8) Ccw const sense(command::sense, machine::real_address(result.sense),
                                   Ccw::SuppressLength, sizeof result.sense);
        IoResult const sensed = attempt(device, &sense);
        if (sensed.condition_code == 0)
            result.sense_length = static_cast<u8>(sizeof result.sense - sensed.csw.count);
    }
    return result;
}

void type_synchronously(DeviceAddress device, Text line) {
    alignas(8) Ccw const write(write_with_return, machine::real_address(line.data()),
                               Ccw::SuppressLength, static_cast<u16>(line.size()));
    run_synchronously(device, &write);
}

} // namespace cp
