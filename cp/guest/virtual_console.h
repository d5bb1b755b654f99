// The console typewriter of a virtual machine (DMKVCN): a 3215, whatever the
// terminal behind it is.
//
// cp-internals section 6a. Lines go to and come from the UserSession; logical line
// editing has been done there.
#pragma once

#include "cp/guest/virtual_device.h"
#include "cp/io/console.h"

namespace cp {

class ChannelWalker;

// Makes the console and attaches it; also sets vm.console_address. nullptr: address in use.
VirtualConsole* attach_console(VirtualMachine& vm, s370::DeviceAddress address, u16 type = 0x3215,
                               u8 spool_class = 'T'_e);

// The attention key, for the virtual machine: device status X'80', once. False: no console.
bool present_attention(VirtualMachine& vm);

class VirtualConsole final : public VirtualDevice {
  public:
    VirtualConsole(VirtualMachine& owner, s370::DeviceAddress address, u16 type, u8 spool_class)
        : VirtualDevice(owner, address), type_(type), spool_class_(spool_class) {}

    DeviceIdentity identity() const override;
    bool describe(u32 index, Line<80>& line) const override;
    void start(const ProgramStart& program) override;
    void halt() override;
    void reset() override;
    std::span<const u8> sense() const override { return {&sense_, 1}; }
    VirtualConsole* as_console() override { return this; }

    void attention();
    // NOTREADY and READY vaddr.
    void set_ready(bool ready) { ready_ = ready; }

  private:
    // The unit status that a command ended with; not there any more with `gone`.
    struct CommandEnd {
        u16 status = 0;
        bool gone = false;
    };
    Task<> run(ProgramStart program);
    Task<CommandEnd> write(ChannelWalker& walker, const DeviceOperation& operation);
    Task<CommandEnd> read(ChannelWalker& walker, const DeviceOperation& operation);
    Task<CommandEnd> display(ChannelWalker& walker, const DeviceOperation& operation);
    Task<CommandEnd> write_screen(ChannelWalker& walker, const DeviceOperation& operation);
    Task<CommandEnd> read_screen(ChannelWalker& walker, const DeviceOperation& operation);
    CommandEnd screen_end(const FullScreen::End& end, const DeviceOperation& operation);
    FullScreen* full_screen() const;
    void back_to_lines();
    void sense_command(ChannelWalker& walker);
    void alarm();
    u16 refuse(u8 sense);

    u16 type_;
    u8 spool_class_;
    bool ready_ = true;
    bool reading_ = false, halted_ = false;
    u8 sense_ = 0;
};

} // namespace cp
