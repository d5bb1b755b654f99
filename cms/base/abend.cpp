#include "cms/base/abend.h"

#include "cms/base/message.h"
#include "cms/base/storage.h"
#include "s370/machine/psw.h"

extern "C" {
[[noreturn]] void cms_run_on_fresh_stack(void (*function)()); // cms/entry.S
void cms_recover();                                            // cms/shell/recovery.cpp
}

namespace cms {

void abend_quietly() { cms_run_on_fresh_stack(cms_recover); }

void halt_execution() { abend_quietly(); }

void abend(u32 code, u32 called_from) {
    nucon().msgflags &= static_cast<u8>(~(msgflags::no_typing | msgflags::no_typing_exec));
    Message("ABN"_e, 148, 'T'_e) << "SYSTEM ABEND "_e << Line<3>().hex(code, 3).text()
                                 << " CALLED FROM "_e
                                 << Line<6>().hex(called_from & address_mask, 6).text();
    abend_quietly();
}

void broken_promise(Abend code) {
    if (code != Abend::ConsoleLost)
        abend(static_cast<u32>(code), address_of(__builtin_return_address(0)));
    // Nobody can be told: a disabled wait with the message's number.
    alignas(8) static constexpr u64 console_lost = 0x0002000000000171;
    machine::load_psw(console_lost);
}

} // namespace cms
