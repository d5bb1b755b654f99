#include "cp/command/ipl.h"

#include "cp/guest/diagnose_calls.h"
#include "cp/guest/reflect.h"
#include "s370/arch/low_storage.h"

#include <algorithm>
#include <cstddef>

namespace cp {

using namespace s370;

namespace {

constexpr u16 ended = status::channel_end | status::device_end;
constexpr Psw disabled_wait{0x0002'0000'0000'0000};
constexpr GuestReal psw_location{0};
constexpr GuestReal bc_device_location{2}; // the interruption code of the PSW
constexpr GuestReal ec_device_location{offsetof(LowStorage, io_address)};

bool can_be_loaded_from(VirtualDevice& device) {
    u8 const kind = device.identity().class_byte;
    return kind == device_class::disk || kind == device_class::input || kind == device_class::tape;
}

// The line that the loader types when it cannot go on.
void failure_line(VirtualDevice& device, const SynchronousEnd& end, Line<132>& line) {
    if (end.condition_code != 0) {
        line << "DMKVMI230E IPL SIO ERROR"_e;
        return;
    }
    u64 const csw = end.csw.bits();
    line << "DMKVMI232E IPL UNIT ERROR, CSW="_e;
    line.hex(csw >> 32, 8) << ' '_e;
    line.hex(csw & 0xFFFFFFFF, 8);
    if ((end.csw.status & status::unit_check) == 0) return;
    line << ", SENSE="_e;
    std::span<const u8> const sense = device.sense();
    for (usize i = 0; i < std::min<usize>(sense.size(), 2); ++i) line.hex(sense[i], 2);
}

void load(VirtualMachine& vm, DeviceAddress device, const IplOptions& options) {
    Be64 psw;
    vm.storage.read(psw_location, psw);
    Be16 const address{device.value};
    vm.storage.write(Psw{psw}.ec() ? ec_device_location : bc_device_location, address);
    vm.storage.read(psw_location, psw);
    if (options.has_parameters) {
        for (u32 i = 0; i < 16; ++i) {
            const u8* const p = options.parameters.bytes + 4 * i;
            vm.cpu.gpr[i] = u32{p[0]} << 24 | u32{p[1]} << 16 | u32{p[2]} << 8 | p[3];
        }
    }
    load_psw(vm, Psw{psw});
}

} // namespace

Task<IplOutcome> ipl_device(VirtualMachine& vm, DeviceAddress address, IplOptions options) {
    vm.io.reset();
    Task<> draining = vm.io.drain();
    co_await draining;
    vm.reset(options.clear);

    VirtualDevice* const device = vm.io.find(address);
    if (device == nullptr) co_return IplOutcome::NoDevice;
    if (!can_be_loaded_from(*device)) co_return IplOutcome::WrongDevice;

    ProgramStart program{};
    program.ipl = true;
    program.ipl_cylinder = options.cylinder;
    Task<SynchronousEnd> loading = run_synchronously(*device, program);
    SynchronousEnd const end = co_await loading;
    if (end.gone) co_return IplOutcome::NoDevice;

    if (end.condition_code == 0 && end.csw.status == ended) {
        load(vm, address, options);
        co_return IplOutcome::Loaded;
    }
    vm.cpu.psw = disabled_wait;
    Line<132> line;
    failure_line(*device, end, line);
    if (vm.session != nullptr) {
        Task<> typing = vm.session->write(line.text(), true);
        co_await typing;
    }
    co_return IplOutcome::Failed;
}

} // namespace cp
