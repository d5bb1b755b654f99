// The channels of a virtual machine: I/O instructions and interruptions (DMKVIO).
//
// GA22-7000-10 "Input/Output Operations"; order of interruptions as
// cp-internals section 3: lowest channel enabled, then lowest address.
#pragma once

#include "cp/guest/virtual_device.h"

namespace cp {

struct IoInterruption {
    s370::DeviceAddress address;
    s370::Csw csw;
};

class VirtualIo {
  public:
    explicit VirtualIo(VirtualMachine& owner) : owner_(owner) {}
    ~VirtualIo();

    VirtualDevice* find(s370::DeviceAddress address);
    // In ascending order of address.
    List<VirtualDevice>& devices() { return devices_; }
    // Takes ownership of a device made by free_storage::create; false: address in use.
    bool attach(VirtualDevice& device);
    // Resets, removes and destroys.
    void detach(VirtualDevice& device);
    void reset();

    // Condition codes. SIO takes the CAW from the guest's location 72; where a
    // CSW is stored it goes to the guest's location 64.
    u8 start_io(s370::DeviceAddress address);
    u8 test_io(s370::DeviceAddress address);
    u8 halt_io(s370::DeviceAddress address);
    u8 halt_device(s370::DeviceAddress address);
    u8 clear_io(s370::DeviceAddress address);
    u8 test_channel(u8 channel);
    u8 store_channel_id(u8 channel);

    // Is there an interruption from a channel of `channels` (bit 0 = channel 0, as in CR2)?
    bool interruption_pending(u32 channels);
    // Takes it (the caller stores PSWs, CSW and address).
    bool take_interruption(u32 channels, IoInterruption& interruption);
    // Any I/O going on that will give an interruption, console reads included.
    bool active() const;

  private:
    VirtualMachine& owner_;
    List<VirtualDevice> devices_;
};

} // namespace cp
