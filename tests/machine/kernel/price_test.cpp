// What traps cost, as ratios to a register load measured in the same run.
#include "tests/machine/kernel/machine.h"

namespace {

using namespace kernel_test;

GUEST(loads)
GUEST(traps)
GUEST(svcs)

constinit RealDevice* console = nullptr;
constinit u64 load_picoseconds = 0;

Task<> price(Text name, Guest program, u32 count) {
    Machine machine(name);
    machine.load(program);
    u64 const begin = now();
    machine.start();
    co_await machine.session.ended;
    u64 const time = now() - begin;
    u64 const picoseconds = time * 1'000'000 / count;
    if (load_picoseconds == 0) load_picoseconds = picoseconds;
    Line<80> line(name);
    line.at(8).decimal(picoseconds / load_picoseconds, 6, ' '_e) << " LR, "_e;
    line.decimal(picoseconds / 1000) << " ns"_e;
    type_synchronously(console->address(), line);
    unschedule(machine.vm);
}

} // namespace

cp::Task<> cp::start_users(Volume*, RealDevice* operator_console) {
    console = operator_console;
    co_await price("LR"_e, loads_program, 10'000'000);
    co_await price("SSM"_e, traps_program, 100'000);
    co_await price("SVC"_e, svcs_program, 100'000);
    machine::stop(done_code);
}
