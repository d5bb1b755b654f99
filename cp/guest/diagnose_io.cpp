#include "cp/guest/diagnose_calls.h"

#include "cp/api/diagnose_codes.h"
#include "cp/guest/channel_program.h"
#include "cp/guest/disk.h"
#include "cp/guest/virtual_console.h"
#include "s370/arch/ds3270.h"
#include "s370/arch/low_storage.h"

#include <cstddef>

namespace cp {

using namespace s370;
namespace disk = s370::ckd::command;

namespace {

constexpr u16 ended = status::channel_end | status::device_end;

Program answer(const DiagnoseCall& call, u8 condition_code, u32 r15) {
    call.set_condition_code(condition_code);
    call.set_r15(r15);
    return Program::None;
}

// --- 18: the form of the channel program, and what is wrong with it ---------------

struct Verdict {
    u8 condition_code = 0;
    u32 code = io_return::done;
    bool ok() const { return condition_code == 0; }
};

class DiskProgramCheck {
  public:
    DiskProgramCheck(GuestStorage& storage, const Minidisk& disk)
        : storage_(storage), disk_(disk) {}

    Verdict check(u32 address, u32 transfers) {
        address_ = address;
        if (address % 8 != 0) return {2, io_return::not_aligned};
        if (transfers == 0 || transfers > most_transfers) return {2, io_return::bad_number};
        for (u32 n = 0; n < transfers; ++n) {
            if (Verdict const v = group(n == 0, n + 1 == transfers); !v.ok()) return v;
        }
        return {};
    }

  private:
    static constexpr u8 forbidden = Ccw::ChainData | Ccw::ProgramControlled | Ccw::IndirectData;

    Verdict next() {
        if (!storage_.read(GuestReal{address_}, ccw_)) return {2, io_return::outside_storage};
        address_ += 8;
        return {};
    }
    bool control(u8 command) const {
        return ccw_.command == command && (ccw_.flags & Ccw::ChainCommand) != 0 &&
               (ccw_.flags & forbidden) == 0;
    }

    // [SEEK or, but for the first, SEEK HEAD], [SET SECTOR], SEARCH ID EQUAL, TIC, read or write.
    Verdict group(bool first, bool last) {
        if (Verdict const v = next(); !v.ok()) return v;
        bool const seek_head = control(disk::seek_head) && !first;
        if (control(disk::seek) || seek_head) {
            if (Verdict const v = seek(first); !v.ok()) return v;
            if (Verdict const v = next(); !v.ok()) return v;
        } else if (first) {
            return {2, io_return::invalid_ccw};
        }
        if (control(disk::set_sector)) {
            if (Verdict const v = next(); !v.ok()) return v;
        }
        if (!control(disk::search_id_equal)) return {2, io_return::invalid_ccw};
        u32 const search = address_ - 8;
        if (Verdict const v = next(); !v.ok()) return v;
        if (!command::is_tic(ccw_.command) || ccw_.address != search) {
            return {2, io_return::invalid_ccw};
        }
        if (Verdict const v = next(); !v.ok()) return v;
        return transfer(last);
    }

    Verdict seek(bool first) {
        Be16 argument[3];
        if (ccw_.count < sizeof argument) return {2, io_return::invalid_ccw};
        u32 const at = ccw_.address;
        for (u32 i = 0; i < 3; ++i) {
            if (!storage_.read(GuestReal{at + 2 * i}, argument[i])) {
                return {2, io_return::outside_storage};
            }
        }
        bool const there = argument[0] == 0 && argument[1] < disk_.extent().cylinders &&
                           argument[2] < disk_.geometry().heads;
        if (!there) return {1, io_return::no_cylinder};
        if (!first && argument[1] != cylinder_) return {2, io_return::bad_head_seek};
        cylinder_ = argument[1];
        return {};
    }

    Verdict transfer(bool last) {
        bool const reads = ccw_.command == disk::read_data || ccw_.command == disk::read_key_data;
        bool const writes =
            ccw_.command == disk::write_data || ccw_.command == disk::write_key_data;
        bool const chained = (ccw_.flags & Ccw::ChainCommand) != 0;
        if ((!reads && !writes) || (ccw_.flags & forbidden) != 0 || (!chained && !last)) {
            return {2, io_return::invalid_ccw};
        }
        if (writes && disk_.extent().read_only) return {1, io_return::read_only};
        if (ccw_.count == 0) return {2, io_return::zero_count};
        if (ccw_.count > longest_transfer) return {2, io_return::count_too_large};
        if (!storage_.contains(GuestReal{ccw_.address}, ccw_.count)) {
            return {2, io_return::bad_buffer};
        }
        return {};
    }

