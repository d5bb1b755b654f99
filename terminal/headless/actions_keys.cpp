// Actions that press keys.
#include "s370/arch/ds3270.h"
#include "terminal/headless/interpreter.h"
#include "terminal/model/key_names.h"

#include <cstdlib>

namespace terminal {

namespace aid = s370::ds3270::aid;

Progress Interpreter::press(u8 code) {
    seen_ = session().records();
    session().press({terminal::Action::Attention, code});
    if (!session().connected() || !station_.aid_wait) return Progress::Good;
    return wait([this] {
        if (!session().connected()) return fail("Canceled");
        return session().keyboard().lock() == Lock::System ? Progress::Waiting : Progress::Good;
    });
}

Progress Interpreter::key(const Action& action) {
    auto const named = key_named(action.name);
    u64 const refusals = session().keyboard().refusals();
    bool const free = session().keyboard().lock() == Lock::None;
    session().press({*named});
    if (session().keyboard().refusals() != refusals) return fail("Keyboard locked");
    if (*named != terminal::Action::CursorSelect || !free || !station_.aid_wait)
        return Progress::Good;
    return wait([this] {
        bool const locked = session().connected() && session().keyboard().lock() == Lock::System;
        return locked ? Progress::Waiting : Progress::Good;
    });
}

Progress Interpreter::attention(const Action& action) {
    std::string const name = lower_case(action.name);
    return press(name == "enter" ? aid::enter : name == "clear" ? aid::clear : aid::test_request);
}

Progress Interpreter::attn(const Action&) {
    session().attention();
    return Progress::Good;
}

Progress Interpreter::interrupt(const Action&) {
    session().interrupt();
    return Progress::Good;
}

Progress Interpreter::program_key(const Action& action) {
    bool const access = lower_case(action.name) == "pa";
    char* end = nullptr;
    u64 const number = std::strtoul(action.arguments[0].c_str(), &end, 10);
    if (*end != 0 || action.arguments[0].empty() || number < 1 || number > (access ? 3 : 24))
        return fail(call(action) + ": Invalid argument '" + action.arguments[0] + "'");
    u32 const which = static_cast<u32>(number);
    return press(access ? program_access(which) : program_function(which));
}

Progress Interpreter::move_cursor(const Action& action) {
    // An offset counts from 0 in either.
    u32 const first = action.name.ends_with('1') && action.arguments.size() == 2 ? 1 : 0;
    std::vector<u32> values;
    for (std::string const& argument : action.arguments) {
        i64 const value = std::strtol(argument.c_str(), nullptr, 10);
        values.push_back(static_cast<u32>(std::clamp<i64>(value, first, 0xFFFF)) - first);
    }
    terminal::Key key{.action = terminal::Action::MoveCursor, .position = values.back()};
    if (values.size() == 2) key.row = values[0];
    session().press(key);
    return Progress::Good;
}

Progress Interpreter::circum_not(const Action&) {
    return named_key({"Key", {session().in_text_mode() ? "^" : "\u00AC"}});
}

namespace {

// X's names of the characters that have no letter or digit for a name.
struct KeyName {
    const char* name;
    char character;
};
constexpr KeyName key_names[] = {
    {"space", ' '},       {"exclam", '!'},     {"quotedbl", '"'},     {"numbersign", '#'},
    {"dollar", '$'},      {"percent", '%'},    {"ampersand", '&'},    {"apostrophe", '\''},
    {"quoteright", '\''}, {"parenleft", '('},  {"parenright", ')'},   {"asterisk", '*'},
    {"plus", '+'},        {"comma", ','},      {"minus", '-'},        {"period", '.'},
    {"slash", '/'},       {"colon", ':'},      {"semicolon", ';'},    {"less", '<'},
    {"equal", '='},       {"greater", '>'},    {"question", '?'},     {"at", '@'},
    {"bracketleft", '['}, {"backslash", '\\'}, {"bracketright", ']'}, {"asciicircum", '^'},
    {"underscore", '_'},  {"grave", '`'},      {"quoteleft", '`'},    {"braceleft", '{'},
    {"bar", '|'},         {"braceright", '}'}, {"asciitilde", '~'}};

char32_t character_named(const std::string& name) {
    std::u32string const characters = from_utf8(name);
    if (characters.size() == 1) return characters[0];
    for (KeyName const& key : key_names)
        if (name == key.name) return static_cast<u8>(key.character);
    if (!name.starts_with("U+") && !name.starts_with("0x")) return 0;
    char* end = nullptr;
    u64 const value = std::strtoul(name.c_str() + 2, &end, 16);
    return *end == 0 && name.size() > 2 ? static_cast<char32_t>(value) : U'\0';
}

} // namespace

Progress Interpreter::named_key(const Action& action) {
    for (std::string const& name : action.arguments) {
        char32_t const character = character_named(name);
        if (character == 0) return fail(call(action) + ": Nonexistent or invalid name: " + name);
        u64 const refusals = session().keyboard().refusals();
        session().type(character); // a key like others: it does not wait for the host
        if (session().keyboard().refusals() != refusals) return fail("Keyboard locked");
    }
    return Progress::Good;
}

// Text with \n for Enter, \t for Tab, \pf1, \pa1, \e and \x for EBCDIC and Unicode.
Progress Interpreter::string(const Action& action) {
    std::vector<Typed> keys;
    auto const digits = [](const std::u32string& text, usize& at, usize most, u32 base) {
        std::string number;
        auto const is_digit = [base](char32_t c) {
            return c < 0x80 && (base == 16 ? std::isxdigit(static_cast<int>(c)) != 0
                                           : c >= U'0' && c < U'0' + base);
        };
        while (at < text.size() && number.size() < most && is_digit(text[at]))
            number += static_cast<char>(text[at++]);
        return static_cast<u32>(std::strtoul(number.c_str(), nullptr, static_cast<int>(base)));
    };
    for (std::string const& argument : action.arguments) {
        std::u32string const text = from_utf8(argument);
        for (usize at = 0; at < text.size();) {
            char32_t const c = text[at++];
            if (c == U'\n') {
                keys.push_back({0, aid::enter, {}, {}});
            } else if (c == U'\r') {
                keys.push_back({0, 0, terminal::Action::Newline, {}});
            } else if (c == U'\t') {
                keys.push_back({0, 0, terminal::Action::Tab, {}});
            } else if (c == U'\b') {
                keys.push_back({0, 0, terminal::Action::Left, {}});
            } else if (c == U'\f') {
                keys.push_back({0, aid::clear, {}, {}});
            } else if (c != U'\\' || at == text.size()) {
                keys.push_back({c, 0, {}, {}});
            } else {
                char32_t const kind = text[at++];
                if (kind == U'p' && at < text.size()) {
                    bool const access = text[at++] == U'a';
                    u32 const number = digits(text, at, 2, 10);
                    if (number >= 1 && number <= (access ? 3 : 24))
                        keys.push_back({0,
                                        access ? program_access(number) : program_function(number),
                                        {},
                                        {}});
                } else if (kind == U'T') {
                    keys.push_back({0, 0, terminal::Action::BackTab, {}});
                } else if (kind >= U'0' && kind <= U'7') {
                    keys.push_back({digits(text, --at, 3, 8), 0, {}, {}});
                } else if (kind == U'e') {
                    keys.push_back({0, 0, {}, static_cast<u8>(digits(text, at, 4, 16))});
                } else if (kind == U'x' || kind == U'u') {
                    keys.push_back({digits(text, at, 4, 16), 0, {}, {}});
                } else {
                    keys.push_back({kind, 0, {}, {}});
                }
            }
        }
    }
    margin_ = session().screen().cursor() % session().screen().size().columns;
    return type(std::move(keys), true);
}

// A string that went on into the next rows ends no further to the left than it began.
void Interpreter::return_to_margin(u32 column) {
    Screen& screen = session().screen();
    u32 const at = screen.cursor(), columns = screen.size().columns;
    if (at % columns < column) screen.move_cursor(at + column - at % columns);
}

Progress Interpreter::hex_string(const Action& action) {
    std::string all;
    for (std::string const& argument : action.arguments)
        all += argument.starts_with("0x") || argument.starts_with("0X") ? argument.substr(2)
                                                                        : argument;
    if (all.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos)
        return fail(call(action) + ": Invalid hex character");
    if (all.size() % 2 != 0) return fail(call(action) + ": Odd number of nybbles");
    std::string text;
    for (usize i = 0; i < all.size(); i += 2)
        text += static_cast<char>(std::strtoul(all.substr(i, 2).c_str(), nullptr, 16));
    if (lower_case(action.name) == "pastestring") { return paste(from_utf8(text)); }
    std::vector<Typed> keys;
    for (char32_t c : from_utf8(text))
        keys.push_back(c == U'\n' ? Typed{0, aid::enter, {}, {}} : Typed{c, 0, {}, {}});
    return type(std::move(keys), true);
}

Progress Interpreter::paste(std::u32string text) {
    Screen const& screen = session().screen();
    pasting_ = {std::move(text), screen.cursor(), screen.cursor() / screen.size().columns};
    return wait([this] { return paste_on(); });
}

// A rectangle from where it began on, over what is there: it ends at the bottom, and where
// the keyboard locks.
Progress Interpreter::paste_on() {
    Screen& screen = session().screen();
    auto& [rest, start, row] = pasting_;
    u32 const columns = screen.size().columns;
    while (!rest.empty()) {
        Lock const lock = session().keyboard().lock();
        if (lock == Lock::NotConnected) return fail("Canceled");
        if (lock == Lock::System) return Progress::Waiting;
        if (lock != Lock::None) return fail("Operator error");
        if (session().in_3270_mode()) {
            if (screen.cursor() < start) break;
            return_to_margin(start % columns);
        }
        bool const wrapped = std::exchange(row, screen.cursor() / columns) != row;
        char32_t const c = rest.front();
        rest.erase(0, 1);
        if (c == U'\n' && session().in_3270_mode()) {
            if (wrapped) continue;
            if (rest.empty() || row + 1 == screen.size().rows) break;
            screen.move_cursor(++row * columns);
        } else if (c == U'\n') {
            session().press({terminal::Action::Attention, aid::enter});
        } else if (c == U'\b' || c == U'\t') {
            session().press({c == U'\t' ? terminal::Action::Tab : terminal::Action::Left});
        } else if (c != U'\r') {
            session().type(c == U'\f' ? U' ' : c, true);
        }
    }
    rest.clear();
    return Progress::Good;
}

Progress Interpreter::type(std::vector<Typed> keys, bool in_string) {
    typing_ = std::move(keys);
    typed_ = false;
    in_string_ = in_string;
    if (typing_.empty()) margin_.reset();
    return wait([this] { return type_on(); });
}

// What has been typed so far stays when the keyboard refuses the rest.
Progress Interpreter::type_on() {
    while (!typing_.empty()) {
        Lock const lock = session().keyboard().lock();
        if (lock == Lock::NotConnected) return fail("Canceled");
        if (lock == Lock::System) return Progress::Waiting;
        if (lock != Lock::None) return refused();
        typed_ = true;
        Typed const key = typing_.front();
        typing_.erase(typing_.begin());
        if (key.aid != 0)
            session().press({terminal::Action::Attention, key.aid});
        else if (key.key)
            session().press({*key.key});
        else if (key.code)
            session().press(
                {.action = terminal::Action::Character, .code = *key.code, .pasted = true});
        else
            session().type(key.character);
    }
    Lock const lock = session().keyboard().lock();
    if (lock == Lock::System) return Progress::Waiting;
    auto const margin = std::exchange(margin_, std::nullopt);
    if (lock == Lock::None) {
        if (margin) return_to_margin(*margin);
        return Progress::Good;
    }
    return lock == Lock::NotConnected ? fail("Canceled") : refused();
}

// A string says as well whose mistake it was, even if an earlier action's.
Progress Interpreter::refused() {
    if (!in_string_) return fail("Keyboard locked");
    return fail(typed_ ? "Keyboard locked\nOperator error" : "Operator error");
}

} // namespace terminal
