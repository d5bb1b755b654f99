// How a session ends, what resets its virtual machine, and who is told.

#include "cp/base/calendar.h"
#include "cp/command/caller.h"
#include "cp/command/ipl.h"
#include "cp/command/session.h"
#include "cp/control/dispatch.h"
#include "cp/guest/reflect.h"
#include "cp/guest/used_time.h"

namespace cp {

Line<12> terminal_name(const Terminal* terminal) {
    Line<12> line(terminal != nullptr && terminal->graphic() ? "GRAF "_e : "LINE "_e);
    line << terminal_address(terminal);
    return line;
}

Line<4> terminal_address(const Terminal* terminal) {
    Line<4> line;
    if (terminal == nullptr)
        line << "DSC"_e;
    else
        line.hex(terminal->address().value, 3);
    return line;
}

u32 users_logged_on() {
    u32 users = 0;
    for ([[maybe_unused]] VirtualMachine& machine : virtual_machines) ++users;
    return users;
}

Session* operator_session() {
    for (VirtualMachine& machine : virtual_machines)
        if (machine.system_operator && machine.session != nullptr) return &session_of(machine);
    return nullptr;
}

void tell_operator(Text line) {
    if (Session* session = operator_session()) session->notify(MessageLine(line));
}

Task<u32> Session::perform(MachineAction action) {
    u32 code = 0;
    machine_.stopped.command = true;
    switch (action.kind) {
    case MachineAction::Kind::None: break;
    case MachineAction::Kind::Ipl: code = co_await initial_program_load(action); break;
    case MachineAction::Kind::Storage: code = co_await new_storage(action.storage); break;
    case MachineAction::Kind::Restart: code = co_await restart(); break;
    case MachineAction::Kind::SystemReset:
    case MachineAction::Kind::SystemClear: {
        bool const clear = action.kind == MachineAction::Kind::SystemClear;
        machine_.io.reset();
        co_await machine_.io.drain();
        machine_.reset(clear);
        enter_cp_mode();
        Text const answer = clear ? "STORAGE CLEARED - SYSTEM RESET"_e : "SYSTEM RESET"_e;
        MessageLine const line(answer);
        if (!action.quiet) co_await respond(line);
        break;
    }
    }
    co_return code;
}

// The restart interruption: PSW at 0, the old one to 8. The machine goes on with it.
Task<u32> Session::restart() {
    Be64 fresh, old(machine_.cpu.psw.bits);
    machine_.storage.read(GuestReal{0}, fresh);
    machine_.storage.write(GuestReal{8}, old);
    if (!valid_psw(machine_, s370::Psw{fresh})) {
        Caller const caller(*this, Caller::Origin::Terminal);
        Line<17> psw;
        psw.hex(fresh >> 32, 8) << ' '_e;
        psw.hex(fresh, 8);
        co_return co_await caller.fail("CPB"_e, 12, psw);
    }
    load_psw(machine_, s370::Psw{fresh});
    begin();
    co_return 0;
}

Task<u32> Session::initial_program_load(MachineAction action) {
    IplOptions options;
    options.cylinder = action.cylinder;
    options.clear = action.clear;
    options.has_parameters = action.has_parameters;
    options.parameters = action.parameters;
    IplOutcome outcome = IplOutcome::Failed;
    outcome = co_await ipl_device(machine_, action.device, options);

    Line<3> address;
    address.hex(action.device.value, 3);
    Caller const caller(*this, Caller::Origin::Terminal);
    u32 code = 0;
    if (outcome == IplOutcome::NoDevice) {
        code = co_await caller.fail("CFG"_e, 40, address);
        enter_cp_mode();
    } else if (outcome == IplOutcome::WrongDevice) {
        code = co_await caller.fail("VMI"_e, 22);
        enter_cp_mode();
    } else if (action.stop && outcome == IplOutcome::Loaded) {
        enter_cp_mode();
    } else {
        begin();
    }
    co_return code;
}

Task<u32> Session::new_storage(u32 size) {
    machine_.io.reset();
    co_await machine_.io.drain();
    u32 const before = machine_.storage.size();
    machine_.storage.release();
    Caller const caller(*this, Caller::Origin::Terminal);
    u32 code = 0;
    if (!machine_.storage.create(size)) {
        machine_.storage.create(before); // was there a moment ago
        code = co_await caller.fail("DEF"_e, 95, "STORAGE"_e);
    }
    machine_.reset(true);
    enter_cp_mode();
    if (code == 0 && machine_.settings.informational) {
        MessageLine line("STORAGE = "_e);
        line.decimal(size / 1024, 5) << 'K'_e;
        co_await respond(line);
    }
    co_return code;
}

// Nobody else comes to this session any more when its tasks have ended.
Task<> Session::leave() {
    machine_.logging_off = true;
    machine_.stopped.cp_mode = true;
    cancel_virtual_read();
    if (terminal_ != nullptr && ending_ == Ending::Forced) terminal_->drop_output();
    machine_.io.reset();
    co_await machine_.io.drain();

    MessageLine line;
    if (terminal_ == nullptr)
        line << "USER DSC"_e;
    else
        line << terminal_name(terminal_);
    line << " LOGOFF AS "_e << machine_.userid.padded() << " USERS = "_e;
    line.decimal(users_logged_on() - 1, 3);
    if (ending_ == Ending::Forced) line << "  FORCED"_e;

    co_await say_goodbye();
    unschedule(machine_);
    while (VirtualDevice* device = machine_.io.devices().front()) machine_.io.detach(*device);
    machine_.storage.release();
    machine_.unlink();
    if (terminal_ != nullptr) terminal_->release();
    tell_operator(line);
    free_storage::destroy(this);
}

Line<80> connect_line(VirtualMachine& machine) {
    UsedTime const used = used_time(machine);
    Line<80> line("CONNECT= "_e);
    line << hours_minutes_seconds({now() - machine.accounting.logged_on_at}) << " VIRTCPU= "_e
         << minutes_seconds_hundredths(used.virtual_time) << " TOTCPU= "_e
         << minutes_seconds_hundredths(used.total_time);
    return line;
}

Task<> Session::say_goodbye() {
    if (terminal_ == nullptr) co_return;
    if (machine_.settings.accounting) {
        Line<80> const used = connect_line(machine_);
        co_await respond(MessageLine(used));
    }
    MessageLine line("LOGOFF AT "_e);
    line << Calendar::at(now()).stamp();
    if (ending_ == Ending::Forced) line << " BY SYSTEM"_e;
    co_await respond(line);
}

} // namespace cp
