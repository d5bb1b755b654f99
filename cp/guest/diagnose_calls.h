// The DIAGNOSE functions that have a file of their own, and what all of them get.
#pragma once

#include "cp/guest/virtual_machine.h"
#include "s370/arch/program_codes.h"

namespace cp {

struct DiagnoseCall {
    VirtualMachine& vm;
    u8 x, y; // register numbers

    u32 rx() const { return vm.cpu.gpr[x]; }
    u32 rx1() const { return vm.cpu.gpr[(x + 1) & 15]; }
    u32 ry() const { return vm.cpu.gpr[y]; }
    u32 ry1() const { return vm.cpu.gpr[(y + 1) & 15]; }
    void set_rx(u32 value) const { vm.cpu.gpr[x] = value; }
    void set_ry(u32 value) const { vm.cpu.gpr[y] = value; }
    void set_ry1(u32 value) const { vm.cpu.gpr[(y + 1) & 15] = value; }
    void set_r15(u32 value) const { vm.cpu.gpr[15] = value; }
    void set_condition_code(u8 cc) const { vm.cpu.psw.set_condition_code(cc); }

    // The addresses in registers are 24 bits; a guest's own translation is not looked at.
    static GuestReal address(u32 value) { return GuestReal{value & 0xFFFFFF}; }
    VirtualDevice* device(u32 value) const {
        return value > 0xFFF ? nullptr : vm.io.find(s370::DeviceAddress{static_cast<u16>(value)});
    }
};

// While a task finishes the instruction. The virtual machine stays stopped and is
// held; with `reset` it was reset meanwhile, and its registers are not to be touched.
class DiagnoseWait {
  public:
    explicit DiagnoseWait(VirtualMachine& vm) : vm_(vm), hold_(vm.io), resets_(vm.io.resets()) {
        vm.stopped.instruction = true;
    }
    ~DiagnoseWait() {
        if (reset()) return;
        vm_.stopped.instruction = false;
        vm_.wake();
    }
    DiagnoseWait(const DiagnoseWait&) = delete;
    DiagnoseWait& operator=(const DiagnoseWait&) = delete;
    bool reset() const { return vm_.io.resets() != resets_; }

  private:
    VirtualMachine& vm_;
    VirtualIo::Hold hold_;
    u32 resets_;
};

// Performs a channel program at once, outside the guest's interruptions.
struct SynchronousEnd {
    s370::Csw csw{};
    u8 condition_code = 0; // of the start: 3 is not there, 2 busy
    bool gone = false;     // the device was taken away meanwhile
};
Task<SynchronousEnd> run_synchronously(VirtualDevice& device, ProgramStart program);

s370::Program diagnose_console_function(DiagnoseCall& call);
s370::Program diagnose_disk_io(DiagnoseCall& call);
s370::Program diagnose_general_io(DiagnoseCall& call);
s370::Program diagnose_device(DiagnoseCall& call);
s370::Program diagnose_display(DiagnoseCall& call);

} // namespace cp
