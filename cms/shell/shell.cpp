#include "cms/shell/shell.h"

#include "cms/base/cp.h"
#include "cms/base/free_storage.h"
#include "cms/files/functions.h"
#include "cms/io/console.h"
#include "cms/io/handlers.h"
#include "cms/io/message.h"
#include "cms/program/external.h"
#include "cms/program/subset.h"
#include "cms/program/svc.h"
#include "cms/shell/first_command.h"
#include "cms/shell/ready.h"
#include "cms/shell/scan.h"

namespace cms {
namespace {

constexpr u32 from_terminal = u32{call_type::terminal} << 24;

Name8* tokens() { return reinterpret_cast<Name8*>(nucon().cmndlist); }

bool is_exec(const Name8& name) {
    if ((nucon().optflags & optflags::no_implied_exec) != 0) return false;
    Adt* disk = nullptr;
    return files::find_file(name, Name8("EXEC"_e), Name<2>("*"_e), false, disk) != nullptr;
}

void refuse(Text message) { type_line(message); }

// CP gets the line in upper case, as the terminal of a VM/370 user would have sent it.
i32 give_to_cp(Text line) {
    u8 upper[line_limit];
    for (usize i = 0; i < line.size(); ++i) upper[i] = ebcdic::upper(line[i]);
    return cp_command(Text(upper, line.size()));
}

i32 not_found(Text line, i32 code) {
    if ((nucon().misflags & misflags::from_svc_handler) == 0) return code;
    switch (code) {
    case call_rc::not_found: break;
    case call_rc::in_subset: refuse("INVALID SUBSET COMMAND"_e); return code;
    case call_rc::bad_module: refuse("INVALID CMS COMMAND"_e); return code;
    default: return code;
    }
    if ((nucon().optflags & optflags::no_implied_cp) != 0) {
        refuse("UNKNOWN CMS COMMAND"_e);
        return code;
    }
    i32 const answer = give_to_cp(line);
    if (answer != cp_unknown_command && answer != no_cp) return answer;
    refuse("UNKNOWN CP/CMS COMMAND"_e);
    return code;
}

void end_of_command() {
    Nucon& page0 = nucon();
    page0.msgflags &= static_cast<u8>(~(msgflags::no_typing | msgflags::no_typing_exec));
    page0.execflag = 0;
    files::FileList all{"FINIS"_e, "*"_e, "*"_e, "*"_e};
    files::finis(all);
    clear_interruption_handlers(false);
    clear_svc_handlers();
    clear_trap();
}

// A line of the terminal. Typing a null line asks who listens.
void take_line(Text line, Text prompt) {
    if (line.without_leading_blanks().empty()) {
        type_line(prompt);
        return;
    }
    start_timing();
    i32 const code = run_command(line);
    end_of_command();
    type_ready(code);
}

void run_in_subset(Text line) {
    start_timing();
    i32 const code = run_command(line);
    nucon().msgflags &= static_cast<u8>(~msgflags::no_typing);
    if ((nucon().subflag & subflag::returning) == 0) type_ready(code);
}

} // namespace

i32 run_command(Text line) {
    Nucon& page0 = nucon();
    usize const count = scan(line);
    Text const kept(page0.cmndline, line.size());
    if (count == 0 || tokens()[0].bytes[0] == '*'_e) return 0;
    Name8 const name = tokens()[0];
    page0.prevcmnd = page0.lastcmnd;
    page0.lastcmnd = name;
    u32 const eplist = address_of(page0.nucplist);
    if (is_exec(name)) {
        page0.prevexec = page0.lastexec;
        page0.lastexec = name;
        return call_command(from_terminal | address_of(page0.exec_token.bytes), eplist);
    }
    i32 const code = call_command(from_terminal | address_of(page0.cmndlist), eplist);
    if (name == Name8("CP"_e) && (code == cp_unknown_command || code == no_cp))
        refuse("UNKNOWN CP COMMAND"_e);
    return not_found(kept, code);
}

void command_loop() {
    set_subset_runner(run_in_subset);
    u8 buffer[line_limit];
    for (;;) {
        Text const line = read_line(buffer);
        if (is_first_command())
            take_first_command(line);
        else {
            take_line(line, "CMS"_e);
            continue;
        }
        if (!line.without_leading_blanks().empty())
            take_line(line, "CMS"_e);
        else {
            end_of_command();
            type_ready(0);
        }
    }
}

} // namespace cms
