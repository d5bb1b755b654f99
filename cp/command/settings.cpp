// SET and TERMINAL, and what QUERY says of them (DMKCFS, DMKCFT, DMKCQG).

#include "cp/command/logon.h"
#include "cp/command/processors.h"
#include "cp/guest/identification.h"

namespace cp {
namespace {

// --- SET ---

enum class Switch : u8 { Bad, Off, On };

Switch parse_switch(Text word) {
    if (word == "ON"_e) return Switch::On;
    return word == "OFF"_e ? Switch::Off : Switch::Bad;
}

// A switch of Settings.
template <bool Settings::*member>
Task<u32> set_switch(const Caller& caller, Fields operands) {
    Text const word = operands.next();
    if (word.empty()) return caller.fail("CFS"_e, 26);
    Switch const value = parse_switch(word);
    if (value == Switch::Bad) return caller.fail("CFC"_e, 3, word);
    caller.machine().settings.*member = value == Switch::On;
    return caller.done();
}

Task<u32> set_line_editing(const Caller& caller, Fields operands) {
    Text const word = operands.next();
    if (word.empty()) return caller.fail("CFS"_e, 26);
    Switch const value = parse_switch(word);
    if (value == Switch::Bad) return caller.fail("CFC"_e, 3, word);
    caller.machine().settings.editing.active = value == Switch::On;
    return caller.done();
}

Task<u32> set_run(const Caller& caller, Fields operands) {
    Text const word = operands.next();
    if (word.empty()) return caller.fail("CFS"_e, 26);
    Switch const value = parse_switch(word);
    if (value == Switch::Bad) return caller.fail("CFC"_e, 3, word);
    caller.session()->set_run(value == Switch::On);
    return caller.done();
}

Task<u32> set_error_messages(const Caller& caller, Fields operands) {
    Text const word = operands.next();
    ErrorMessages& how = caller.machine().settings.error_messages;
    if (word.empty()) return caller.fail("CFS"_e, 26);
    if (word == "ON"_e)
        how = ErrorMessages::On;
    else if (word == "OFF"_e)
        how = ErrorMessages::Off;
    else if (word == "CODE"_e)
        how = ErrorMessages::Code;
    else if (word == "TEXT"_e)
        how = ErrorMessages::Text;
    else
        return caller.fail("CFC"_e, 3, word);
    return caller.done();
}

Task<u32> set_timer(const Caller& caller, Fields operands) {
    Text const word = operands.next();
    TimerMode mode = TimerMode::On;
    if (word.empty()) return caller.fail("CFS"_e, 26);
    if (word == "OFF"_e)
        mode = TimerMode::Off;
    else if (word == "REAL"_e)
        mode = TimerMode::Real;
    else if (word != "ON"_e)
        return caller.fail("CFC"_e, 3, word);
    // A wait until now counts as it was set then.
    caller.machine().clock.end_wait();
    caller.machine().settings.timer = mode;
    caller.machine().wake();
    return caller.done();
}

// Resets the virtual machine.
Task<u32> set_ec_mode(const Caller& caller, Fields operands) {
    Text const word = operands.next();
    if (word.empty()) return caller.fail("CFS"_e, 26);
    Switch const value = parse_switch(word);
    if (value == Switch::Bad) return caller.fail("CFC"_e, 3, word);
    caller.machine().settings.ec_mode = value == Switch::On;
    if (value == Switch::Off) caller.machine().settings.page_exceptions = false;
    MachineAction action;
    action.kind = MachineAction::Kind::SystemReset;
    action.quiet = true;
    return caller.act(action);
}

// [ON|OFF] [SVC|NOSVC] [TMR|NOTMR], each as often as one likes.
Task<u32> set_assist(const Caller& caller, Fields operands) {
    if (operands.empty()) return caller.fail("CFS"_e, 26);
    Settings& settings = caller.machine().settings;
    while (!operands.empty()) {
        Text const word = operands.next();
        if (word == "ON"_e || word == "OFF"_e)
            settings.assist = word == "ON"_e;
        else if (word == "SVC"_e || word == "NOSVC"_e)
            settings.assist_svc = word == "SVC"_e;
        else if (word == "TMR"_e)
            return caller.fail("CFS"_e, 187);
        else if (word != "NOTMR"_e)
            return caller.fail("CFS"_e, 3, word);
    }
    return caller.done();
}

Task<u32> set_page_exceptions(const Caller& caller, Fields operands) {
    if (!caller.machine().settings.ec_mode) return caller.fail("CFS"_e, 3, "PAGEX"_e);
    return set_switch<&Settings::page_exceptions>(caller, operands);
}

// There is one processor.
Task<u32> set_affinity(const Caller& caller, Fields operands) {
    Text const word = operands.next();
    if (word == "OFF"_e) return caller.done();
    return caller.fail("CFS"_e, word == "ON"_e ? 190 : 26);
}

Task<u32> set_cpu_id(const Caller& caller, Fields operands) {
    Text const word = operands.next();
    if (word.empty()) return caller.fail("CFS"_e, 26);
    ParsedNumber const serial = parse_hex(word);
    if (!serial.valid || word.size() > 6) return caller.fail("CFS"_e, 26);
    caller.machine().cpu_id_serial = serial.value;
    return caller.done();
}

// SET LOGMSG [n] text: the first free line, or line n; NULL takes it away.
Task<u32> set_log_message(const Caller& caller, Fields operands) {
    u32 index = 0;
    if (ParsedNumber const number = parse_decimal(operands.peek()); number.valid) {
        operands.next();
        if (number.value == 0 || number.value > LogMessage::most_lines)
            return caller.fail("CFC"_e, 41);
        index = number.value - 1;
    } else {
        while (index + 1 < LogMessage::most_lines && log_message.lines[index].size() != 0) ++index;
    }
    Line<80>& line = log_message.lines[index];
    line.clear();
    if (operands.peek() != "NULL"_e) line << operands.rest();
    log_message.changed_at = now();
    return caller.done();
}

// For the virtual=real machine only, and there is none.
Task<u32> set_no_translation(const Caller& caller, Fields) {
    return caller.fail("CFS"_e, 3, "NOTRANS"_e);
}

struct Operand {
    Text name;
    u8 minimum;
    char privilege;
    Command run;
};

constexpr Operand set_operands[] = {
    {"ACNT"_e, 4, 'G', set_switch<&Settings::accounting>},
    {"AFFINITY"_e, 3, 'G', set_affinity},
    {"ASSIST"_e, 2, 'G', set_assist},
    {"AUTOPOLL"_e, 5, 'G', set_switch<&Settings::auto_poll>},
    {"CPUID"_e, 3, 'G', set_cpu_id},
    {"ECMODE"_e, 2, 'G', set_ec_mode},
    {"EMSG"_e, 4, 'G', set_error_messages},
    {"IMSG"_e, 4, 'G', set_switch<&Settings::informational>},
    {"ISAM"_e, 4, 'G', set_switch<&Settings::isam>},
    {"LINEDIT"_e, 5, 'G', set_line_editing},
    {"LOGMSG"_e, 3, 'B', set_log_message},
    {"MSG"_e, 3, 'G', set_switch<&Settings::messages>},
    {"NOTRANS"_e, 4, 'G', set_no_translation},
    {"PAGEX"_e, 5, 'G', set_page_exceptions},
    {"RUN"_e, 3, 'G', set_run},
    {"SMSG"_e, 2, 'G', set_switch<&Settings::special>},
    {"TIMER"_e, 5, 'G', set_timer},
    {"WNG"_e, 3, 'G', set_switch<&Settings::warnings>},
};

// --- TERMINAL ---

struct TerminalOption {
    Text name;
    u8 minimum;
    u8 LineEditing::*character; // of line editing, or
    bool Settings::*choice;     // a switch
};

constexpr TerminalOption terminal_options[] = {
    {"CHARDEL"_e, 2, &LineEditing::character_delete, nullptr},
    {"LINEDEL"_e, 5, &LineEditing::line_delete, nullptr},
    {"LINEND"_e, 5, &LineEditing::line_end, nullptr},
    {"ESCAPE"_e, 2, &LineEditing::escape, nullptr},
    {"TABCHAR"_e, 3, &LineEditing::tab, nullptr},
    {"MASK"_e, 1, nullptr, &Settings::mask},
    {"ATTN"_e, 2, nullptr, &Settings::attention_mark},
    {"APL"_e, 3, nullptr, &Settings::apl},
    {"TEXT"_e, 4, nullptr, &Settings::text},
    {"LINESIZE"_e, 5, nullptr, nullptr},
    {"MODE"_e, 3, nullptr, nullptr},
};

// The value of one option; 0 or the number of the message that refuses it.
u16 set_option(Settings& settings, const TerminalOption& option, Text value) {
    constexpr LineEditing standard;
    constexpr u32 longest_line = 255;
    if (option.character != nullptr) {
        u8& character = settings.editing.*option.character;
        if (value == "ON"_e)
            character = standard.*option.character;
        else if (value == "OFF"_e)
            character = 0;
        else if (value.size() == 1 && value[0] > 0x40)
            character = value[0];
        else
            return 2;
    } else if (option.choice != nullptr) {
        Switch const choice = parse_switch(value);
        if (choice == Switch::Bad) return 2;
        settings.*option.choice = choice == Switch::On;
    } else if (option.name == "MODE"_e) {
        if (value != "CP"_e && value != "VM"_e) return 2;
        settings.terminal_mode_cp = value == "CP"_e;
    } else {
        ParsedNumber const size = parse_decimal(value);
        if (value != "OFF"_e && (!size.valid || size.value == 0 || size.value > longest_line))
            return 2;
        settings.line_size = value == "OFF"_e ? 80 : size.value;
    }
    return 0;
}

const TerminalOption* find_option(Text name) {
    for (TerminalOption const& option : terminal_options)
        if (abbreviates(name, option.name, option.minimum)) return &option;
    return nullptr;
}

Text on_off(bool on) { return on ? "ON "_e : "OFF"_e; }

Text shown(ErrorMessages how) {
    switch (how) {
    case ErrorMessages::On: return "ON  "_e;
    case ErrorMessages::Code: return "CODE"_e;
    case ErrorMessages::Off: return "OFF "_e;
    case ErrorMessages::Text: break;
    }
    return "TEXT"_e;
}

Text shown(TimerMode mode) {
    switch (mode) {
    case TimerMode::Off: return "OFF "_e;
    case TimerMode::Real: return "REAL"_e;
    case TimerMode::On: break;
    }
    return "ON  "_e;
}

Text assist_in_use(const Settings& settings) {
    if (in_virtual_machine()) return "NOT ACTIVE    "_e;
    if (!settings.assist) return "OFF           "_e;
    return settings.assist_svc ? "ON SVC   NOTMR"_e : "ON NOSVC NOTMR"_e;
}

// " # ", or OFF.
void put_character(MessageLine& line, Text name, u8 character) {
    line << name;
    if (character == 0)
        line << "OFF"_e;
    else
        line << ' '_e << character << ' '_e;
}

} // namespace

Task<u32> set_command(const Caller& caller, Fields operands) {
    Text const word = operands.next();
    if (word.empty()) return caller.fail("CFC"_e, 26);
    for (Operand const& operand : set_operands)
        if (abbreviates(word, operand.name, operand.minimum) && caller.has_class(operand.privilege))
            return operand.run(caller, operands);
    return caller.fail("CFC"_e, 3, word);
}

Task<u32> query_set(const Caller& caller) {
    Settings const& settings = caller.machine().settings;
    MessageLine line("MSG "_e);
    line << on_off(settings.messages) << ", WNG "_e << on_off(settings.warnings) << ", EMSG "_e
         << shown(settings.error_messages) << ", ACNT "_e << on_off(settings.accounting)
         << ", RUN "_e << on_off(settings.run);
    co_await caller.respond(line);
    line.clear();
    line << "LINEDIT "_e << on_off(settings.editing.active) << ", TIMER "_e << shown(settings.timer)
         << ", ISAM "_e << on_off(settings.isam) << ", ECMODE "_e << on_off(settings.ec_mode);
    co_await caller.respond(line);
    line.clear();
    line << "ASSIST "_e << assist_in_use(settings) << ", PAGEX "_e
         << on_off(settings.page_exceptions) << ", AUTOPOLL "_e << on_off(settings.auto_poll);
    co_await caller.respond(line);
    line.clear();
    line << "IMSG "_e << on_off(settings.informational) << ", SMSG "_e << on_off(settings.special)
         << ", AFFINITY NONE   , NOTRANS OFF"_e;
    co_await caller.respond(line);
    co_return 0;
}

Task<u32> terminal_command(const Caller& caller, Fields operands) {
    if (operands.empty()) return caller.fail("CFT"_e, 26);
    while (!operands.empty()) {
        Text const name = operands.next();
        TerminalOption const* const option = find_option(name);
        if (option == nullptr) return caller.fail("CFT"_e, 2, name);
        Text const value = operands.next();
        if (value.empty()) return caller.fail("CFT"_e, 26);
        u16 const refused = set_option(caller.machine().settings, *option, value);
        if (refused != 0) return caller.fail("CFT"_e, refused, value);
    }
    return caller.done();
}

Task<u32> query_terminal(const Caller& caller) {
    Settings const& settings = caller.machine().settings;
    LineEditing const& editing = settings.editing;
    MessageLine line;
    put_character(line, "LINEND "_e, editing.line_end);
    put_character(line, ", LINEDEL "_e, editing.line_delete);
    put_character(line, ", CHARDEL "_e, editing.character_delete);
    put_character(line, ", ESCAPE "_e, editing.escape);
    line << ", TABCHAR "_e;
    if (constexpr LineEditing standard; editing.tab == standard.tab)
        line << "ON"_e;
    else if (editing.tab == 0)
        line << "OFF"_e;
    else
        line << ' '_e << editing.tab;
    co_await caller.respond(line);

    Terminal* const terminal = caller.terminal();
    line.clear();
    line << "LINESIZE "_e;
    line.decimal(terminal == nullptr ? settings.line_size : terminal->line_length(), 3)
        << ", MASK "_e << on_off(settings.mask) << ", APL "_e << on_off(settings.apl) << ", TEXT "_e
        << on_off(settings.text) << ", ATTN "_e << on_off(settings.attention_mark) << ", MODE "_e
        << (settings.terminal_mode_cp ? "CP"_e : "VM"_e);
    co_await caller.respond(line);
    co_return 0;
}

} // namespace cp
