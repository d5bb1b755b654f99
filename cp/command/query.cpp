// QUERY: who is there, and how things stand (DMKCQG, DMKCQP, DMKCQR).

#include "cp/base/calendar.h"
#include "cp/command/dial.h"
#include "cp/command/logon.h"
#include "cp/command/processors.h"
#include "s370/machine/clock.h"

namespace cp {
namespace {

constexpr u32 names_a_line = 4;

// "USER1    - 0C1"
void put_name(MessageLine& line, VirtualMachine& machine) {
    line << machine.userid.padded() << " - "_e << terminal_address(machine.session->terminal());
}

// The users from number `first`; false: there are no more.
bool names_from(u32 first, MessageLine& line) {
    u32 number = 0;
    for (VirtualMachine& machine : virtual_machines) {
        if (number >= first && number < first + names_a_line) {
            if (line.size() != 0) line << ", "_e;
            put_name(line, machine);
        }
        ++number;
    }
    return line.size() != 0;
}

Task<u32> query_names(const Caller& caller, Fields) {
    for (u32 first = 0;; first += names_a_line) {
        MessageLine line;
        if (!names_from(first, line)) break;
        co_await caller.respond(line);
    }
    co_return 0;
}

Task<u32> query_user(const Caller& caller, Text userid) {
    VirtualMachine* const machine = find_virtual_machine(userid);
    if (machine == nullptr) return caller.fail("CQG"_e, 45, userid);
    MessageLine line;
    put_name(line, *machine);
    return caller.answer(line);
}

Task<u32> query_users(const Caller& caller, Fields operands) {
    if (Text const userid = operands.next(); !userid.empty()) {
        if (userid.size() > 8) return caller.fail("CQG"_e, 20);
        return query_user(caller, userid);
    }
    MessageLine line;
    line.decimal(users_logged_on(), 3) << " USERS, "_e;
    line.decimal(terminals_dialed(), 3) << " DIALED"_e;
    return caller.answer(line);
}

Task<u32> query_time(const Caller& caller, Fields) {
    MessageLine line("TIME IS "_e);
    line << Calendar::at(now()).stamp();
    co_await caller.respond(line);
    MessageLine const used(connect_line(caller.machine()).text());
    co_await caller.respond(used);
    co_return 0;
}

Task<u32> query_storage(const Caller& caller, Fields operands) {
    if (!caller.has_class('B')) {
        constexpr Text word = "STORAGE"_e;
        return query_virtual(caller, Fields(word));
    }
    (void)operands;
    u32 const bytes = round_up(frame_pool.total() * 4096, 1 << 20);
    MessageLine line("STORAGE = "_e);
    line.decimal(bytes / 1024, 5) << 'K'_e;
    return caller.answer(line);
}

// Operands that mean the caller's own devices where he does not have class B.
template <EbcdicLiteral name>
Task<u32> query_kind(const Caller& caller, Fields) {
    constexpr Text word = operator""_e<name>();
    if (caller.has_class('B')) return query_real(caller, word);
    return query_virtual(caller, Fields(word));
}

Task<u32> query_console(const Caller& caller, Fields) {
    return query_virtual(caller, Fields("CONSOLE"_e));
}

Task<u32> query_channels(const Caller& caller, Fields) {
    return query_virtual(caller, Fields("CHANNELS"_e));
}

Task<u32> query_userid(const Caller& caller, Fields) {
    MessageLine line(caller.machine().userid.padded());
    line << " AT "_e << system_identity.name;
    return caller.answer(line);
}

Task<u32> query_level(const Caller& caller, Fields) {
    MessageLine const version(system_identity.version);
    co_await caller.respond(version);
    MessageLine line("IPL AT "_e);
    line << Calendar::at(system_identity.started_at).stamp();
    co_await caller.respond(line);
    co_return 0;
}

Task<u32> query_cpu_id(const Caller& caller, Fields) {
    MessageLine line("CPUID = "_e);
    line.hex(caller.machine().cpu_id(), 16);
    return caller.answer(line);
}

Task<u32> query_files(const Caller& caller, Fields) {
    return caller.answer(MessageLine("FILES:  NO RDR,  NO PRT,  NO PUN"_e));
}

template <EbcdicLiteral name>
Task<u32> query_spool(const Caller& caller, Fields) {
    MessageLine line("NO "_e);
    line << operator""_e<name>() << " FILES"_e;
    return caller.answer(line);
}

Task<u32> query_log_message(const Caller& caller, Fields) {
    for (u32 i = 0; i < LogMessage::most_lines; ++i) {
        MessageLine const line(log_message.lines[i]);
        if (line.size() != 0) co_await caller.respond(line);
    }
    co_return 0;
}

Task<u32> query_function_keys(const Caller& caller, Fields) {
    for (u32 key = 1; key <= 12; ++key) {
        MessageLine line("PF"_e);
        line.decimal(key, 2) << " UNDEFINED"_e;
        co_await caller.respond(line);
    }
    co_return 0;
}

Task<u32> query_processor(const Caller& caller, Fields) {
    return caller.answer(MessageLine("PROCESSOR 00 ONLINE"_e));
}

Task<u32> query_settings(const Caller& caller, Fields) { return query_set(caller); }
Task<u32> query_terminal_options(const Caller& caller, Fields) { return query_terminal(caller); }

struct Operand {
    Text name;
    u8 minimum;
    Command run;
};

constexpr Operand operands_table[] = {
    {"CHANNELS"_e, 4, query_channels},
    {"CONSOLE"_e, 3, query_console},
    {"CPLEVEL"_e, 2, query_level},
    {"CPUID"_e, 3, query_cpu_id},
    {"DASD"_e, 2, query_kind<"DASD">},
    {"FILES"_e, 1, query_files},
    {"GRAF"_e, 2, query_kind<"GRAF">},
    {"LINES"_e, 5, query_kind<"LINES">},
    {"LOGMSG"_e, 3, query_log_message},
    {"NAMES"_e, 1, query_names},
    {"PF"_e, 2, query_function_keys},
    {"PROCESSR"_e, 4, query_processor},
    {"READER"_e, 1, query_spool<"RDR">},
    {"RDR"_e, 3, query_spool<"RDR">},
    {"PRINTER"_e, 1, query_spool<"PRT">},
    {"PRT"_e, 3, query_spool<"PRT">},
    {"PUNCH"_e, 2, query_spool<"PUN">},
    {"PCH"_e, 2, query_spool<"PUN">},
    {"SET"_e, 1, query_settings},
    {"STORAGE"_e, 4, query_storage},
    {"TAPES"_e, 2, query_kind<"TAPES">},
    {"TERMINAL"_e, 4, query_terminal_options},
    {"TIME"_e, 1, query_time},
    {"TRAPS"_e, 2, query_traps},
    {"UR"_e, 2, query_kind<"UR">},
    {"USERID"_e, 5, query_userid},
    {"USERS"_e, 1, query_users},
    {"VIRTUAL"_e, 1, query_virtual},
    {"ALL"_e, 3, query_kind<"ALL">},
};

} // namespace

constinit SystemIdentity system_identity;

Task<u32> query_command(const Caller& caller, Fields operands) {
    Text const word = operands.next();
    if (word.empty() || word.size() > 8) return caller.fail("CFQ"_e, 26);
    for (Operand const& operand : operands_table)
        if (abbreviates(word, operand.name, operand.minimum)) return operand.run(caller, operands);

    // An address, or a userid.
    ParsedNumber const address = parse_hex(word);
    if (address.valid && word.size() <= 3) {
        if (caller.has_class('B')) return query_real(caller, word);
        return query_virtual(caller, Fields(word));
    }
    return query_user(caller, word);
}

} // namespace cp
