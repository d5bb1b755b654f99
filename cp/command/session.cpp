#include "cp/command/session.h"

#include "cp/base/calendar.h"
#include "cp/command/commands.h"
#include "cp/control/dispatch.h"
#include "cp/guest/unit_record.h"
#include "cp/guest/virtual_console.h"
#include "cp/io/line_editing.h"

namespace cp {
namespace {

constexpr Microseconds until_forced_logoff = seconds(15 * 60);

// A line that begins with the time of day.
bool carries_time(Text line) {
    return line.size() >= 8 && line[2] == ':'_e && line[5] == ':'_e && ebcdic::is_digit(line[0]);
}

} // namespace

Session::Session(Text userid) : machine_(userid) { machine_.session = this; }

Session& session_of(VirtualMachine& machine) { return static_cast<Session&>(*machine.session); }

void Session::adopt(Terminal& terminal) {
    terminal_ = &terminal;
    terminal.set_user(this);
    terminal.show(Activity::Running);
}

void Session::start(MachineAction first) {
    action_ = first;
    spawn(run());
}

Task<> Session::run() {
    while (ending_ == Ending::None) {
        if (machine_.tracer.waiting()) {
            co_await show_trace_lines();
        } else if (notice_.size() != 0) {
            co_await show_notice();
        } else if (action_.kind != MachineAction::Kind::None) {
            co_await do_requested();
        } else if (for_cp_.present) {
            co_await run_typed();
        } else if (forced_logoff_armed_ && !forced_logoff_.running()) {
            end(Ending::Forced);
        } else if (in_cp_ && terminal_ != nullptr && !reading_answer_) {
            co_await read_command();
        } else {
            if (in_cp_ && terminal_ == nullptr) arm_forced_logoff();
            co_await event_;
        }
    }
    co_await leave();
}

Task<> Session::read_command() {
    Input input;
    reading_command_ = true;
    input = co_await terminal_->read(ReadMode::Cp);
    reading_command_ = false;
    switch (input.kind) {
    case Input::Kind::Line:
        if (!input.line.text().empty())
            put(for_cp_, input.line);
        else if (terminal_ != nullptr && !terminal_->graphic())
            co_await respond(MessageLine("CP"_e));
        break;
    case Input::Kind::Attention:
        press_attention();
        begin();
        break;
    case Input::Kind::Lost: disconnect(); break; // perhaps before it was ours
    case Input::Kind::Cancelled: break;
    }
}

// The next logical line typed for CP. What is left of it when that command lets the
// virtual machine run is the machine's.
Task<> Session::run_typed() {
    InputLine line;
    if (!next_line(for_cp_, line)) co_return;
    bool const was_in_cp = in_cp_;

    machine_.stopped.command = true;
    co_await run_command(Caller(*this, Caller::Origin::Terminal), line);

    if (was_in_cp && !in_cp_ && for_cp_.present) {
        for_machine_ = for_cp_;
        for_cp_.present = false;
    }
    if (for_cp_.present || ending_ != Ending::None) co_return;
    called_cp_ = false;
    machine_.stopped.command = false;
    stop_or_run();
    changed_.wake_all();
}

Task<> Session::do_requested() {
    MachineAction const action = action_;
    action_ = {};
    machine_.stopped.command = true;
    co_await perform(action);
    machine_.stopped.command = false;
    stop_or_run();
}

Task<> Session::show_notice() {
    MessageLine const notice = notice_;
    notice_.clear();
    Text const shown = shown_part(notice, machine_.settings.error_messages);
    if (!shown.empty()) co_await respond(MessageLine(shown));
}

Task<> Session::show_trace_lines() {
    bool stop = false;
    while (TraceLine* const line = machine_.tracer.take()) {
        stop = stop || line->stop;
        if (line->printer) co_await print_line(machine_, line->text);
        if (line->terminal) co_await respond(MessageLine(line->text));
        free_storage::destroy(line);
    }
    machine_.stopped.tracing = false;
    if (stop) enter_cp_mode();
    machine_.wake();
}

Task<> Session::respond(MessageLine line) {
    if (terminal_ == nullptr) co_return;
    Line<240> timed;
    if (machine_.system_operator && !carries_time(line))
        timed << Calendar::at(now()).time() << ' '_e;
    timed << line.text().without_trailing_blanks();
    co_await terminal_->write(timed, true);
}

void Session::notify(MessageLine line) {
    if (terminal_ == nullptr || notices_ == most_notices || machine_.logging_off) return;
    ++notices_;
    spawn(deliver(line));
}

Task<> Session::deliver(MessageLine line) {
    VirtualIo::Hold hold(machine_.io);
    co_await respond(line);
    --notices_;
}

void Session::stop_or_run() {
    machine_.stopped.cp_mode = in_cp_ && !machine_.settings.run;
    machine_.wake();
}

void Session::enter_cp_mode() {
    in_cp_ = true;
    stop_or_run();
    if (reading_virtual_ && terminal_ != nullptr) terminal_->cancel_read();
    event_.set();
}

void Session::enter_cp(Text message) {
    notice_.clear();
    notice_ << message;
    enter_cp_mode();
    interrupt_read();
}

// Something is to be done before the next command, which perhaps is being read.
void Session::interrupt_read() {
    if (reading_command_ && terminal_ != nullptr) terminal_->cancel_read();
    event_.set();
}

void Session::begin() {
    in_cp_ = false;
    stop_or_run();
    changed_.wake_all();
    event_.set();
}

Task<> Session::sleep(Microseconds time, bool for_ever) {
    Signal awake;
    Timer timer;
    awake_ = &awake;
    if (!for_ever) timer.start(time, awake);
    machine_.stopped.sleeping = true;
    co_await awake;
    awake_ = nullptr;
    machine_.stopped.sleeping = false;
    machine_.wake();
}

void Session::request(MachineAction action) {
    action_ = action;
    machine_.stopped.command = true;
    interrupt_read();
}

void Session::end(Ending how) {
    if (ending_ != Ending::None) return;
    ending_ = how;
    machine_.stopped.command = true;
    if (terminal_ != nullptr) terminal_->cancel_read();
    if (awake_ != nullptr) awake_->set();
    event_.set();
}

void Session::disconnect() {
    if (terminal_ == nullptr) return;
    Terminal* const terminal = terminal_;
    terminal_ = nullptr;
    MessageLine line(terminal_name(terminal));
    line << " DSCONNECT "_e << machine_.userid.padded() << " USERS = "_e;
    line.decimal(users_logged_on(), 3);
    terminal->cancel_read();
    if (awake_ != nullptr) awake_->set();
    terminal->release();
    changed_.wake_all();
    event_.set();
    tell_operator(line);
}

void Session::reconnect(Terminal& terminal) {
    adopt(terminal);
    forced_logoff_.cancel();
    forced_logoff_armed_ = false;
    enter_cp_mode();
    changed_.wake_all();
}

void Session::arm_forced_logoff() {
    if (forced_logoff_armed_ || machine_.system_operator) return;
    forced_logoff_armed_ = true;
    forced_logoff_.start(until_forced_logoff, event_);
}

Task<> Session::write(Text line, bool carriage_return) {
    if (terminal_ != nullptr) co_await terminal_->write(line, carriage_return);
}

// --- what is typed ---

void Session::put(TypedAhead& typed, Text line) {
    typed.line.clear();
    typed.line << line;
    typed.present = true;
}

bool Session::next_line(TypedAhead& typed, InputLine& line) {
    if (!typed.present) return false;
    EditedLine const edited = edit_line(typed.line, machine_.settings.editing);
    line = edited.line;
    InputLine const rest(typed.line.text().substr(edited.used));
    typed.line = rest;
    typed.present = edited.more;
    return true;
}

void Session::press_attention() { present_attention(machine_); }

void Session::call_cp(Text command) {
    if (command.empty()) {
        enter_cp_mode();
        return;
    }
    put(for_cp_, command);
    called_cp_ = true;
    machine_.stopped.command = true;
    event_.set();
}

void Session::attention() {
    if (awake_ != nullptr)
        awake_->set();
    else if (!in_cp_)
        enter_cp_mode();
}

bool Session::unsolicited(Text line) {
    if (awake_ != nullptr) {
        awake_->set();
        if (line.empty()) return true;
    }
    if (in_cp_ || called_cp_) { // a command is going on
        if (for_cp_.present) return false;
        if (!line.empty()) put(for_cp_, line);
        event_.set();
        return true;
    }
    Text command;
    if (calls_cp(line, machine_.settings.editing, command)) {
        call_cp(command);
        return true;
    }
    if (machine_.settings.terminal_mode_cp) {
        enter_cp_mode();
        if (!line.empty()) put(for_cp_, line);
        return true;
    }
    if (line.empty()) {
        // A second attention that finds the first one pending is for CP.
        VirtualDevice* const console = machine_.io.find(machine_.console_address);
        if (console != nullptr && console->status_pending() && !terminal_->graphic())
            enter_cp_mode();
        else
            press_attention();
        return true;
    }
    if (for_machine_.present) return false;
    put(for_machine_, line);
    press_attention();
    changed_.wake_all();
    return true;
}

Task<Input> Session::read_virtual() {
    Input result;
    result.kind = Input::Kind::Cancelled;
    virtual_read_cancelled_ = false;
    for (;;) {
        if (virtual_read_cancelled_ || ending_ != Ending::None) break;
        if (!in_cp_ && next_line(for_machine_, result.line)) {
            result.kind = Input::Kind::Line;
            break;
        }
        if (in_cp_ || called_cp_ || terminal_ == nullptr || reading_answer_) {
            if (terminal_ == nullptr) arm_forced_logoff();
            co_await changed_.change();
            continue;
        }
        reading_virtual_ = true;
        Input typed;
        typed = co_await terminal_->read(ReadMode::Virtual);
        reading_virtual_ = false;
        if (typed.kind == Input::Kind::Attention) {
            enter_cp_mode();
        } else if (typed.kind == Input::Kind::Lost) {
            disconnect();
        } else if (typed.kind == Input::Kind::Line) {
            Text command;
            if (calls_cp(typed.line, machine_.settings.editing, command)) {
                call_cp(command);
                break;
            }
            put(for_machine_, typed.line);
        }
    }
    co_return result;
}

void Session::cancel_virtual_read() {
    virtual_read_cancelled_ = true;
    if (reading_virtual_ && terminal_ != nullptr) terminal_->cancel_read();
    changed_.wake_all();
}

Task<Input> Session::read_terminal(ReadMode mode) {
    Input input;
    if (terminal_ == nullptr) co_return input;
    // The prompt goes before a CP READ or VM READ.
    reading_answer_ = true;
    terminal_->cancel_read();
    input = co_await terminal_->read(mode);
    reading_answer_ = false;
    changed_.wake_all();
    event_.set();
    co_return input;
}

Task<u32> Session::execute(Text text, Response* response) {
    CommandLine const all(text);
    u32 code = 0;
    if (all.text().without_trailing_blanks().empty()) {
        enter_cp_mode();
        co_return code;
    }
    for (Text rest = all; code == 0 && !rest.empty();) {
        usize length = 0;
        while (length < rest.size() && rest[length] != '#'_e && rest[length] != new_line) ++length;
        Text const command = rest.substr(0, length);
        rest = rest.substr(length + 1);
        code = co_await run_command(Caller(*this, Caller::Origin::Guest, response), command);
        if (ending_ != Ending::None || action_.kind != MachineAction::Kind::None) break;
    }
    co_return code;
}

} // namespace cp
