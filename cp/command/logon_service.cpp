// Terminals without a user: the logo, and the commands that may be given before logon.

#include "cp/command/card_reader.h"
#include "cp/command/commands.h"
#include "cp/command/directory.h"
#include "cp/command/logon.h"
#include "cp/io/graphic_terminal.h"
#include "cp/io/line_editing.h"
#include "cp/io/typewriter_terminal.h"

namespace cp {
namespace {

constexpr u32 most_failures = 3;

constexpr Text logo[] = {
    ""_e,
    "                  CCCCC    AAAA    MM   MM  BBBBB     //  333333"_e,
    "                 CC   CC  AA  AA   MMM MMM  BB  BB   //       33"_e,
    "                 CC       AAAAAA   MM M MM  BBBBB   //     3333"_e,
    "                 CC   CC  AA  AA   MM   MM  BB  BB  //       33"_e,
    "                  CCCCC   AA  AA   MM   MM  BBBBB  //   333333   7 0"_e,
    ""_e,
};

class LogonService final : public TerminalService {
  public:
    void serve(Terminal& terminal, bool fresh) override;
};
constinit LogonService logon_service;
constinit s370::DeviceAddress operator_console{0xFFFF}; // none

Task<> show_logo(Terminal& terminal) {
    constexpr Text online = "Cambridge/370 ONLINE"_e;
    if (!terminal.graphic()) {
        co_await terminal.write(online, true);
        co_return;
    }
    co_await terminal.clear();
    co_await terminal.write(online, true);
    for (Text line : logo) co_await terminal.write(line, true);
    for (u32 row = std::size(logo) + 1; row + 6 < terminal.rows() - 2; ++row)
        co_await terminal.write({}, true);
    constexpr Text hints[] = {"   LOGON userid          to begin a session"_e,
                              "   DIAL userid           to use a system of that virtual machine"_e,
                              "   MSG OPERATOR text     to ask the operator"_e};
    for (Text hint : hints) co_await terminal.write(hint, true);
    terminal.clear_at_input();
}

bool asks_for_logon(Text word) {
    return abbreviates(word, "LOGON"_e, 1) || abbreviates(word, "LOGIN"_e, 4);
}
bool asks_for_dial(Text word) { return abbreviates(word, "DIAL"_e, 1); }

// One line typed; true when a session, or a virtual machine, has taken the terminal.
Task<bool> serve_line(Terminal& terminal, InputLine typed, u32* failures) {
    LineEditing const editing;
    for (Text rest = typed;;) {
        EditedLine const edited = edit_line(rest, editing);
        u32 code = 0;
        code = co_await run_command(Caller(terminal), edited.line);
        CommandLine const word = upper_case(Fields(edited.line).next());
        bool const logon = asks_for_logon(word);
        if (code == 0 && (logon || asks_for_dial(word))) co_return true;
        if (logon) ++*failures;
        if (!edited.more) co_return false;
        rest = rest.substr(edited.used);
    }
}

Task<> attend(Terminal& terminal, bool fresh) {
    u32 failures = 0;
    if (fresh) co_await show_logo(terminal);
    for (;;) {
        Input input;
        input = co_await terminal.read(ReadMode::Cp);
        if (input.kind == Input::Kind::Lost) break;
        if (input.kind != Input::Kind::Line) continue;
        if (Fields(input.line).empty()) {
            if (terminal.graphic()) co_await terminal.clear();
            continue;
        }
        bool served = false;
        served = co_await serve_line(terminal, input.line, &failures);
        if (served) co_return;
        if (failures > most_failures) {
            failures = 0;
            co_await show_logo(terminal);
        }
    }
    terminal.release();
}

// The console's typewriter at start: its user is the operator, who is not asked.
Task<> attend_operator(Terminal& terminal) {
    u32 code = 0;
    code = co_await log_on_operator(terminal);
    if (code != 0) co_await attend(terminal, true);
}

void LogonService::serve(Terminal& terminal, bool fresh) {
    if (fresh && terminal.address() == operator_console && operator_session() == nullptr)
        spawn(attend_operator(terminal));
    else
        spawn(attend(terminal, fresh));
}

template <typename SomeTerminal>
void serve_for_ever(RealDevice& device) {
    if (auto* terminal = free_storage::create<SomeTerminal>(device, logon_service))
        spawn(terminal->serve());
}

} // namespace

Task<> start_users(Volume* system, RealDevice* console) {
    system_identity.started_at = now();
    use_directory(system);
    if (console != nullptr) operator_console = console->address();
    for (RealDevice& device : real_devices()) {
        if (device.device_class() == DeviceClass::Console)
            serve_for_ever<TypewriterTerminal>(device);
        else if (device.device_class() == DeviceClass::Graphic)
            serve_for_ever<GraphicTerminal>(device);
    }
    start_card_readers();
    start_printer();
    co_return;
}

} // namespace cp
