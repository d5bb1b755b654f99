// After an abend: files closed, storage free again, and the next command (DMSABN).
#include "cms/base/abend.h"
#include "cms/base/free_storage.h"
#include "cms/base/storage.h"
#include "cms/files/functions.h"
#include "cms/io/console.h"
#include "cms/io/handlers.h"
#include "cms/io/message.h"
#include "cms/program/exec_function.h"
#include "cms/program/external.h"
#include "cms/program/svc.h"
#include "cms/shell/shell.h"

extern "C" void cms_recover();

void cms_recover() {
    using namespace cms;
    Nucon& page0 = nucon();
    page0.misflags &= static_cast<u8>(~misflags::halt_wanted);
    page0.msgflags &= static_cast<u8>(~(msgflags::no_typing | msgflags::no_typing_exec));
    page0.execflag = 0;
    page0.subflag = 0;
    page0.lasttmod = Name8{};
    if (AbendCall const call = take_abend_call(); call.code != 0)
        Message("ABN"_e, 148, 'T'_e)
            << "SYSTEM ABEND "_e << Line<3>().hex(call.code, 3).text() << " CALLED FROM "_e
            << Line<6>().hex(call.called_from, 6).text();
    forget_calls();
    exec_reset();
    clear_interruption_handlers(true);
    clear_svc_handlers();
    clear_trap();
    clear_stack();
    files::close_all(false);
    release_user_storage();
    strinit();
    type_line("CMS"_e);
    command_loop();
}
