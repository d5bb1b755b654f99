// A device of a virtual machine (VDEVBLOK): one implementation per kind.
//
// The methods answer the I/O instructions; virtual_io finds the device, knows
// the subchannel's and channel's states and presents interruptions. A device
// that takes time answers 0 to start() and later calls present().
//
// The states, as GA22-7000-10 "States of the Input/Output System" has them:
//   busy            the subchannel works, until present() with all of a program's status
//   pending         the subchannel holds a CSW for an interruption
//   device status   device end or attention, unasked, waits in the device
#pragma once

#include "cp/base/task.h"
#include "s370/arch/ccw.h"
#include "s370/base/list.h"
#include "s370/base/text.h"

namespace cp {

class VirtualMachine;
class VirtualDevice;
class VirtualIo;
class RealDevice;
class Minidisk;
class VirtualConsole;
class VirtualDisplay;
class VirtualReader;
class VirtualOutput;

// Device class and type bytes of DIAGNOSE 24 (VDEVTYPC, VDEVTYPE).
struct DeviceIdentity {
    u8 class_byte; // 04 DASD, 08 tape, 10 unit record output, 20 input, 80 terminal, 40 graphic
    u8 type_byte;
    u16 number; // 0x3350, 0x2540...
    Text word;  // DASD CONS RDR PUN PRT TAPE ... as in responses, 4 columns
};

namespace device_class {
constexpr u8 terminal = 0x80, graphic = 0x40, input = 0x20, output = 0x10, tape = 0x08, disk = 0x04,
             special = 0x02;
}

// Where a channel program begins.
struct ProgramStart {
    s370::Caw caw;
    bool ipl = false;     // as LOAD does: read 24 bytes to 0, then go on at 8
    u16 ipl_cylinder = 0; // of a disk
    bool display = false; // DIAGNOSE 58: command 19 is known
};

// What a coroutine keeps while it works for a device: reset and detach take the
// device away from it, so it looks at gone() after each wait and then ends.
class DeviceOperation {
  public:
    explicit DeviceOperation(VirtualDevice& device);
    ~DeviceOperation();
    DeviceOperation(const DeviceOperation&) = delete;
    DeviceOperation& operator=(const DeviceOperation&) = delete;

    bool gone() const { return device_ == nullptr; }

  private:
    friend class VirtualDevice;
    VirtualDevice* device_;
};

class VirtualDevice : public Link<VirtualDevice> {
  public:
    VirtualDevice(VirtualMachine& owner, s370::DeviceAddress address)
        : owner_(owner), address_(address) {}
    virtual ~VirtualDevice();
    // Made by free_storage::create; the compiler knows the size of each kind.
    static void operator delete(void* device, usize bytes) { free_storage::give(device, bytes); }

    VirtualMachine& owner() const { return owner_; }
    s370::DeviceAddress address() const { return address_; }
    // Only before attach(); afterwards VirtualIo::move().
    void set_address(s370::DeviceAddress address) { address_ = address; }

    virtual DeviceIdentity identity() const = 0;
    // The QUERY VIRTUAL lines (cp-commands 9) from column 9 on, one call a line; false: no
    // more. The caller puts `type vad ` before line 0 and `     vad ` before the others.
    virtual bool describe(u32 index, Line<80>& line) const = 0;

    // SIO on an idle device without pending status. As on the machine at hand it always
    // succeeds: whatever is wrong with the program is told by the interruption.
    virtual void start(const ProgramStart& program) = 0;
    // HIO/HDV while busy.
    virtual void halt() = 0;
    // System reset, or RESET vaddr: forget everything pending or going on.
    virtual void reset();
    // Bytes for DIAGNOSE 20 and for IPL error messages: those the next SENSE would get.
    virtual std::span<const u8> sense() const { return {}; }

    // The real device that it is a part of (most have none), and how that one ended last.
    virtual const RealDevice* real_device() const { return nullptr; }
    s370::Csw real_csw() const { return real_csw_; }

    // The kinds that others ask for.
    virtual Minidisk* as_minidisk() { return nullptr; }
    virtual VirtualConsole* as_console() { return nullptr; }
    virtual VirtualDisplay* as_display() { return nullptr; }
    virtual VirtualReader* as_reader() { return nullptr; }
    virtual VirtualOutput* as_output() { return nullptr; }

    // The user has made it ready (READY vaddr): device end, unasked.
    void tell_ready() { present_device_status(s370::status::device_end); }

    bool busy() const { return busy_; }
    bool status_pending() const { return interruption_pending() || device_status_ != 0; }
    bool interruption_pending() const { return program_controlled_.there || pending_.there; }
    bool attention_pending() const { return (device_status_ & s370::status::attention) != 0; }

    // From now until collect(nullptr) the status goes to collected(), not to the guest:
    // synchronous I/O of CP for the guest (DIAGNOSE 20, IPL). Reset and detach end it.
    struct Collector {
        Signal signal;     // status has come
        bool gone = false; // the device was reset; perhaps there is none any more
    };
    void collect(Collector* collector);
    // Takes what has come: the CSW with device status or-ed in.
    s370::Csw collected();

  protected:
    // The end of a channel program: becomes an I/O interruption, and one before it when
    // there is a program-controlled one still to be told.
    void present(s370::Csw csw, s370::Csw program_controlled = {});
    // Device end or attention that no program asked for.
    void present_device_status(u16 status);
    void set_busy(bool busy) { busy_ = busy; }
    void note_real_end(s370::Csw csw) { real_csw_ = csw; }

  private:
    friend class VirtualIo;
    friend class DeviceOperation;
    VirtualMachine& owner_;
    s370::DeviceAddress address_;
    struct Held {
        bool there = false;
        s370::Csw csw{};
        u64 turn = 0;
        // The machine at hand forgets it for a new program, but not its place in the queue.
        void forget() { there = false; }
        void hold(const s370::Csw& status, VirtualIo& io);
    };
    // Of what it tells first: the lower the earlier it came, among all devices; 0: nothing now.
    u64 turn() const;

    bool busy_ = false;
    u16 device_status_ = 0;
    u64 device_turn_ = 0;               // of device_status_
    Held program_controlled_, pending_; // told in this order
    s370::Csw last_{};                  // of the last program
    s370::Csw real_csw_{};
    Collector* collector_ = nullptr;
    DeviceOperation* operation_ = nullptr;
};

} // namespace cp
