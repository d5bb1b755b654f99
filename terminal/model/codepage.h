// Host code pages: EBCDIC to Unicode and back.
#pragma once

#include "s370/base/types.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace terminal {

class Codepage {
  public:
    // By name: 037, cp1047, bracket, german ... ; none when there is no such page.
    static std::optional<Codepage> named(std::string name);

    u16 ccsid() const { return ccsid_; }
    // The global identifier of its set of characters (GCSGID).
    u16 character_set() const;
    // The character that a code stands for; 0 for most control codes.
    char32_t character(u8 code) const { return to_[code]; }
    // The same of the APL set (code page 310): symbols and line drawing.
    static char32_t graphic_character(u8 code);
    // What a cell shows: a blank where there is no character.
    char32_t shown(u8 code) const { return to_[code] != 0 ? to_[code] : U' '; }
    static char32_t graphic(u8 code) {
        return graphic_character(code) != 0 ? graphic_character(code) : U' ';
    }
    // The code of a symbol in that set, where it has it.
    static std::optional<u8> typed_graphic(char32_t character);
    // The code of a character that was typed, if this page has it.
    std::optional<u8> typed(char32_t character) const;

  private:
    u16 ccsid_ = 37;
    std::array<char32_t, 256> to_{};
};

void append_utf8(std::string& out, char32_t character);
// What is malformed is left out.
std::u32string from_utf8(std::string_view text);

} // namespace terminal
