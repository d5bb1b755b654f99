// What cms/entry.S does on the machine: waits, programs, fresh stacks.
#pragma once

#include "cms/base/storage.h"

#include <functional>
#include <map>
#include <stdexcept>

namespace fakes {

// Programs in storage, by address: they get the registers they are entered with
// and leave those they return with.
extern std::map<u32, std::function<void(u32 (&gpr)[16])>> programs;

// cms_wait() with no interruption pending: what a real machine would do for ever.
struct WaitsForEver : std::runtime_error {
    WaitsForEver() : std::runtime_error("an enabled wait that nothing ends") {}
};
// Called by a wait when no device has anything: a test may make something happen.
extern std::function<void()> when_idle;

// abend() and its like went to a fresh stack.
struct FreshStack {};

// A disabled wait was loaded.
struct Stopped {
    u64 psw;
};

// Page 0 and free storage as CMS makes them at IPL, in a machine of 512K, and the
// console 009, which types into `typed` and reads from `lines` (see below).
void start_nucleus();

// The console. A line is read as soon as a read is there; attention() is the user's.
extern std::vector<std::string> typed;
extern std::vector<std::string> lines;
void attention();

// SVC `number` with these registers, at `address`: what follows the instruction lies
// in storage already. Where the caller goes on.
u32 svc(u8 number, u32 address, u32 (&gpr)[16]);

std::string latin1_of(Text text);

} // namespace fakes
