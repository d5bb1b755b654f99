// A 3270 of a virtual machine (SPECIAL cuu 3270, DEFINE GRAF): somebody's terminal
// while it is dialed to it, not ready before and after (DMKDIA, DMKVIO).
//
// The guest's channel programs go to the real terminal; only their addresses are
// translated. GA23-0060 "Commands": what is none of a 3270's is rejected here.
#pragma once

#include "cp/guest/virtual_device.h"

namespace cp {

class RealDevice;

// The terminal that was dialed, as its virtual display sees it.
class DialedLine {
  public:
    virtual RealDevice& device() = 0;
    // The virtual machine is done with it: reset, detached, logged off.
    virtual void drop() = 0;

  protected:
    ~DialedLine() = default;
};

// Makes a display and attaches it; nullptr: address in use, or no storage.
VirtualDisplay* attach_display(VirtualMachine& vm, s370::DeviceAddress address, u16 type = 0x3270);

class VirtualDisplay final : public VirtualDevice {
  public:
    VirtualDisplay(VirtualMachine& owner, s370::DeviceAddress address, u16 type)
        : VirtualDevice(owner, address), type_(type) {}

    DeviceIdentity identity() const override;
    bool describe(u32 index, Line<80>& line) const override;
    void start(const ProgramStart& program) override;
    void halt() override;
    void reset() override;
    std::span<const u8> sense() const override { return {&sense_, 1}; }
    const RealDevice* real_device() const override {
        return line_ != nullptr ? &line_->device() : nullptr;
    }
    VirtualDisplay* as_display() override { return this; }

    // `line` has it; its terminal is not ready before connect().
    bool dialed() const { return line_ != nullptr; }
    void dial(DialedLine& line) { line_ = &line; }
    void connect();
    // What the terminal does unasked: attention.
    void tell(u16 status) { present_device_status(status); }
    // The terminal is gone.
    void hang_up();

  private:
    Task<> run(ProgramStart program);

    u16 type_;
    DialedLine* line_ = nullptr;
    bool ready_ = false;
    u8 sense_ = 0;
};

} // namespace cp
