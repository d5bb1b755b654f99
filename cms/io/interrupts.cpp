#include "cms/io/interrupts.h"

#include "cms/base/storage.h"
#include "cms/io/console.h"
#include "cms/io/devices.h"
#include "cms/io/handlers.h"
#include "s370/arch/psw.h"
#include "s370/machine/io.h"

extern "C" {
void cms_wait();            // cms/entry.S: waits enabled until an interruption was handled
void cms_io_interruption(); // called from there
}

namespace cms {
namespace {

// The one channel program that the nucleus waits for, the console's apart.
struct Awaited {
    s370::DeviceAddress device;
    bool active = false;
    IoOutcome outcome;
};
constinit Awaited awaited;

constexpr u16 not_normal = s370::status::unit_check | s370::status::unit_exception | 0x00FF;

void record(s370::DeviceAddress device, const s370::Csw& csw) {
    if (is_console(device)) {
        // A program in full-screen mode wants no lines read for an attention.
        if (console_active() || !has_handler(device)) console_interruption(csw);
    } else if (awaited.active && device == awaited.device) {
        u16 const before = awaited.outcome.csw.status;
        // The count and the address are those of channel end.
        if ((before & s370::status::channel_end) == 0) awaited.outcome.csw = csw;
        awaited.outcome.csw.status = static_cast<u16>(before | csw.status);
    }
    note_interruption(device, csw);
}

bool ended(u16 status) {
    return (status & s370::status::device_end) != 0 ||
           ((status & not_normal) != 0 && (status & s370::status::channel_end) != 0);
}

// One attempt to start; true when the program runs or has ended already.
enum class Start : u8 { Running, Again, NotThere };
Start start(s370::DeviceAddress device, const s370::Ccw* program) {
    nucon().caw = address_of(program);
    switch (machine::sio(device)) {
    case 0: return Start::Running;
    case 1: {
        // The status stored is of this program, or of one before it.
        auto const csw = s370::Csw::from(nucon().csw);
        record(device, csw);
        bool const ours =
            (csw.status & s370::status::busy) == 0 && (csw.status & ~s370::status::attention) != 0;
        return ours ? Start::Running : Start::Again;
    }
    case 2: wait_for_interruption(); return Start::Again;
    default: return Start::NotThere;
    }
}

void read_sense(s370::DeviceAddress device, IoOutcome& outcome) {
    alignas(8) u8 sense[24] = {};
    alignas(8) s370::Ccw const program(s370::command::sense, address_of(sense),
                                       s370::Ccw::SuppressLength, 2);
    IoOutcome const answer = run_channel_program(device, &program);
    if (answer.result != IoResult::Ended) return;
    outcome.sense[0] = sense[0];
    outcome.sense[1] = sense[1];
}

} // namespace

IoOutcome run_channel_program(s370::DeviceAddress device, const s370::Ccw* program) {
    awaited.device = device;
    awaited.outcome = IoOutcome{IoResult::Ended, {}, {}};
    awaited.active = true;
    Start started = Start::Again;
    while (started == Start::Again) {
        awaited.outcome.csw = {};
        started = start(device, program);
    }
    while (started == Start::Running && !ended(awaited.outcome.csw.status)) wait_for_interruption();
    awaited.active = false;

    IoOutcome outcome = awaited.outcome;
    if (started == Start::NotThere) outcome.result = IoResult::NotThere;
    if ((outcome.csw.status & s370::status::unit_check) != 0) read_sense(device, outcome);
    return outcome;
}

void wait_for_interruption() { cms_wait(); }

} // namespace cms

void cms_io_interruption() {
    cms::Nucon& page0 = cms::nucon();
    s370::Psw psw{page0.ioopsw};
    auto const device = static_cast<u16>(s370::Psw::BcInterruptionCode::get(psw.bits));
    cms::record({device}, s370::Csw::from(page0.csw));
    // Who waited goes on; the nucleus' own waits go on disabled.
    if (psw.waiting()) {
        psw.bits = s370::Psw::Wait::put(psw.bits, 0);
        if (psw.key() == 0) psw.bits = s370::Psw::SystemMask::put(psw.bits, 0);
        page0.ioopsw = psw.bits;
    } else {
        // A program or EXEC was running: HX ends it here.
        cms::halt_if_wanted();
    }
}
