// Takes the place of cp/command: runs the program of guest.S in virtual machines and
// types the times that it measured, for bench.py.
#include "cp/guest/unit_record.h"
#include "tests/machine/kernel/machine.h"

extern "C" u8 bench_image[], bench_image_end[];
extern "C" void bench_call(u32 address);

namespace {

using namespace kernel_test;

constexpr u32 storage_size = 0x600000, load_address = 0x1000;

constinit RealDevice* console = nullptr;

struct Header {
    Be32 branch[2];
    Be32 cases, case_count, rounds, results;
    Be32 yields, works, turns;
    Be32 computing, computing_times, computing_done;
};
const Header& header() { return *reinterpret_cast<const Header*>(bench_image); }

void load(Machine& machine, u32 entry) {
    VirtualMachine& vm = machine.vm;
    vm.storage.create(storage_size);
    vm.settings.ec_mode = true;
    vm.reset(true);
    attach_reader(vm, s370::DeviceAddress{0x00C});
    vm.storage.write({load_address}, std::span<const u8>(bench_image, bench_image_end));
    vm.storage.write({104}, Be64(0x00020000'00000BAD));
    vm.cpu.psw.bits = entry;
}

void type_row(Machine& machine, u32 round) {
    u32 const cases = header().case_count;
    Line<80> line("R"_e);
    for (u32 i = 0; i < cases; ++i) {
        if (line.size() > 64) {
            type_synchronously(console->address(), line);
            line = Line<80>("+"_e);
        }
        line << " "_e;
        line.decimal(machine.word(header().results + 4 * (round * cases + i)));
    }
    type_synchronously(console->address(), line);
}

Task<> measure() {
    Machine machine("BENCH"_e);
    load(machine, load_address);
    machine.start();
    co_await machine.session.ended;
    type_synchronously(console->address(), machine.message());
    for (u32 round = 0; round < header().rounds; ++round) type_row(machine, round);
    unschedule(machine.vm);
}

// How long two machines take to run the same program.
Task<u64> time_of_two(u32 entry) {
    Machine one("ONE"_e), other("OTHER"_e);
    load(one, entry);
    load(other, entry);
    u64 const begin = now();
    one.start();
    other.start();
    co_await one.session.ended;
    co_await other.session.ended;
    u64 const time = now() - begin;
    unschedule(one.vm);
    unschedule(other.vm);
    co_return time;
}

// Two machines that give way to each other: a line of how many switches, how long that took,
// and how long the same without them.
Task<> measure_switch() {
    constexpr u32 repetitions = 100;
    for (u32 i = 0; i < repetitions; ++i) {
        u64 const with = co_await time_of_two(header().yields);
        u64 const without = co_await time_of_two(header().works);
        Line<80> line("SWITCHES "_e);
        line.decimal(2 * header().turns) << " IN "_e;
        line.decimal(with) << " LESS "_e;
        line.decimal(without);
        type_synchronously(console->address(), line);
    }
}

struct Times {
    Be64 begin, end; // of the clock
    u64 microseconds() const { return (end - begin) >> 12; }
};

u8* here(u32 address) { return bench_image + (address - load_address); }

// The same program by CP itself and by a virtual machine, in turns: what the machine loses by
// CP's looking after it from time to time.
Task<> measure_computing() {
    constexpr u32 repetitions = 25;
    for (u32 i = 0; i < repetitions; ++i) {
        bench_call(machine::real_address(here(header().computing)));
        Times const bare = *reinterpret_cast<Times*>(here(header().computing_times));

        Machine machine("ONE"_e);
        load(machine, header().computing);
        machine.vm.cpu.gpr[14] = header().computing_done;
        machine.start();
        co_await machine.session.ended;
        Times times;
        machine.vm.storage.read({header().computing_times}, times);
        unschedule(machine.vm);

        Line<80> line("COMPUTING "_e);
        line.decimal(bare.microseconds()) << " "_e;
        line.decimal(times.microseconds());
        type_synchronously(console->address(), line);
    }
}

} // namespace

cp::Task<> cp::start_users(Volume*, RealDevice* operator_console) {
    console = operator_console;
    co_await measure();
    co_await measure_switch();
    co_await measure_computing();
    machine::stop(done_code);
}
