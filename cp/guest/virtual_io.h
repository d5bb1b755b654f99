// The channels of a virtual machine: I/O instructions and interruptions (DMKVIO).
//
// GA22-7000-10 "Input/Output Operations". Interruptions are taken in the order in which they
// came, whatever their channels and addresses, as on the machine at hand: the architecture
// leaves it open. Channel 0 is a byte-multiplexer channel, the others are block-multiplexer
// channels that no device ever keeps busy.
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
    // Nothing may be at work any more: see drain().
    ~VirtualIo();

    VirtualDevice* find(s370::DeviceAddress address);
    // In ascending order of address.
    List<VirtualDevice>& devices() { return devices_; }
    // Takes ownership of a device made by free_storage::create; false: address in use.
    bool attach(VirtualDevice& device);
    // Resets, removes and destroys.
    void detach(VirtualDevice& device);
    // Gives an attached device another address; false: address in use.
    bool move(VirtualDevice& device, s370::DeviceAddress to);
    void reset();

    // Condition codes. SIO takes the CAW from the guest's location 72; where a
    // CSW is stored it goes to the guest's location 64.
    u8 start_io(s370::DeviceAddress address);
    u8 test_io(s370::DeviceAddress address);
    // HIO and HDV.
    u8 halt(s370::DeviceAddress address);
    u8 test_channel(u8 channel);
    u8 store_channel_id(u8 channel);
    // SIO with a CAW of CP's own (DIAGNOSE 58).
    u8 start_io(s370::DeviceAddress address, const ProgramStart& program);

    // Is there an interruption from a channel of `channels` (bit 0 = channel 0, as in CR2)?
    bool interruption_pending(u32 channels) const { return (pending_channels_ & channels) != 0; }
    u32 pending_channels() const { return pending_channels_; }
    // Takes it (the caller stores PSWs, CSW and address).
    bool take_interruption(u32 channels, IoInterruption& interruption);
    // CONCS and DISCS: without its channels the CPU gets condition code 3, and no interruption.
    void connect(bool connected) { connected_ = connected; }
    bool connected() const { return connected_; }
    // Any I/O going on that will give an interruption, console reads included.
    bool active() const;

    // A task at work for this virtual machine: real I/O into its storage, a
    // DIAGNOSE. Its storage and itself must stay until the hold ends.
    class Hold {
      public:
        explicit Hold(VirtualIo& io) : io_(io) { ++io_.holds_; }
        ~Hold();
        Hold(const Hold&) = delete;
        Hold& operator=(const Hold&) = delete;

      private:
        VirtualIo& io_;
    };
    // Waits until nobody holds this virtual machine. To be awaited, after reset(),
    // by whoever releases or changes its storage or destroys it, not by a holder.
    Task<> drain();
    bool held() const { return holds_ != 0; }

    // Counts system resets, so that a task sees that one came between.
    u32 resets() const { return resets_; }

  private:
    friend class VirtualDevice;
    void note_pending();
    u64 next_turn() { return ++turns_; }
    void store_status(u16 status);
    void store_csw(const s370::Csw& csw);
    s370::Csw take_status(VirtualDevice& device);
    u16 take_device_status(VirtualDevice& device);
    static u32 channel_bit(s370::DeviceAddress address) { return 0x80000000u >> address.channel(); }

    VirtualMachine& owner_;
    List<VirtualDevice> devices_;
    bool connected_ = true;
    u32 pending_channels_ = 0;
    u32 holds_ = 0;
    u32 resets_ = 0;
    u64 turns_ = 0; // that devices were given to interrupt
    Signal released_;
};

} // namespace cp
