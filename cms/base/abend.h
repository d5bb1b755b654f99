// The end of a program, or of the nucleus itself (DMSABN).
#pragma once

#include "s370/base/types.h"

namespace cms {

// Codes of abends that the nucleus calls for.
enum class Abend : u16 {
    NoSaveArea = 0x0F0,
    Internal = 0x0F5,
    BadStorageCall = 0x0F7,
    NoOsSimulation = 0x0F9,
    ConsoleLost = 0x171,
    Halted = 0x222, // HX
};

// Ends everything that runs: types DMSABN148T, recovers storage, files and
// stack, and goes to the terminal for the next command. May wait.
[[noreturn]] void abend(u32 code, u32 called_from);
// What abend() was called with, once; code 0: it was not.
struct AbendCall {
    u32 code = 0;
    u32 called_from = 0;
};
AbendCall take_abend_call();

// The same without a message: after HX, and when the message was another one.
[[noreturn]] void halt_execution();
[[noreturn]] void abend_quietly();

// A promise of the nucleus is broken.
[[noreturn]] void broken_promise(Abend code);

} // namespace cms

#define CMS_VERIFY(condition, code)                                                                \
    do {                                                                                           \
        if (!(condition)) ::cms::broken_promise(code);                                             \
    } while (false)
