#include "terminal/model/cell_character.h"

namespace terminal {
namespace {

constexpr u8 double_byte = 8, shift_out = 0x0E, shift_in = 0x0F;

} // namespace

char32_t character_of(const Cell& cell, const Codepage& codepage) {
    if (cell.text != 0) return cell.text;
    if (cell.code == shift_out || cell.code == shift_in) return cell.code;
    if (cell.graphic) return Codepage::graphic_character(cell.code);
    if (cell.looks.character_set == double_byte) return 0; // there is no such code page
    return cell.looks.character_set != 0 ? Codepage::graphic_character(cell.code)
                                         : codepage.character(cell.code);
}

char32_t shown_of(const Cell& cell, const Codepage& codepage) {
    char32_t const character = cell.field ? U' ' : character_of(cell, codepage);
    return character < U' ' ? U' ' : character;
}

bool is_right_half(const Cell& cell) {
    return cell.text == U' ' && cell.looks.character_set == double_byte;
}

} // namespace terminal
