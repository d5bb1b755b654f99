// The host's half of s370/machine/switch.h: nothing runs but what a test makes of it.
#pragma once

#include "s370/base/types.h"

namespace fakes {
inline void* selected = nullptr;
} // namespace fakes

namespace machine {

enum class Interruption : u32 { None, Program, Svc, External, Io, GivesWay };

// machine::stop() was called.
struct Stopped {
    u32 code;
};

inline void prepare_interruptions() {}
inline void select(void* registers) { fakes::selected = registers; }
inline void* selected() { return fakes::selected; }
Interruption run(void* registers);
Interruption wait();
inline void load_floating(const u64 (&)[4]) {}
inline void store_floating(u64 (&)[4]) {}
inline void use_fast_path(bool) {}
inline void save_registers() {}
[[noreturn]] void stop(u32 code);

} // namespace machine

extern "C" {
[[noreturn]] void cp_program_check();
[[noreturn]] void cp_machine_check();
[[noreturn]] void cp_unexpected_svc();
[[noreturn]] void cp_restart_key();
}

namespace fakes {

// What run() and wait() do and return; nullptr: None.
extern machine::Interruption (*when_running)(void* registers);
extern machine::Interruption (*when_waiting)();

} // namespace fakes
