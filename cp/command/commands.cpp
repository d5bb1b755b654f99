#include "cp/command/commands.h"

#include "cp/base/trace.h"
#include "cp/command/dial.h"
#include "cp/command/logon.h"
#include "cp/command/processors.h"

namespace cp {
namespace {

Task<u32> comment(const Caller& caller, Fields) { return caller.done(); }

struct Entry {
    Text name;
    u8 minimum;
    Text classes; // that may give it; empty: everybody who is logged on
    Command run;
    enum Flag : u8 {
        None = 0,
        BeforeLogon = 1,     // also
        OnlyBeforeLogon = 2, // not scanned afterwards
        KeepCase = 4,        // operands as typed
    };
    u8 flags = None;
};

// In VM/370's order: the first that matches counts.
constexpr Entry table[] = {
    {"LOGON"_e, 1, {}, logon, Entry::OnlyBeforeLogon},
    {"LOGIN"_e, 4, {}, logon, Entry::OnlyBeforeLogon},
    {"DIAL"_e, 1, {}, dial_command, Entry::OnlyBeforeLogon},
    {"ADSTOP"_e, 6, "G"_e, address_stop_command},
    {"ATTN"_e, 4, "G"_e, attention_command},
    {"BEGIN"_e, 1, "G"_e, begin_command},
    {"DISPLAY"_e, 1, "G"_e, display_command},
    {"DCP"_e, 3, "CE"_e, display_real_command},
    {"DEFINE"_e, 3, "G"_e, define_command},
    {"DETACH"_e, 3, "BG"_e, detach_command},
    {"DISCONN"_e, 4, {}, disconnect_command, Entry::BeforeLogon},
    {"DUMP"_e, 2, "G"_e, dump_command},
    {"ECHO"_e, 2, "G"_e, echo_command, Entry::KeepCase},
    {"EXTERNAL"_e, 3, "G"_e, external_command},
    {"FORCE"_e, 5, "A"_e, force_command},
    {"IPL"_e, 1, "G"_e, ipl_command},
    {"LINK"_e, 4, "G"_e, link_command},
    {"LOGOFF"_e, 3, {}, logoff_command, Entry::BeforeLogon},
    {"LOGOUT"_e, 3, {}, logoff_command, Entry::BeforeLogon},
    {"MSG"_e, 1, {}, message_command, Entry::BeforeLogon | Entry::KeepCase},
    {"MSGNOH"_e, 6, "AB"_e, message_without_header_command, Entry::KeepCase},
    {"MESSAGE"_e, 2, {}, message_command, Entry::BeforeLogon | Entry::KeepCase},
    {"NOTREADY"_e, 4, "G"_e, not_ready_command},
    {"QUERY"_e, 1, {}, query_command},
    {"READY"_e, 5, "G"_e, ready_command},
    {"REQUEST"_e, 3, "G"_e, attention_command},
    {"RESET"_e, 5, "G"_e, reset_command},
    {"REWIND"_e, 3, "G"_e, rewind_command},
    {"SYSTEM"_e, 3, "G"_e, system_command},
    {"INDICATE"_e, 3, "EG"_e, indicate_command},
    {"SET"_e, 3, {}, set_command},
    {"SHUTDOWN"_e, 8, "A"_e, shutdown_command},
    {"SLEEP"_e, 2, {}, sleep_command, Entry::BeforeLogon},
    {"STORE"_e, 2, "G"_e, store_command},
    {"TERMINAL"_e, 4, "G"_e, terminal_command},
    {"TRACE"_e, 2, "G"_e, trace_command},
    {"WNG"_e, 1, "AB"_e, warning_command, Entry::KeepCase},
    {"WARNING"_e, 2, "AB"_e, warning_command, Entry::KeepCase},
    {"*"_e, 1, {}, comment, Entry::BeforeLogon},
};

bool allowed(const Entry& entry, const Caller& caller) {
    if (caller.session() == nullptr)
        return (entry.flags & (Entry::BeforeLogon | Entry::OnlyBeforeLogon)) != 0;
    if ((entry.flags & Entry::OnlyBeforeLogon) != 0) return false;
    if (entry.classes.empty()) return true;
    for (u8 letter : entry.classes)
        if (caller.has_class(static_cast<char>('A' + (letter - 'A'_e)))) return true;
    return false;
}

const Entry* find(Text word, const Caller& caller) {
    for (Entry const& entry : table)
        if (abbreviates(word, entry.name, entry.minimum) && allowed(entry, caller)) return &entry;
    return nullptr;
}

// The words of a line in two cases, kept in step.
struct Words {
    Fields upper, typed;
    Text next() {
        typed.next();
        return upper.next();
    }
};

} // namespace

CommandLine upper_case(Text text) {
    CommandLine line;
    for (u8 c : text) line << ebcdic::upper(c);
    return line;
}

Task<u32> run_command(Caller caller, Text text) {
    CommandLine const typed(text), upper = upper_case(text);
    Words words{Fields(upper), Fields(typed)};
    Text word = words.next();
    bool prefixed = false;
    while (word == "CP"_e) {
        prefixed = true;
        word = words.next();
    }
    if (word.empty()) {
        // CP alone is a wish to be in CP mode.
        if (prefixed && caller.session() != nullptr) caller.session()->enter_cp_mode();
        co_return 0;
    }
    if (word[0] == '*'_e) co_return 0;

    u32 code = 0;
    if (const Entry* entry = find(word, caller)) {
        trace(Event::Command, static_cast<u32>(entry - table));
        bool const keep = (entry->flags & Entry::KeepCase) != 0;
        code = co_await entry->run(caller, keep ? words.typed : words.upper);
    } else if (caller.from_guest()) {
        code = 1; // the guest says what it thinks of it
    } else {
        code = co_await caller.fail("CFM"_e, 1, word.substr(0, 8));
    }
    co_return code;
}

} // namespace cp
