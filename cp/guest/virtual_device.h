// A device of a virtual machine (VDEVBLOK): one implementation per kind.
//
// The methods answer the I/O instructions; virtual_io finds the device, knows
// the subchannel's and channel's states and presents interruptions. A device
// that takes time answers 0 to start() and later calls present().
#pragma once

#include "s370/arch/ccw.h"
#include "s370/base/list.h"
#include "s370/base/text.h"

namespace cp {

class VirtualMachine;

// Device class and type bytes of DIAGNOSE 24 (VDEVTYPC, VDEVTYPE).
struct DeviceIdentity {
    u8 class_byte;  // 04 DASD, 08 tape, 10 unit record output, 20 input, 80 terminal, 40 graphic
    u8 type_byte;
    u16 number;     // 0x3350, 0x2540...
    Text word;      // DASD CONS RDR PUN PRT TAPE ... as in responses, 4 columns
};

class VirtualDevice : public Link<VirtualDevice> {
  public:
    VirtualDevice(VirtualMachine& owner, s370::DeviceAddress address)
        : owner_(owner), address_(address) {}
    virtual ~VirtualDevice() = default;

    VirtualMachine& owner() const { return owner_; }
    s370::DeviceAddress address() const { return address_; }
    void set_address(s370::DeviceAddress address) { address_ = address; }

    virtual DeviceIdentity identity() const = 0;
    // The QUERY VIRTUAL lines (cp-commands 9) after `type vadd `, one call a line; false: no more.
    virtual bool describe(u32 index, Line<80>& line) const = 0;

    // SIO with a valid CAW on an idle device without pending status. The answer
    // is the condition code; for 1 `stored` is what goes to the guest's CSW.
    virtual u8 start(s370::Caw caw, s370::Csw& stored) = 0;
    // HIO/HDV while busy.
    virtual void halt() = 0;
    // System reset, or RESET vaddr: forget everything pending or going on.
    virtual void reset();

    // The state the subchannel is in.
    bool busy() const { return busy_; }
    bool status_pending() const { return pending_.status != 0; }

  protected:
    // Status for the guest; becomes an I/O interruption when it is enabled.
    void present(s370::Csw csw);
    void set_busy(bool busy) { busy_ = busy; }

  private:
    friend class VirtualIo;
    VirtualMachine& owner_;
    s370::DeviceAddress address_;
    bool busy_ = false;
    s370::Csw pending_{};
    u16 pending_device_status_ = 0; // device end or attention still to come after channel end
};

} // namespace cp
