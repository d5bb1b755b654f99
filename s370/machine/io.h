// The I/O instructions. GA22-7000-10 "Input/Output Instructions".
//
// Each returns the condition code. SIO takes the channel program from the CAW
// and may store status into the CSW, both in low storage. Supervisor state.
#pragma once

#include "s370/arch/ccw.h"
#include "s370/base/types.h"

extern "C" {
u32 machine_sio(u32 device);
u32 machine_tio(u32 device);
u32 machine_hio(u32 device);
u32 machine_hdv(u32 device);
u32 machine_clrio(u32 device);
u32 machine_tch(u32 device);
}

namespace machine {

inline u8 sio(s370::DeviceAddress device) { return static_cast<u8>(machine_sio(device.value)); }
inline u8 tio(s370::DeviceAddress device) { return static_cast<u8>(machine_tio(device.value)); }
inline u8 hio(s370::DeviceAddress device) { return static_cast<u8>(machine_hio(device.value)); }
inline u8 hdv(s370::DeviceAddress device) { return static_cast<u8>(machine_hdv(device.value)); }
inline u8 clrio(s370::DeviceAddress device) { return static_cast<u8>(machine_clrio(device.value)); }
inline u8 tch(s370::DeviceAddress channel) { return static_cast<u8>(machine_tch(channel.value)); }

} // namespace machine
