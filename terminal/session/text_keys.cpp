// Keys on a network virtual terminal: what a VT220 or xterm sends for them.
#include "s370/arch/ds3270.h"
#include "terminal/session/session.h"

namespace terminal {

namespace aid = s370::ds3270::aid;

namespace {

// F5 and above; F21 to F24 go on where xterm ends.
constexpr std::array<u8, 25> function_codes{0,  0,  0,  0,  0,  15, 17, 18, 19, 20, 21, 23, 24,
                                            25, 26, 28, 29, 31, 32, 33, 34, 35, 36, 37, 38};

std::string keypad_key(u32 number) { // PF1 to PF4 of a VT100
    return std::string("\033O") + static_cast<char>('P' + number - 1);
}

std::string attention_key(u8 code) {
    if (code == aid::clear) return "\033[2K";
    if (code == aid::pa1) return keypad_key(1);
    if (code == aid::pa2) return keypad_key(2);
    if (code == aid::pa3) return keypad_key(3);
    u32 const number = aid::pf_number(code);
    if (number == 0) return {};
    if (number <= 4) return keypad_key(number);
    return "\033[" + std::to_string(function_codes[number]) + '~';
}

} // namespace

bool Session::press_as_text(Key key) {
    std::string const arrow = nvt_.application_cursor() ? "\033O" : "\033[";
    switch (key.action) {
    case Action::Attention:
        if (key.code != aid::enter) return send_text(attention_key(key.code)), true;
        return type(U'\r');
    case Action::Character: return type(codepage_.shown(key.code));
    case Action::MoveCursor: return screen_.move_cursor(key.place(screen_.size())), true;
    case Action::Newline: return send_text("\n"), true;
    case Action::Tab: return send_text("\t"), true;
    case Action::Up: return send_text(arrow + 'A'), true;
    case Action::Down: return send_text(arrow + 'B'), true;
    case Action::Right: return send_text(arrow + 'C'), true;
    case Action::Left: return send_text(arrow + 'D'), true;
    case Action::Home: return send_text("\033[H"), true;
    case Action::Delete: return send_text("\177"), true;
    case Action::BackSpace:
    case Action::EraseCharacter: return send_text("\b"), true;
    case Action::DeleteWord: return send_text("\027"), true;
    case Action::DeleteField: return send_text("\025"), true;
    default: return true; // has no meaning here
    }
}

} // namespace terminal
