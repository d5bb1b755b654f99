#include "terminal/curses/key_reader.h"

#include "terminal/model/codepage.h"

#include <array>
#include <curses.h>
#include <string_view>

namespace terminal {
namespace {

// Codes of our own, above all that ncurses has.
constexpr int paste_code = 0x2000, mouse_code = 0x2001, modified_code = 0x2100;

// xterm's modifiers of cursor and editing keys: ESC [ 1 ; modifier letter, or
// ESC [ number ; modifier ~ .
struct Modified {
    char letter; // or ~
    char number;
    const char* name;
};
constexpr std::array<Modified, 10> modified_keys{{{'A', '1', "Up"},
                                                  {'B', '1', "Down"},
                                                  {'C', '1', "Right"},
                                                  {'D', '1', "Left"},
                                                  {'H', '1', "Home"},
                                                  {'F', '1', "End"},
                                                  {'~', '2', "Insert"},
                                                  {'~', '3', "Delete"},
                                                  {'~', '5', "PageUp"},
                                                  {'~', '6', "PageDown"}}};
constexpr std::array<const char*, 7> modifiers{
    "Shift-", "Alt-", "Alt-Shift-", "Ctrl-", "Ctrl-Shift-", "Ctrl-Alt-", "Ctrl-Alt-Shift-"};

// The rest of a sequence that has begun is there already, or never comes.
constexpr int sequence_wait = 100; // ms

Event key(std::string name) { return {.kind = Event::Kind::Key, .text = std::move(name)}; }

} // namespace

void KeyReader::learn() {
    define_key("\033[200~", paste_code);
    define_key("\033[<", mouse_code);
    for (usize k = 0; k < modified_keys.size(); ++k)
        for (usize m = 0; m < modifiers.size(); ++m) {
            std::string const sequence = std::string("\033[") + modified_keys[k].number + ';' +
                                         static_cast<char>('2' + m) + modified_keys[k].letter;
            define_key(sequence.c_str(),
                       modified_code + static_cast<int>(k * modifiers.size() + m));
        }
}

std::optional<Event> KeyReader::next() {
    wint_t code;
    int const kind = get_wch(&code);
    if (kind == ERR) return std::nullopt;
    if (kind == KEY_CODE_YES) return function(static_cast<int>(code));
    if (code == 27) return escape();
    return key(character(code));
}

// A control character, or what was typed.
std::string KeyReader::character(u32 code) {
    switch (code) {
    case 8:
    case 127: return "Backspace";
    case '\t': return "Tab";
    case '\r': return "Enter";
    case ' ': return "Space";
    case 0: return "Ctrl-Space";
    default: break;
    }
    if (code < ' ') return std::string("Ctrl-") + static_cast<char>(code + 0x40);
    std::string out;
    append_utf8(out, code);
    return out;
}

// Alone, or with the next key as Alt.
std::optional<Event> KeyReader::escape() {
    wint_t code;
    int const kind = get_wch(&code);
    if (kind == ERR) return key("Esc");
    auto event = kind == KEY_CODE_YES ? function(static_cast<int>(code)) : key(character(code));
    if (!event || event->kind != Event::Kind::Key) return event;
    bool const control = event->text.starts_with("Ctrl-");
    event->text.insert(control ? 5 : 0, "Alt-");
    return event;
}

std::optional<Event> KeyReader::function(int code) {
    if (code == paste_code) return paste();
    if (code == mouse_code) return mouse();
    if (code >= modified_code) {
        usize const index = static_cast<usize>(code - modified_code);
        if (index >= modified_keys.size() * modifiers.size()) return next();
        return key(modifiers[index % modifiers.size()] +
                   std::string(modified_keys[index / modifiers.size()].name));
    }
    // terminfo counts on where a modifier is held: 13 is Shift-F1, 25 Ctrl-F1, 49 Alt-F1.
    if (code >= KEY_F(1) && code <= KEY_F(60)) {
        int const number = code - KEY_F0 - 1;
        constexpr std::array<const char*, 5> held{"", "Shift-", "Ctrl-", "Ctrl-Shift-", "Alt-"};
        return key(held[static_cast<usize>(number / 12)] + ("F" + std::to_string(number % 12 + 1)));
    }
    switch (code) {
    case KEY_RESIZE: return Event{.kind = Event::Kind::Resize, .text = {}};
    case KEY_UP: return key("Up");
    case KEY_DOWN: return key("Down");
    case KEY_LEFT: return key("Left");
    case KEY_RIGHT: return key("Right");
    case KEY_SLEFT: return key("Shift-Left");
    case KEY_SRIGHT: return key("Shift-Right");
    case KEY_SF: return key("Shift-Down");
    case KEY_SR: return key("Shift-Up");
    case KEY_HOME: return key("Home");
    case KEY_END: return key("End");
    case KEY_BTAB: return key("Shift-Tab");
    case KEY_DC: return key("Delete");
    case KEY_IC: return key("Insert");
    case KEY_BACKSPACE: return key("Backspace");
    case KEY_ENTER: return key("Enter");
    case KEY_PPAGE: return key("PageUp");
    case KEY_NPAGE: return key("PageDown");
    default: return key("Other-" + std::to_string(code));
    }
}

// ESC [ < button ; column ; row M, or m where it was released.
std::optional<Event> KeyReader::mouse() {
    std::array<u32, 3> numbers{};
    usize at = 0;
    wint_t code = 0;
    timeout(sequence_wait);
    while (get_wch(&code) == OK && at < numbers.size() && code != 'M' && code != 'm') {
        if (code == ';')
            ++at;
        else if (code >= '0' && code <= '9' && numbers[at] < 10000)
            numbers[at] = numbers[at] * 10 + (code - '0');
        else
            break;
    }
    timeout(0);
    if ((code != 'M' && code != 'm') || at != 2 || numbers[1] == 0 || numbers[2] == 0)
        return next();
    constexpr u32 motion = 32, wheel = 64;
    Event event{.kind = Event::Kind::Mouse, .text = {}};
    u32 const button = numbers[0] & 3;
    if ((numbers[0] & wheel) != 0)
        event.button = button == 0 ? Event::Button::WheelUp : Event::Button::WheelDown;
    else
        event.button = static_cast<Event::Button>(button > 2 ? 0 : button);
    event.motion = code == 'm'                  ? Event::Motion::Release
                   : (numbers[0] & motion) != 0 ? Event::Motion::Drag
                                                : Event::Motion::Press;
    event.column = numbers[1] - 1;
    event.row = numbers[2] - 1;
    return event;
}

// Up to ESC [ 2 0 1 ~ .
std::optional<Event> KeyReader::paste() {
    constexpr std::string_view end = "\033[201~";
    constexpr usize longest = 1 << 20;
    Event event{.kind = Event::Kind::Paste, .text = {}};
    keypad(stdscr, FALSE);
    timeout(1000);
    wint_t code;
    while (!event.text.ends_with(end) && event.text.size() < longest && get_wch(&code) == OK)
        append_utf8(event.text, code);
    timeout(0);
    keypad(stdscr, TRUE);
    if (event.text.ends_with(end)) event.text.resize(event.text.size() - end.size());
    return event;
}

} // namespace terminal
