#include "terminal/model/key_names.h"

#include "s370/arch/ds3270.h"

#include <algorithm>
#include <array>

namespace terminal {

namespace aid = s370::ds3270::aid;

namespace {

struct NamedKey {
    std::string_view name;
    Action action;
};
constexpr NamedKey keys[] = {
    {"tab", Action::Tab},
    {"backtab", Action::BackTab},
    {"home", Action::Home},
    {"newline", Action::Newline},
    {"up", Action::Up},
    {"down", Action::Down},
    {"left", Action::Left},
    {"right", Action::Right},
    {"left2", Action::Left2},
    {"right2", Action::Right2},
    {"nextword", Action::NextWord},
    {"previousword", Action::PreviousWord},
    {"fieldend", Action::FieldEnd},
    {"eraseeof", Action::EraseEof},
    {"eraseinput", Action::EraseInput},
    {"erase", Action::EraseCharacter},
    {"backspace", Action::BackSpace},
    {"delete", Action::Delete},
    {"deletefield", Action::DeleteField},
    {"deleteword", Action::DeleteWord},
    {"insert", Action::Insert},
    {"toggleinsert", Action::ToggleInsert},
    {"dup", Action::Dup},
    {"fieldmark", Action::FieldMark},
    {"cursorselect", Action::CursorSelect},
    {"reset", Action::Reset},
};

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

} // namespace

std::optional<Action> key_named(std::string_view name) {
    for (NamedKey const& key : keys)
        if (std::equal(key.name.begin(), key.name.end(), name.begin(), name.end(),
                       [](char a, char b) { return a == lower(b); }))
            return key.action;
    return std::nullopt;
}

u8 program_function(u32 number) {
    for (u32 code = 0x41; code <= 0xF9; ++code)
        if (aid::pf_number(static_cast<u8>(code)) == number) return static_cast<u8>(code);
    return 0;
}

u8 program_access(u32 number) {
    constexpr std::array<u8, 3> codes{aid::pa1, aid::pa2, aid::pa3};
    return number >= 1 && number <= 3 ? codes[number - 1] : u8{0};
}

} // namespace terminal
