// After an abend: files closed, storage free again, and the next command (DMSABN).
#include "cms/base/abend.h"
#include "cms/base/free_storage.h"
#include "cms/base/storage.h"
#include "cms/files/functions.h"
#include "cms/io/console.h"
#include "cms/io/handlers.h"
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
