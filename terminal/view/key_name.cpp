#include "terminal/view/key_name.h"

#include <cstdlib>

namespace terminal {
namespace {

constexpr std::string_view named_keys[] = {"Enter",    "Tab",    "Esc",  "Space", "Backspace",
                                           "Delete",   "Insert", "Home", "End",   "PageUp",
                                           "PageDown", "Up",     "Down", "Left",  "Right"};

bool same(std::string_view a, std::string_view b) {
    auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    if (a.size() != b.size()) return false;
    for (usize i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

bool take(std::string_view& text, std::string_view prefix) {
    if (text.size() <= prefix.size() || !same(text.substr(0, prefix.size()), prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

// One character of UTF-8.
bool one_character(std::string_view text) {
    u8 const first = text.empty() ? u8{0} : static_cast<u8>(text[0]);
    usize const length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    return first > ' ' && first != 0x7F && text.size() == length;
}

// 1 to 24, else 0.
u32 function_key(std::string_view text) {
    if (text.size() < 2 || text.size() > 3 || (text[0] != 'F' && text[0] != 'f')) return 0;
    if (text.find_first_not_of("0123456789", 1) != text.npos || text[1] == '0') return 0;
    auto const number = static_cast<u32>(std::atoi(std::string(text.substr(1)).c_str()));
    return number <= 24 ? number : 0;
}

} // namespace

std::optional<std::string> key_name(std::string_view text) {
    bool control = false, alt = false, shift = false;
    for (bool more = true; more;) {
        more = false;
        if (take(text, "Ctrl-")) control = more = true;
        if (take(text, "Alt-")) alt = more = true;
        if (take(text, "Shift-")) shift = more = true;
    }
    std::string key;
    if (one_character(text)) {
        if (shift) return std::nullopt; // a capital is a key of its own
        key = text;
        if (control && key[0] >= 'a' && key[0] <= 'z') key[0] = static_cast<char>(key[0] - 32);
    } else if (u32 const number = function_key(text); number != 0) {
        shift = shift || number > 12;
        key = "F" + std::to_string((number - 1) % 12 + 1);
    } else if (same(text, "BackTab")) {
        key = "Tab", shift = true;
    } else {
        for (std::string_view name : named_keys)
            if (same(text, name)) key = name;
    }
    if (key.empty()) return std::nullopt;
    return std::string(control ? "Ctrl-" : "") + (alt ? "Alt-" : "") + (shift ? "Shift-" : "") +
           key;
}

} // namespace terminal
