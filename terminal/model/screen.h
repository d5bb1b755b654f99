// The presentation space of a 3270: cells, fields, cursor; no keyboard, no curses.
//
// GA23-0059 "Character buffer", "Fields", "Extended field attributes". Positions
// count from 0, row by row, and wrap; a position outside is a caller's mistake.
#pragma once

#include "s370/base/types.h"

#include <optional>
#include <vector>

namespace terminal {

// How a cell looks, as field or as character attribute; 0 = inherited.
struct Looks {
    u8 foreground = 0; // X'F1' blue .. X'F7' neutral white, X'F8'-X'FF' the other eight
    u8 background = 0;
    u8 highlight = 0;           // 1 blink, 2 reverse, 4 underscore, 8 intensify
    u8 character_set = 0;       // by attribute X'43': 1 APL, 8 double-byte (not shown)
    bool input_control = false; // by attribute X'FE'; kept, and means nothing here
    bool wrapped = false;       // text of a host without 3270 mode goes on in the next row
    friend bool operator==(const Looks&, const Looks&) = default;
};

struct Cell {
    u8 code = 0;          // EBCDIC; 0 is a null, shown as a blank
    bool graphic = false; // one character of the APL set, by the graphic escape order
    bool field = false;   // this position holds a field attribute
    u8 attribute = 0;     // of the field: the low six bits of the manual
    Looks looks;
    char32_t text = 0; // instead of a code: what a host without 3270 mode wrote
    friend bool operator==(const Cell&, const Cell&) = default;
};

struct Size {
    u32 rows = 24, columns = 80;
    u32 cells() const { return rows * columns; }
    friend bool operator==(const Size&, const Size&) = default;
};

class Screen {
  public:
    Screen(Size normal, Size alternate);

    Size size() const { return size_; }
    Size normal_size() const { return normal_; }
    Size alternate_size() const { return alternate_; }
    bool alternate() const { return alternate_in_use_; }

    // What the two sizes are from now on; they are taken with the next erase().
    void set_sizes(Size normal, Size alternate) { normal_ = normal, alternate_ = alternate; }

    // Erases everything and takes the normal or the alternate size.
    void erase(bool alternate);
    // How often that happened, for whoever keeps what was there.
    u64 erasures() const { return erasures_; }

    Cell& at(u32 position) { return cells_[position]; }
    const Cell& at(u32 position) const { return cells_[position]; }

    u32 cursor() const { return cursor_; }
    void move_cursor(u32 position) { cursor_ = position; }

    u32 next(u32 position) const { return position + 1 == size_.cells() ? 0 : position + 1; }
    u32 previous(u32 position) const { return (position == 0 ? size_.cells() : position) - 1; }

    // Whether there are fields: as the last write left it, even when a key then overwrote
    // the only attribute.
    bool formatted() const { return formatted_; }
    // A write ends: there may be no field left.
    void settle_fields();
    // The attribute position that governs `position`; none on an unformatted screen.
    std::optional<u32> field_of(u32 position) const;
    // The attribute byte that governs `position`; unprotected on an unformatted screen.
    u8 attribute_at(u32 position) const;
    bool protected_at(u32 position) const;
    // The first position of the next unprotected field after `position` with room for
    // a character; 0 when there is none.
    u32 next_unprotected(u32 position) const;

    // A character into a position, which is no field attribute any more.
    void put(u32 position, u8 code, bool graphic, const Looks& looks);
    void put_field(u32 position, u8 attribute, const Looks& looks);
    // A character, where colours and highlighting stay.
    void replace(u32 position, u8 code, bool graphic);
    void clear(u32 position) { replace(position, 0, false); }

    // Shows `cells` instead, and keeps what was shown in it; too few or many are made to fit.
    void exchange_cells(std::vector<Cell>& cells);

    // Modified data tag of the field that governs `position`.
    void set_modified(u32 position);
    void reset_modified();
    // Nulls in all unprotected fields, tags off, cursor to the first such field.
    void erase_unprotected();

  private:
    Size normal_, alternate_, size_;
    bool alternate_in_use_ = false;
    bool formatted_ = false;
    std::vector<Cell> cells_;
    u32 cursor_ = 0;
    u64 erasures_ = 0;
};

} // namespace terminal
