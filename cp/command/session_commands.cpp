// BEGIN, DISCONN, FORCE, LOGOFF, SLEEP, ECHO: who has the terminal, and for how long
// (DMKCFM, DMKUSO).

#include "cp/base/calendar.h"
#include "cp/command/processors.h"

namespace cp {

Task<u32> begin_command(const Caller& caller, Fields operands) {
    VirtualMachine& machine = caller.machine();
    if (Text const where = operands.next(); !where.empty()) {
        ParsedNumber const address = parse_hex(where);
        if (!address.valid || where.size() > 6) return caller.fail("CPB"_e, 4, where);
        machine.cpu.psw.set_address(address.value);
    }
    caller.session()->begin();
    return caller.done();
}

Task<u32> disconnect_command(const Caller& caller, Fields operands) {
    Text const option = operands.next();
    if (!option.empty() && !abbreviates(option, "HOLD"_e, 2))
        co_return co_await caller.fail("USO"_e, 3, option);
    Session* const session = caller.session();
    if (session == nullptr || session->terminal() == nullptr) co_return 0;
    MessageLine line("DISCONNECT AT "_e);
    line << Calendar::at(now()).stamp();
    co_await session->respond(line);
    session->disconnect();
    // What was never loaded has nothing to go on with.
    if (session->machine().cpu.psw.bits != 0) session->begin();
    co_return 0;
}

Task<u32> logoff_command(const Caller& caller, Fields operands) {
    Text const option = operands.next();
    if (!option.empty() && !abbreviates(option, "HOLD"_e, 2))
        return caller.fail("USO"_e, 3, option);
    if (caller.session() != nullptr) caller.session()->end(Session::Ending::Logoff);
    return caller.done();
}

Task<u32> force_command(const Caller& caller, Fields operands) {
    Text const userid = operands.next();
    if (userid.empty() || userid.size() > 8) return caller.fail("USO"_e, 20);
    VirtualMachine* const machine = find_virtual_machine(userid);
    if (machine == nullptr) return caller.fail("USO"_e, 45, userid);
    session_of(*machine).end(Session::Ending::Forced);
    return caller.done();
}

namespace {

// The length of one unit in seconds; 0: not a unit.
u32 unit_of_time(Text unit) {
    if (unit.empty() || unit == "MIN"_e) return 60;
    if (unit == "SEC"_e) return 1;
    return unit == "HRS"_e || unit == "HR"_e ? 3600 : 0;
}

} // namespace

Task<u32> sleep_command(const Caller& caller, Fields operands) {
    Text const count = operands.next(), unit = operands.next();
    ParsedNumber const number = parse_decimal(count);
    u32 const unit_seconds = unit_of_time(unit);
    if (!count.empty() && (!number.valid || count.size() > 2))
        co_return co_await caller.fail("CFD"_e, 2, count);
    if (unit_seconds == 0) co_return co_await caller.fail("CFD"_e, 2, unit);
    if (caller.session() == nullptr) co_return 0;
    co_await caller.session()->sleep(seconds(u64{number.value} * unit_seconds), count.empty());
    co_return 0;
}

Task<u32> echo_command(const Caller& caller, Fields operands) {
    Text const count = operands.next();
    ParsedNumber const copies = count.empty() ? ParsedNumber{true, 1} : parse_decimal(count);
    if (!copies.valid || copies.value > 99) co_return co_await caller.fail("MSG"_e, 2, count);
    MessageLine const entered("ECHO ENTERED ; TO TERMINATE TEST TYPE-END"_e), ask("ENTER LINE"_e);
    co_await caller.respond(entered);
    for (;;) {
        co_await caller.respond(ask);
        Input input;
        input = co_await caller.session()->read_terminal(ReadMode::Cp);
        if (input.kind != Input::Kind::Line) break;
        CommandLine const upper = upper_case(input.line);
        if (upper.text().without_trailing_blanks() == "END"_e) break;
        MessageLine const line(input.line);
        for (u32 i = 0; i < copies.value; ++i) co_await caller.respond(line);
    }
    co_return 0;
}

} // namespace cp
