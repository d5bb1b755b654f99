// The program: privileged instructions at random, in both PSW modes and both states, with
// keys that permit their operands or do not, at every place in a page. Its interruption
// handlers go on behind whatever interrupted.
#include "tests/machine/kernel/paths.h"

#include "cp/guest/unit_record.h"

namespace kernel_test {
namespace {

constexpr u32 program = 0x2E00, length = 700, data = 0x6000, psws = 0x7000, done = 0x2DF8;
constexpr u32 compared = 0x9000;

class Random {
  public:
    explicit Random(u32 seed) : state_(seed * 2654435761u) {}
    u32 below(u32 limit) {
        state_ = state_ * 1664525 + 1013904223;
        return (state_ >> 8) % limit;
    }

  private:
    u32 state_;
};

// Writes the program into a machine's storage. Base registers: 13 data, 11 PSWs.
class Writer {
  public:
    Writer(Machine& machine, u32 seed) : storage_(machine.vm.storage), random_(seed) {}

    void write() {
        handlers();
        for (u32 at = data; at < data + 0x1000; at += 4)
            storage_.write({at}, Be32(random_.below(0x1000000) * 257));
        // Control registers: without low-address protection, which the handlers would not survive.
        for (u32 at = psws + 0x800; at < psws + 0x1000; at += 4)
            storage_.write({at}, Be32(random_.below(0x1000000) * 16));
        for (u32 i = 0; i < length; ++i) instruction();
        halfword(0x0A00); // into supervisor state
        word(0x82000000 | 0x9FF8);
    }

  private:
    void halfword(u16 bits) {
        storage_.write({at_}, Be16(bits));
        at_ += 2;
    }
    void word(u32 bits) {
        halfword(static_cast<u16>(bits >> 16));
        halfword(static_cast<u16>(bits));
    }
    // Mostly aligned.
    u32 data_operand() {
        u32 const offset = random_.below(0x1000);
        return 0xD000 | (random_.below(8) == 0 ? offset : offset & 0xFFC);
    }

    void handlers() {
        // Program: EC mode. The old PSW may be one that must not be loaded.
        at_ = 0x900;
        word(0x94030028); // NI 40,X'03'
        word(0x82000028); // LPSW 40
        storage_.write({104}, Be64(0x00080000'00000900));
        at_ = 0x920; // SVC: back in supervisor state
        word(0x94FE0021);
        word(0x82000020);
        storage_.write({96}, Be64(0x920));
        at_ = 0x940; // external: not again
        word(0x94FE0018);
        word(0x82000018);
        storage_.write({88}, Be64(0x940));
        storage_.write({done}, Be64(0x00020000'00000600));
        at_ = program;
    }

    void load_psw() {
        u32 const place = psws + 8 * (next_psw_++ % 256);
        bool const ec = random_.below(2) != 0;
        u32 high = random_.below(4) << 20 | random_.below(2) << 18 | random_.below(4) / 3 << 16;
        // Channels, or I/O and external; now and then what is not valid in EC mode.
        high |= (ec && random_.below(6) != 0 ? random_.below(4) : random_.below(256) & 0xBF) << 24;
        u32 low = at_ + 4;
        if (ec)
            high |= 0x00080000 | random_.below(64) << 8;
        else
            low |= random_.below(64) << 24;
        storage_.write({place}, Be64(u64{high} << 32 | low));
        word(0x82000000 | (0xB000 + place - psws));
    }

    void instruction() {
        switch (random_.below(20)) {
        case 0:
        case 1: word(0x80000000 | data_operand()); break;
        case 2: word(0xAC000000 | random_.below(256) << 16 | data_operand()); break;
        case 3: word(0xAD000000 | random_.below(4) << 16 | data_operand()); break;
        case 4:
        case 5:
        case 6:
        case 7: load_psw(); break;
        case 8:
        case 9:
        case 10:
        case 11: halfword(static_cast<u16>(0x0A00 | random_.below(250))); break;
        case 12:
            word(0xB7000000 | (random_.below(2) != 0 ? 0x220000 : 0) | 0xB800 |
                 (random_.below(0x800) & 0x7FC));
            break;
        case 13: word(0xB6000000 | random_.below(16) * 0x110000 | data_operand()); break;
        case 14: word(0xB20A0000 | random_.below(4) << 4); break;
        case 15: word(0xB20B0000); break;
        case 16: word(0x9D000000 | (random_.below(2) != 0 ? 0x00C : 0x00D)); break;
        case 17: word(0xB20D0000); break;
        case 18: halfword(0x0834); break; // SSK 3,4
        default:
            // Another key and block for the next; the condition code of a comparison.
            word(0x41300000 | random_.below(32) << 3);
            word(0x4140D000 | random_.below(2) << 11);
            halfword(0x1934);
            break;
        }
    }

    GuestStorage& storage_;
    Random random_;
    u32 at_ = 0, next_psw_ = 0;
};

Task<> run_path(Machine& machine, u32 seed, bool fast) {
    VirtualMachine& vm = machine.vm;
    vm.storage.create(0x10000);
    vm.settings.ec_mode = true;
    vm.settings.timer = TimerMode::Off;
    vm.settings.assist = fast;
    vm.reset(true);
    attach_reader(vm, s370::DeviceAddress{0x00C});
    Writer(machine, seed).write();
    // Something that a mask may let in at any time.
    vm.cpu.pending_external = 0x40;
    vm.cpu.cpu_timer = ~u64{0} >> 1;
    vm.cpu.gpr[3] = 0;
    vm.cpu.gpr[4] = vm.cpu.gpr[13] = data;
    vm.cpu.gpr[11] = psws;
    vm.cpu.gpr[9] = done - 0xFF8;
    vm.cpu.psw.bits = program;
    machine.start();
    co_await machine.session.ended;
}

Text difference(Machine& a, Machine& b) {
    for (u32 at = 0; at < compared; at += 4)
        if (a.word(at) != b.word(at)) return "storage"_e;
    for (u32 at = 0; at < compared; at += 2048)
        if ((a.vm.storage.key({at}) ^ b.vm.storage.key({at})) & 0xF8) return "keys"_e;
    VirtualCpu const &left = a.vm.cpu, &right = b.vm.cpu;
    for (u32 i = 0; i < 16; ++i) {
        if (left.gpr[i] != right.gpr[i]) return "registers"_e;
        if (left.cr[i] != right.cr[i]) return "control registers"_e;
    }
    if (!(left.psw == right.psw)) return "PSW"_e;
    for (u32 kind = 0; kind < trap_kind::count; ++kind)
        if (left.counted(kind) != right.counted(kind)) return "traps counted"_e;
    if (a.message() != b.message()) return "the end"_e;
    if (a.vm.cpu.psw.address() != 0x600) return "not the end"_e;
    return {};
}

} // namespace

Task<Text> difference_of_paths(u32 seed) {
    Machine fast("FAST"_e), slow("SLOW"_e);
    co_await run_path(fast, seed, true);
    co_await run_path(slow, seed, false);
    Text const found = difference(fast, slow);
    unschedule(fast.vm);
    unschedule(slow.vm);
    co_return found;
}

} // namespace kernel_test
