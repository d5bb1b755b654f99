#include "terminal/model/codepage.h"

#include <cstdlib>
#include <iconv.h>

namespace terminal {
namespace {

// Letters, digits and punctuation start here; below are controls.
constexpr u32 first_graphic = 0x40;

bool fill(std::array<char32_t, 256>& table, const std::string& page) {
    iconv_t const converter = iconv_open("UTF-32LE", ("IBM" + page).c_str());
    if (converter == reinterpret_cast<iconv_t>(-1)) return false;
    for (u32 code = 0; code < 256; ++code) {
        char in = static_cast<char>(code);
        std::array<u8, 4> out{};
        char *from = &in, *to = reinterpret_cast<char*>(out.data());
        usize left = 1, room = 4;
        bool const good = iconv(converter, &from, &left, &to, &room) == 0 && room == 0;
        table[code] = U' ';
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
    if (bracket || name == "37") name = "037";
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
    page.to_[0x1C] = U'*'; // DUP
    page.to_[0x1E] = U';'; // FIELD MARK
    return page;
}

std::optional<u8> Codepage::typed(char32_t character) const {
    for (u32 code = first_graphic; code < 256; ++code)
        if (to_[code] == character && (character != U' ' || code == 0x40))
            return static_cast<u8>(code);
    return std::nullopt;
}

char32_t Codepage::graphic(u8 code) {
    struct Pair {
        u8 code;
        char32_t character;
    };
    static constexpr Pair pairs[] = {
        {0x70, U'◊'}, {0x71, U'∧'}, {0x72, U'¨'}, {0x74, U'⍸'}, {0x75, U'⍷'}, {0x76, U'⊢'},
        {0x77, U'⊣'}, {0x78, U'∨'}, {0x80, U'∼'}, {0x84, U'∥'}, {0x8A, U'↑'}, {0x8B, U'↓'},
        {0x8C, U'≤'}, {0x8D, U'⌈'}, {0x8E, U'⌊'}, {0x8F, U'→'}, {0x90, U'⎕'}, {0x91, U'▌'},
        {0x92, U'▐'}, {0x93, U'▀'}, {0x94, U'▄'}, {0x95, U'■'}, {0x9A, U'⊃'}, {0x9B, U'⊂'},
        {0x9D, U'○'}, {0x9E, U'±'}, {0x9F, U'←'}, {0xA0, U'‾'}, {0xA1, U'°'}, {0xA2, U'─'},
        {0xA3, U'•'}, {0xAA, U'∩'}, {0xAB, U'∪'}, {0xAC, U'⊥'}, {0xAE, U'≥'}, {0xAF, U'∘'},
        {0xB0, U'⍺'}, {0xB1, U'∊'}, {0xB2, U'⍳'}, {0xB3, U'⍴'}, {0xB4, U'⍵'}, {0xB6, U'×'},
        {0xB7, U'∖'}, {0xB8, U'÷'}, {0xBA, U'∇'}, {0xBB, U'∆'}, {0xBC, U'⊤'}, {0xBE, U'≠'},
        {0xBF, U'∣'}, {0xC4, U'└'}, {0xC5, U'┌'}, {0xC6, U'├'}, {0xC7, U'┴'}, {0xD3, U'┼'},
        {0xD4, U'┘'}, {0xD5, U'┐'}, {0xD6, U'┤'}, {0xD7, U'┬'}, {0xBF, U'│'}, {0x85, U'│'},
        {0xAD, U'['}, {0xBD, U']'}, {0x40, U' '}};
    for (Pair const& pair : pairs)
        if (pair.code == code) return pair.character;
    return U'·';
}

void append_utf8(std::string& out, char32_t character) {
    auto const push = [&](u32 byte) { out.push_back(static_cast<char>(byte)); };
    u32 const c = character;
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

} // namespace terminal
