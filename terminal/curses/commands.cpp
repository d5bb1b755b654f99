// What keys, labels and the command line do.
#include "terminal/curses/terminal_view.h"

#include "s370/arch/ds3270.h"
#include "terminal/model/key_names.h"

#include <algorithm>
#include <cstdlib>

namespace terminal {
namespace {

namespace aid = s370::ds3270::aid;

constexpr const char* attentions[] = {"Enter", "Clear", "SysReq", "PF", "PA"};
constexpr const char* face_commands[] = {
    "Attn",       "String", "Key",        "MoveCursor", "Help",      "Quit",
    "Connect",    "Panel",  "Disconnect", "Redraw",     "Reconnect", "Theme",
    "Scroll",     "Select", "Copy",       "Paste",      "Toggle",    "CommandLine",
    "PasteLines", "Ignore", "Transfer",   "PrintText",  "Trace",     "Suspend"};

std::string argument(const Command& command, usize number = 0) {
    return number < command.arguments.size() ? command.arguments[number] : std::string();
}

u32 number_of(const std::string& text) {
    return static_cast<u32>(std::strtoul(text.c_str(), nullptr, 10));
}

// The AID that the command sends, 0 when it is no attention key.
u8 attention_of(const Command& command) {
    auto const is = [&](const char* name) { return same_name(command.name, name); };
    if (is("Enter")) return aid::enter;
    if (is("Clear")) return aid::clear;
    if (is("SysReq")) return aid::test_request;
    if (is("PF")) return program_function(number_of(argument(command)));
    if (is("PA")) return program_access(number_of(argument(command)));
    return 0;
}

// A key of the 3270, or what only a window has; all else is an action of scripts.
bool is_own(const Command& command) {
    return key_named(command.name) || attention_of(command) != 0 ||
           std::any_of(std::begin(face_commands), std::end(face_commands),
                       [&](const char* name) { return same_name(command.name, name); });
}

} // namespace

bool TerminalView::knows(const Command& command) {
    for (const char* name : attentions)
        if (same_name(command.name, name)) return attention_of(command) != 0;
    return is_own(command) || Interpreter::knows(command.name);
}

std::string TerminalView::run_all(std::string_view text) {
    auto const commands = parse_commands(text);
    if (!commands.wrong.empty()) return commands.wrong;
    std::string messages;
    for (Command const& command : commands.list)
        if (auto const message = execute(command); !message.empty())
            messages += (messages.empty() ? "" : "; ") + message;
    return messages;
}

std::string TerminalView::execute(const Command& command) {
    if (!knows(command)) return "no command " + command.text();
    std::string message;
    if (!is_own(command)) {
        auto const told = [this](const std::string& said) { scene_.notice = said; };
        keeping([&] { leave_ = !scripts_.perform(command, told); });
        return scene_.notice;
    }
    keeping([&] {
        if (!keyboard_command(command)) message = face_command(command);
    });
    return message;
}

// Keys of the 3270 return from earlier screens to what there is now.
bool TerminalView::keyboard_command(const Command& command) {
    auto const key = key_named(command.name);
    u8 const attention = attention_of(command);
    bool const attn = same_name(command.name, "Attn");
    if (!key && attention == 0 && !attn) return false;
    scene_.selection.reset();
    back_ = 0;
    if (attn)
        session_.attention();
    else
        session_.press(key ? Key{*key} : Key{Action::Attention, attention});
    return true;
}

std::string TerminalView::face_command(const Command& command) {
    auto const is = [&](const char* name) { return same_name(command.name, name); };
    std::string const what = argument(command);
    if (is("String") || is("Key")) {
        for (char32_t c : from_utf8(what))
            if (c == U'\n')
                session_.press({Action::Attention, aid::enter});
            else if (c == U'\t')
                session_.press({Action::Tab});
            else
                session_.type(c);
        return "";
    }
    if (is("MoveCursor")) {
        u32 const at = number_of(what) * shown().size().columns + number_of(argument(command, 1));
        session_.press({.action = Action::MoveCursor, .position = at});
        return "";
    }
    if (is("Help")) return scene_.page = help_page(keymap_, window_.size().columns), "";
    if (is("Quit")) return leave_ = true, "";
    if (is("Connect")) return what.empty() ? "Connect(host:port)" : connect(Target::parse(what));
    if (is("Reconnect")) return connect(Target(session_.target()));
    if (is("Suspend")) return window_.suspend(), "";
    if (is("Disconnect")) return session_.disconnect(), "";
    if (is("Redraw")) return window_.redraw(), "";
    if (is("CommandLine")) return scene_.command_line = "", "";
    if (is("Panel")) {
        scene_.looking.panel = scene_.layout.panel ? Panel::Off : Panel::On;
        return "";
    }
    if (is("Theme")) {
        auto const named = theme_named(what);
        if (!what.empty() && !named) return "the themes are colour, green, amber and white";
        scene_.looking.theme = named.value_or(theme_after(scene_.looking.theme));
        return std::string(name_of(scene_.looking.theme));
    }
    if (is("Toggle")) return toggle(what);
    if (is("Scroll")) return scroll(what);
    if (is("Select")) return select(what);
    if (is("Copy")) return copy();
    if (is("Paste")) return paste(clipboard_, Paste::NewLine::NextRow), "";
    if (is("Transfer")) return start_transfer(command);
    if (is("PrintText")) return print_screen(what);
    if (is("Trace")) return trace(what);
    if (is("PasteLines")) return paste(clipboard_, Paste::NewLine::Enter), "";
    return ""; // Ignore
}

std::string TerminalView::toggle(const std::string& name) {
    Looking& looking = scene_.looking;
    auto const turn = [&](bool& value, const char* what) {
        value = !value;
        return std::string(what) + (value ? " on" : " off");
    };
    if (same_name(name, "MonoCase")) return turn(looking.rendering.upper_case, "monocase");
    if (same_name(name, "VisibleControl"))
        return turn(looking.rendering.show_attributes, "visible control");
    if (same_name(name, "CrossHair")) return turn(looking.crosshair, "crosshair");
    bool const underline = same_name(name, "AltCursor"), blink = same_name(name, "CursorBlink");
    if (!underline && !blink)
        return "Toggle(MonoCase, CrossHair, VisibleControl, AltCursor or CursorBlink)";
    auto message = underline ? turn(looking.cursor.underline, "underline cursor")
                             : turn(looking.cursor.blinking, "blinking cursor");
    window_.set_cursor(looking.cursor);
    return message;
}

std::string TerminalView::connect(const Target& target) {
    if (target.host.empty()) return "Connect(host:port)";
    back_ = 0;
    Options sized = session_.options();
    fit(sized, fit_, window_.size());
    session_.use_options(sized);
    auto why = session_.connect(target);
    window_.set_title("term370 " + target.host + ":" + target.port);
    return why.empty() ? "" : target.host + ": " + why;
}

std::string TerminalView::scroll(const std::string& where) {
    scene_.selection.reset();
    bool const forward = same_name(where, "Forward");
    if (forward && back_ > 0) --back_;
    if (!forward && back_ < history_.size()) ++back_;
    return history_.size() == 0 ? "no earlier screen yet" : "";
}

std::string TerminalView::select(const std::string& where) {
    Size const size = shown().size();
    u32 const last = size.cells() - 1;
    if (same_name(where, "All")) {
        scene_.selection = Selection{0, last};
        return "";
    }
    u32 const cursor = shown().cursor();
    if (!scene_.selection) scene_.selection = Selection{cursor, cursor};
    u32& to = scene_.selection->to;
    if (same_name(where, "Left") && to % size.columns != 0) --to;
    if (same_name(where, "Right") && to % size.columns != size.columns - 1) ++to;
    if (same_name(where, "Up") && to >= size.columns) to -= size.columns;
    if (same_name(where, "Down") && to + size.columns <= last) to += size.columns;
    return "";
}

std::string TerminalView::copy() {
    if (!scene_.selection) return "nothing is marked: drag, or Shift and the arrows";
    clipboard_ = scene_.selection->text(scene_.image, shown().size().columns);
    window_.offer(clipboard_);
    return "copied";
}

void TerminalView::paste(const std::string& text, Paste::NewLine new_line) {
    if (scene_.page) return;
    if (scene_.command_line) {
        *scene_.command_line += text.substr(0, text.find('\n'));
        return;
    }
    scene_.selection.reset();
    back_ = 0;
    paste_ = Paste(from_utf8(text), new_line, session_.screen());
}

} // namespace terminal
