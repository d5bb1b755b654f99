#include "cms/base/abend.h"

#include "cms/base/storage.h"
#include "s370/machine/psw.h"

#include <utility>

extern "C" {
[[noreturn]] void cms_run_on_fresh_stack(void (*function)()); // cms/entry.S
void cms_recover();                                           // cms/shell/recovery.cpp
}

namespace cms {
namespace {

constinit AbendCall last_call;

} // namespace

void abend_quietly() { cms_run_on_fresh_stack(cms_recover); }

void halt_execution() { abend_quietly(); }

void abend(u32 code, u32 called_from) {
    last_call = {code, called_from & address_mask};
    abend_quietly();
}

AbendCall take_abend_call() { return std::exchange(last_call, {}); }

void broken_promise(Abend code) {
    if (code != Abend::ConsoleLost)
        abend(static_cast<u32>(code), address_of(__builtin_return_address(0)));
    // Nobody can be told: a disabled wait with the message's number.
    alignas(8) static constexpr u64 console_lost = 0x0002000000000171;
    machine::load_psw(console_lost);
}

} // namespace cms
