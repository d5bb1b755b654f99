#include "terminal/model/codepage.h"

#include <cstdlib>
#include <iconv.h>
#include <string_view>
#include <utility>

namespace terminal {
namespace {

// Letters, digits and punctuation start here; below are controls.
constexpr u32 first_graphic = 0x40;

// Code page 310 from X'70' on; what it has not, and its slanted letters, are blanks.
constexpr u32 first_apl = 0x70;
constexpr std::u32string_view apl = U"⋄∧¨⌻⍸⍷⊢⊣∨       "  // X'70'
                                    U"∼  ⎸⎹│    ↑↓≤⌈⌊→"  // X'80'
                                    U"⎕▌▐▀▄■    ⊃⊂¤○±←"  // X'90'
                                    U"¯°─•      ∩∪⊥[≥∘"  // X'A0'
                                    U"⍺∊⍳⍴⍵ ×\\÷ ∇∆⊤]≠∣" // X'B0'
                                    U"{⁼+∎└┌├┴§ ⍲⍱⌷⌽⍂⍉"  // X'C0'
                                    U"}⁾-┼┘┐┤┬¶ ⌶!⍒⍋⍞⍝"  // X'D0'
                                    U"≡₁ʂʃ⍤⍥⍪€  ⌿⍀∵⊖⌹⍕"  // X'E0'
                                    U"⁰¹²³⁴⁵⁶⁷⁸⁹ ⍫⍙⍟⍎ "; // X'F0'
static_assert(apl.size() == 256 - first_apl);

bool fill(std::array<char32_t, 256>& table, const std::string& page) {
    iconv_t const converter = iconv_open("UTF-32LE", ("IBM" + page).c_str());
    if (converter == reinterpret_cast<iconv_t>(-1)) return false;
    for (u32 code = 0; code < 256; ++code) {
        char in = static_cast<char>(code);
        std::array<u8, 4> out{};
        char *from = &in, *to = reinterpret_cast<char*>(out.data());
        usize left = 1, room = 4;
        bool const good = iconv(converter, &from, &left, &to, &room) == 0 && room == 0;
        table[code] = 0;
        if (good && code >= first_graphic && code != 0xFF)
            table[code] = char32_t{out[0]} | char32_t{out[1]} << 8 | char32_t{out[2]} << 16;
        else
            iconv(converter, nullptr, nullptr, nullptr, nullptr);
    }
    iconv_close(converter);
    return true;
}

} // namespace

std::optional<Codepage> Codepage::named(std::string name) {
    if (name.starts_with("cp") || name.starts_with("CP")) name.erase(0, 2);
    bool const bracket = name == "bracket";
    static constexpr std::pair<std::string_view, std::string_view> countries[] = {
        {"bracket", "037"}, {"37", "037"},        {"us", "037"},      {"us-intl", "037"},
        {"german", "273"},  {"norwegian", "277"}, {"finnish", "278"}, {"swedish", "278"},
        {"italian", "280"}, {"spanish", "284"},   {"uk", "285"},      {"french", "297"},
        {"belgian", "500"}};
    for (auto const& [country, page] : countries)
        if (name == country) name = page;
    if (name.size() < 3 || name.size() > 4 ||
        name.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    Codepage page;
    if (!fill(page.to_, name)) return std::nullopt;
    page.ccsid_ = static_cast<u16>(std::atoi(name.c_str()));
    if (bracket) {
        // 037 with the brackets where 1047 has them, and what was there in their place.
        page.to_[0xAD] = U'[';
        page.to_[0xBD] = U']';
        page.to_[0xBA] = 0xDD;
        page.to_[0xBB] = 0xA8;
    }
    if (name == "285") page.to_[0xA1] = 0xAF; // a macron, as on the other pages; iconv: an overline
    page.to_[0x1C] = U'*';                    // DUP
    page.to_[0x1E] = U';';                    // FIELD MARK
    page.to_[0x3F] = U'■';                    // SUB
    page.to_[0xFF] = U'●';                    // EO
    return page;
}

u16 Codepage::character_set() const {
    struct Pair {
        u16 page, set;
    };
    static constexpr Pair others[] = {{424, 1349}, {803, 1147},  {870, 959},  {875, 925},
                                      {880, 959},  {1026, 1152}, {1160, 1395}};
    for (Pair const& other : others)
        if (other.page == ccsid_) return other.set;
    return ccsid_ >= 1140 && ccsid_ <= 1149 ? 695 : 697; // Latin 1, with the euro or without
}

std::optional<u8> Codepage::typed(char32_t character) const {
    for (u32 code = first_graphic; code < 0xFF; ++code)
        if (to_[code] == character) return static_cast<u8>(code);
    return std::nullopt;
}

char32_t Codepage::graphic_character(u8 code) {
    if (code == 0x40) return U' ';
    return code < first_apl || apl[code - first_apl] == U' ' ? U'\0' : apl[code - first_apl];
}

std::optional<u8> Codepage::typed_graphic(char32_t character) {
    auto const at = apl.find(character);
    if (character == U' ' || at == apl.npos) return std::nullopt;
    return static_cast<u8>(first_apl + at);
}

void append_utf8(std::string& out, char32_t character) {
    auto const push = [&](u32 byte) { out.push_back(static_cast<char>(byte)); };
    bool const known = character <= 0x10FFFF && (character & ~0x7FFu) != 0xD800;
    u32 const c = known ? character : 0xFFFD; // a host may say what no character is
    if (c < 0x80) return push(c);
    if (c < 0x800) {
        push(0xC0 | c >> 6);
    } else {
        if (c < 0x10000) {
            push(0xE0 | c >> 12);
        } else {
            push(0xF0 | c >> 18);
            push(0x80 | (c >> 12 & 0x3F));
        }
        push(0x80 | (c >> 6 & 0x3F));
    }
    push(0x80 | (c & 0x3F));
}

std::u32string from_utf8(std::string_view text) {
    std::u32string out;
    for (usize at = 0; at < text.size();) {
        u8 const first = static_cast<u8>(text[at++]);
        u32 const more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
        u32 value = more == 0 ? first : first & (0x3Fu >> more);
        usize const end = at + more;
        while (at < end && at < text.size() && (static_cast<u8>(text[at]) & 0xC0) == 0x80)
            value = value << 6 | (static_cast<u8>(text[at++]) & 0x3Fu);
        if (at == end && (more != 0 || first < 0x80)) out.push_back(value);
    }
    return out;
}

} // namespace terminal
