#include "cp/command/logon.h"

#include "cp/base/calendar.h"
#include "cp/command/commands.h"
#include "cp/command/directory.h"
#include "cp/command/logon_devices.h"

namespace cp {

constinit LogMessage log_message;

bool LogMessage::empty() const {
    for (Line<80> const& line : lines)
        if (line.size() != 0) return false;
    return true;
}

namespace {

// What a LOGON line asks for.
struct LogonRequest {
    u16 message = 0; // that refuses it
    Name8 userid, password;
    bool has_password = false, masked = false, no_ipl = false;
};

void read_option(LogonRequest& request, Text field) {
    if (field.size() > 8) {
        request.message = 3;
    } else if (abbreviates(field, "MASK"_e, 1)) {
        if (request.masked) request.message = 3;
        request.masked = true;
    } else if (abbreviates(field, "NOIPL"_e, 1)) {
        if (request.no_ipl) request.message = 3;
        request.no_ipl = true;
    } else {
        if (request.has_password) request.message = 3;
        request.has_password = true;
        request.password = field;
    }
}

Task<bool> read_password(const Caller& caller, Name8* password) {
    MessageLine const prompt("ENTER PASSWORD:"_e);
    co_await caller.respond(prompt);
    for (;;) {
        Input input;
        input = co_await caller.terminal()->read(ReadMode::Password);
        if (input.kind == Input::Kind::Lost || input.kind == Input::Kind::Cancelled)
            co_return false;
        CommandLine const typed = upper_case(input.line);
        Fields fields(typed);
        if (fields.empty()) continue;
        Text const field = fields.next();
        *password = field;
        // Too long is as wrong as any other.
        co_return field.size() <= 8;
    }
}

// Everything of the directory entry but its devices.
void take_entry(VirtualMachine& machine, const directory::UserEntry& entry) {
    using namespace directory;
    machine.classes = u32{entry.classes} << 24;
    machine.account = entry.account;
    machine.distribution = entry.distribution;
    machine.maximum_storage = entry.max_storage;
    machine.priority = entry.priority;
    if ((entry.options & option::cpu_id) != 0) machine.cpu_id_serial = entry.cpu_serial;

    Settings& settings = machine.settings;
    settings.ec_mode = (entry.options & option::ec_mode) != 0;
    if ((entry.options & option::real_timer) != 0) settings.timer = TimerMode::Real;
    settings.editing.line_end = entry.line_end;
    settings.editing.line_delete = entry.line_delete;
    settings.editing.character_delete = entry.character_delete;
    settings.editing.escape = entry.escape;

    machine.system_operator =
        operator_session() == nullptr && machine.userid.text() == system_operator_userid;
    settings.terminal_mode_cp = machine.system_operator;
    machine.accounting.logged_on_at = now();
}

Task<> greet(Session& session, Text verb) {
    if (!log_message.empty()) {
        MessageLine line("LOGMSG - "_e);
        line << Calendar::at(log_message.changed_at).stamp();
        co_await session.respond(line);
        for (Line<80> const& message : log_message.lines) {
            MessageLine const text(message);
            if (text.text().starts_with("*"_e)) co_await session.respond(text);
        }
    }
    MessageLine line(verb);
    line << " AT "_e << Calendar::at(now()).stamp();
    co_await session.respond(line);
}

void report(const Terminal* terminal, Text verb, const VirtualMachine& machine) {
    MessageLine line(terminal_name(terminal));
    line << ' '_e << verb << ' '_e << machine.userid.padded() << " USERS = "_e;
    line.decimal(users_logged_on(), 3);
    tell_operator(line);
}

// The directory's IPL statement.
MachineAction directory_ipl(const directory::UserEntry& entry) {
    MachineAction action;
    ParsedNumber const address = parse_hex(entry.ipl.text());
    if (entry.ipl.blank() || !address.valid || address.value > 0xFFF) return action;
    action.kind = MachineAction::Kind::Ipl;
    action.device = {static_cast<u16>(address.value)};
    action.has_parameters = !entry.ipl_parameters.blank();
    action.parameters = entry.ipl_parameters.text();
    return action;
}

// The rest of a LOGON whose user may. The session belongs to itself from here on.
Task<u32> admit(const Caller& caller, DirectoryUser* user, bool no_ipl) {
    directory::UserEntry const& entry = user->entry();
    auto* const session = free_storage::create<Session>(entry.userid.text());
    if (session == nullptr) co_return co_await caller.fail("LOG"_e, 95, "VMBLOK"_e);
    VirtualMachine& machine = session->machine();
    take_entry(machine, entry);
    if (!machine.storage.create(entry.storage)) {
        free_storage::destroy(session);
        co_return co_await caller.fail("LOG"_e, 95, "STORAGE"_e);
    }
    virtual_machines.push_back(machine);
    machine.reset(false);
    session->adopt(*caller.terminal());

    co_await create_devices(*session, user);
    co_await greet(*session, "LOGON"_e);
    report(caller.terminal(), "LOGON  AS"_e, machine);

    MachineAction const first = no_ipl ? MachineAction{} : directory_ipl(entry);
    if (first.kind == MachineAction::Kind::None && !entry.ipl.blank() && !no_ipl) {
        Caller const user_caller(*session, Caller::Origin::Terminal);
        co_await user_caller.fail("CFG"_e, 44, entry.ipl.text());
    }
    session->start(first);
    co_return 0;
}

Task<u32> reconnect(const Caller& caller, VirtualMachine& machine) {
    Terminal& terminal = *caller.terminal();
    Session& session = session_of(machine);
    session.reconnect(terminal);
    VirtualIo::Hold hold(machine.io); // it may end while it is greeted
    report(&terminal, "RECONNECT"_e, machine);
    co_await greet(session, "RECONNECTED"_e);
    co_return 0;
}

} // namespace

Task<u32> log_on_operator(Terminal& terminal) {
    Caller const caller(terminal);
    DirectoryUser user;
    DirectoryUser::Found found = DirectoryUser::Found::Damaged;
    found = co_await user.look_up(Name8(system_operator_userid));
    if (found == DirectoryUser::Found::No)
        co_return co_await caller.fail("LOG"_e, 53, system_operator_userid);
    if (found == DirectoryUser::Found::Damaged) co_return co_await caller.fail("LOG"_e, 52);
    if (find_virtual_machine(system_operator_userid) != nullptr)
        co_return co_await caller.fail("LOG"_e, 54);
    co_return co_await admit(caller, &user, false);
}

Task<u32> logon(const Caller& caller, Fields operands) {
    LogonRequest request;
    Text const userid = operands.next();
    if (userid.empty() || userid.size() > 8) co_return co_await caller.fail("LOG"_e, 20);
    request.userid = userid;

    DirectoryUser user;
    DirectoryUser::Found found = DirectoryUser::Found::Damaged;
    found = co_await user.look_up(request.userid);
    if (found == DirectoryUser::Found::Damaged) co_return co_await caller.fail("LOG"_e, 52);
    Name8 const password = user.entry().password.text();
    if (found == DirectoryUser::Found::No || password.text() == "NOLOG"_e)
        co_return co_await caller.fail("LOG"_e, 53, userid);

    while (!operands.empty() && request.message == 0) read_option(request, operands.next());
    if (request.message != 0)
        co_return co_await caller.fail("LOG"_e, request.message, operands.rest());

    bool good = true;
    if (!request.has_password) good = co_await read_password(caller, &request.password);
    if (!good || request.password != password || password.blank())
        co_return co_await caller.fail("LOG"_e, 50);

    if (VirtualMachine* machine = find_virtual_machine(userid)) {
        Terminal* const other = machine->session->terminal();
        if (other != nullptr || machine->logging_off || session_of(*machine).ending()) {
            Line<12> const where = terminal_name(other);
            co_return co_await caller.fail("LOG"_e, 54, where);
        }
        co_return co_await reconnect(caller, *machine);
    }
    co_return co_await admit(caller, &user, request.no_ipl);
}

} // namespace cp
