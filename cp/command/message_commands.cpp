// MSG, MSGNOH, WNG: what users say to each other (DMKMSG).

#include "cp/base/calendar.h"
#include "cp/command/logon.h"
#include "cp/command/processors.h"

namespace cp {
namespace {

enum class Kind : u8 { Message, Warning, WithoutHeader };

constexpr u8 new_line = 0x15;

MessageLine compose(const Caller& caller, Kind kind, Text text) {
    MessageLine line;
    if (kind == Kind::WithoutHeader) {
        line << text;
        return line;
    }
    // Time, two blank lines, the message, a blank line.
    line << Calendar::at(now()).time() << new_line << new_line << new_line
         << (kind == Kind::Warning ? "WNG FROM "_e : "MSG FROM "_e);
    if (caller.session() != nullptr)
        line << caller.machine().userid.padded();
    else
        line << Name8(terminal_name(caller.terminal()).text()).padded();
    line << ": "_e << text << new_line << new_line;
    return line;
}

bool receives(const VirtualMachine& machine, Kind kind) {
    return kind == Kind::Warning ? machine.settings.warnings : machine.settings.messages;
}

// To all who are logged on; nobody is told who does not get it.
void send_to_all(const Caller& caller, Kind kind, const MessageLine& line) {
    for (VirtualMachine& machine : virtual_machines) {
        bool const self = caller.session() == machine.session;
        if (!self && receives(machine, kind)) session_of(machine).notify(line);
    }
}

Task<u32> send(const Caller& caller, Fields operands, Kind kind) {
    CommandLine const addressee = upper_case(operands.next());
    Text userid = addressee;
    if (userid.empty()) return caller.fail("MSG"_e, 20);
    Text const text = operands.rest();

    if (userid == "ALL"_e) {
        if (!caller.has_class('A') && !caller.has_class('B'))
            return caller.fail("MSG"_e, 3, userid);
        if (!text.empty()) send_to_all(caller, kind, compose(caller, kind, text));
        return caller.done();
    }
    if (userid.size() > 8) return caller.fail("MSG"_e, 20);

    VirtualMachine* machine = nullptr;
    if (abbreviates(userid, "OPERATOR"_e, 2)) {
        if (Session* session = operator_session()) machine = &session->machine();
        userid = "OPERATOR"_e;
    } else if (userid == "*"_e && caller.session() != nullptr) {
        machine = &caller.machine();
    }
    if (machine == nullptr) machine = find_virtual_machine(userid);
    if (machine == nullptr) return caller.fail("MSG"_e, 45, userid);
    if (text.empty()) return caller.done();

    Session& session = session_of(*machine);
    if (!receives(*machine, kind)) {
        Text const reason = kind == Kind::Warning ? "WNG OFF"_e : "MSG OFF"_e;
        return caller.fail("MSG"_e, 57, machine->userid.text(), reason);
    }
    if (session.terminal() == nullptr)
        return caller.fail("MSG"_e, 57, machine->userid.text(), "DISCONNECTED"_e);
    session.notify(compose(caller, kind, text));
    return caller.done();
}

} // namespace

Task<u32> message_command(const Caller& caller, Fields operands) {
    return send(caller, operands, Kind::Message);
}

Task<u32> message_without_header_command(const Caller& caller, Fields operands) {
    return send(caller, operands, Kind::WithoutHeader);
}

Task<u32> warning_command(const Caller& caller, Fields operands) {
    return send(caller, operands, Kind::Warning);
}

} // namespace cp