    GuestStorage& storage_;
    const Minidisk& disk_;
    u32 address_ = 0;
    u16 cylinder_ = 0;
    Ccw ccw_{};
};

Task<> finish_disk_io(DiagnoseCall call, Minidisk* disk) {
    DiagnoseWait const wait(call.vm);
    ProgramStart const program{Caw{call.ry() & 0xFFFFFF}};
    Task<Minidisk::ProgramEnd> execution = disk->execute(program);
    Minidisk::ProgramEnd const end = co_await execution;
    if (end.gone || wait.reset()) co_return;
    if (end.csw.status == ended) {
        answer(call, 0, io_return::done);
    } else {
        call.vm.storage.write(GuestReal{offsetof(LowStorage, csw)}, Be64{end.csw.bits()});
        answer(call, 3, io_return::io_error);
    }
}

Task<> finish_general_io(DiagnoseCall call, VirtualDevice* device) {
    DiagnoseWait const wait(call.vm);
    ProgramStart const program{Caw{u32{call.vm.cpu.psw.key()} << 28 | (call.ry() & 0xFFFFFF)}};
    Task<SynchronousEnd> execution = run_synchronously(*device, program);
    SynchronousEnd const end = co_await execution;
    if (end.gone || wait.reset()) co_return;
    u16 const status = end.csw.status;
    if (end.condition_code == 0 && (status & static_cast<u16>(~ended)) == 0) {
        answer(call, 0, io_return::done);
    } else if (end.condition_code == 0 && (status & status::unit_check) == 0 &&
               (status & status::unit_exception) != 0) {
        answer(call, 2, io_return::unit_exception);
    } else if (end.condition_code == 0 &&
               (status & static_cast<u16>(~ended)) == status::incorrect_length) {
        answer(call, 2, io_return::wrong_length);
    } else {
        std::span<const u8> const sense = device->sense();
        u32 const byte0 = sense.empty() ? 0 : sense[0];
        u32 const byte1 = sense.size() < 2 ? 0 : sense[1];
        call.set_ry((call.ry() & 0xFFFF0000) | byte0 << 8 | byte1);
        answer(call, 3, io_return::io_error);
    }
}

} // namespace

Program diagnose_disk_io(DiagnoseCall& call) {
    if (call.x == 15 || call.y == 15) return Program::Specification;
    VirtualDevice* const device = call.device(call.rx());
    if (device == nullptr) return answer(call, 1, io_return::not_attached);
    Minidisk* const disk = device->as_minidisk();
    if (disk == nullptr) return answer(call, 1, io_return::not_disk);
    DiskProgramCheck check(call.vm.storage, *disk);
    Verdict const verdict = check.check(call.ry() & 0xFFFFFF, call.vm.cpu.gpr[15]);
    if (!verdict.ok()) return answer(call, verdict.condition_code, verdict.code);
    if (disk->busy()) return answer(call, 3, io_return::io_error);
    spawn(finish_disk_io(call, disk));
    return Program::None;
}

Program diagnose_general_io(DiagnoseCall& call) {
    if (call.x == 15 || call.y == 15) return Program::Specification;
    VirtualDevice* const device = call.device(call.rx());
    if (device == nullptr) return answer(call, 1, io_return::not_attached);
    spawn(finish_general_io(call, device));
    return Program::None;
}

Task<SynchronousEnd> run_synchronously(VirtualDevice& device, ProgramStart program) {
    SynchronousEnd end;
    if (device.busy()) {
        end.condition_code = 2;
        co_return end;
    }
    VirtualDevice::Collector collector;
    device.collected(); // of earlier operations: nobody will ask for it
    device.collect(&collector);
    device.start(program);
    while (device.busy()) {
        co_await collector.signal;
        if (collector.gone) {
            end.gone = true;
            co_return end;
        }
    }
    end.csw = device.collected();
    device.collect(nullptr);
    co_return end;
}

// --- 24 ----------------------------------------------------------------------------

Program diagnose_device(DiagnoseCall& call) {
    constexpr u8 read_only = 0x80;
    u32 address = call.rx();
    if (address == 0xFFFFFFFF) {
        address = call.vm.console_address.value;
        VirtualDevice* const console = call.device(address);
        if (console == nullptr || console->as_console() == nullptr) {
            call.set_condition_code(3);
            return Program::None;
        }
        call.set_rx(address);
    }
    VirtualDevice* const device = call.device(address);
    if (device == nullptr) {
        call.set_condition_code(3);
        return Program::None;
    }

    DeviceIdentity const identity = device->identity();
    Minidisk* const minidisk = device->as_minidisk();
    u32 const status = minidisk != nullptr && minidisk->extent().read_only ? read_only : 0;
    call.set_ry(u32{identity.class_byte} << 24 | u32{identity.type_byte} << 16 | status << 8);

    u32 real = 0;
    Terminal* const terminal = call.vm.session == nullptr ? nullptr : call.vm.session->terminal();
    if (minidisk != nullptr) {
        real = u32{identity.class_byte} << 24 | u32{identity.type_byte} << 16;
    } else if (device->as_console() != nullptr && terminal != nullptr) {
        constexpr u32 type_3278 = 0x01;
        u32 model = 2;
        for (auto const& known : s370::ds3270::models)
            if (known.rows == terminal->rows() && known.columns == terminal->columns())
                model = known.number;
        real = terminal->graphic() ? u32{device_class::graphic} << 24 | type_3278 << 16 | model << 8
                                   : u32{device_class::terminal} << 24;
        real |= terminal->line_length() & 0xFF;
    } else {
        call.set_condition_code(2);
        return Program::None;
    }
    if (call.y != 15) call.set_ry1(real);
    call.set_condition_code(0);
    return Program::None;
}

// --- 58 ----------------------------------------------------------------------------

Program diagnose_display(DiagnoseCall& call) {
    VirtualDevice* const device = call.device(call.ry());
    if (device == nullptr || device->as_console() == nullptr) {
        call.set_condition_code(3);
        return Program::None;
    }
    ProgramStart program{Caw{call.rx() & 0xFFFFFF}};
    program.display = true;
    call.set_condition_code(call.vm.io.start_io(device->address(), program));
    return Program::None;
}

} // namespace cp
