// Input and output in the lines of TRACE (DMKTRD).

#include "cp/guest/instruction.h"
#include "cp/guest/real_program.h"
#include "cp/guest/tracer.h"
#include "cp/io/real_io.h"
#include "s370/arch/mnemonics.h"
#include "s370/machine/storage.h"

namespace cp {

using namespace s370;

namespace {

constexpr u8 test_channel = 0x9F, start_io = 0x9C;
constexpr u32 seek_argument = 6;

struct CcwWords {
    u32 first, second;
};
CcwWords words(const Ccw& ccw) {
    return {u32{ccw.command} << 24 | ccw.address,
            u32{ccw.flags} << 24 | u32{ccw.ignored} << 16 | ccw.count};
}

bool is_seek(u8 command) { return command == 0x07 || command == 0x0B || command == 0x1B; }

// Console and spooled devices: their SIOs are shown with their CCWs alone.
bool has_real_device(VirtualDevice* device) {
    return device != nullptr && device->real_device() != nullptr;
}

} // namespace

void Tracer::io_instruction(const Instruction& instruction, u32 at) {
    DeviceAddress const address{static_cast<u16>(instruction.address & 0xFFFF)};
    VirtualDevice* const device = owner_.io.find(address);
    bool const starts = instruction.opcode == start_io;
    bool const dull = starts && !traces(traced::ccw) && !has_real_device(device);
    if (!traces(traced::start_io) || dull) return;

    u8 const cc = owner_.cpu.psw.condition_code();
    Text100 line("I/O "_e);
    line.hex(at, 6) << ' '_e << mnemonic(instruction.opcode, instruction.second);
    line.at(17).hex(
        u32{instruction.opcode} << 24 | u32{instruction.second} << 16 | instruction.registers, 8);
    line.at(27) << (device == nullptr ? "DEV "_e : device->identity().word);
    line.at(32).hex(address.value, 4) << "  CC "_e;
    line.decimal(cc);
    if (instruction.opcode != test_channel) {
        if (has_real_device(device)) {
            line.at(44) << device->identity().word;
            line.at(49).hex(device->real_device()->address().value, 4);
        }
        Be16 stored;
        owner_.storage.read(GuestReal{68}, stored);
        if (cc == 1) line.at(55) << "CSW "_e, line.hex(stored, 4);
        Be32 caw;
        owner_.storage.read(GuestReal{72}, caw);
        if (starts && cc < 2) line.at(65) << "CAW "_e, line.hex(caw, 8);
    }
    // The CCWs follow at once.
    bool const more = starts && cc == 0 && traces(traced::ccw) && has_real_device(device);
    emit(traced::start_io, line, !more);
}

void Tracer::channel_program(RealProgram& program, bool disk) {
    for (u32 i = 0; i < program.count(); ++i) {
        Ccw const& real = program.ccw(i);
        u32 const at = program.entry(i).guest;
        Ccw guest;
        if (!owner_.storage.read(GuestReal{at}, guest)) continue;
        if (command::is_tic(real.command) && !command::is_tic(guest.command)) continue;
        bool const last = i + 1 == program.count();
        CcwWords const v = words(guest), r = words(real);
        Text100 line("CCW "_e);
        line.hex(at, 6) << ' '_e;
        line.hex(v.first, 8) << ' '_e;
        line.hex(v.second, 8) << "  "_e;
        line.hex(machine::real_address(&real), 6) << ' '_e;
        line.hex(r.first, 8) << ' '_e;
        line.hex(r.second, 8);
        bool const seek = disk && is_seek(guest.command);
        emit(traced::ccw, line, last && !seek);
        if (!seek) continue;
        u8 argument[seek_argument + 1]{};
        owner_.storage.read(GuestReal{guest.address}, std::span(argument));
        line.clear();
        line << " \"   SEEK  "_e;
        for (u32 n = 0; n < 7; ++n) {
            if (n == 4) line << ' '_e;
            line.hex(argument[n], 2);
        }
        u8 const* const moved = machine::real(real.address);
        line.at(31) << "SEEK  "_e;
        for (u32 n = 0; n < seek_argument && is_seek(real.command); ++n) {
            if (n == 4) line << ' '_e;
            line.hex(moved[n], 2);
        }
        emit(traced::ccw, line, last);
    }
}

void Tracer::put_csw(const IoInterruption& interruption) {
    VirtualDevice* const device = owner_.io.find(interruption.address);
    u64 const csw = interruption.csw.bits();
    Text100 line("CSW V "_e);
    line.hex(interruption.address.value, 4) << ' '_e;
    line.hex(csw >> 32, 8) << ' '_e;
    line.hex(csw, 8);
    if (has_real_device(device)) {
        u64 const real = device->real_csw().bits();
        line << "  R "_e;
        line.hex(device->real_device()->address().value, 4) << ' '_e;
        line.hex(real >> 32, 8) << ' '_e;
        line.hex(real, 8);
    }
    emit(traced::csw, line, false);
}

} // namespace cp
