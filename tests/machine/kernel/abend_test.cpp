// A CP that fails: its dump is looked at by dump-print.
#include "cp/start.h"

namespace {

constexpr u32 nothing_there = 0x00F00000;

[[gnu::noinline]] void branch_to(u32 address) {
    reinterpret_cast<void (*)()>(address)();
    asm volatile("" : : : "memory");
}

[[gnu::noinline]] void fail_deliberately(u32 address) {
    branch_to(address);
    branch_to(address + 4);
}

} // namespace

cp::Task<> cp::start_users(Volume*, RealDevice*) {
    fail_deliberately(nothing_there);
    co_return;
}
