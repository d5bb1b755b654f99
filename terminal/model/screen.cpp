#include "terminal/model/screen.h"

#include "s370/arch/ds3270.h"

#include <algorithm>

namespace terminal {

namespace attribute = s370::ds3270::attribute;

Screen::Screen(Size normal, Size alternate)
    : normal_(normal), alternate_(alternate), size_(normal), cells_(normal.cells()) {}

void Screen::erase(bool alternate) {
    ++erasures_;
    alternate_in_use_ = alternate;
    size_ = alternate ? alternate_ : normal_;
    cells_.assign(size_.cells(), Cell{});
    formatted_ = false;
    cursor_ = 0;
}

void Screen::settle_fields() {
    formatted_ =
        std::any_of(cells_.begin(), cells_.end(), [](const Cell& cell) { return cell.field; });
}

std::optional<u32> Screen::field_of(u32 position) const {
    u32 at = position;
    do {
        if (cells_[at].field) return at;
        at = previous(at);
    } while (at != position);
    return std::nullopt;
}

u8 Screen::attribute_at(u32 position) const {
    auto const field = field_of(position);
    return field ? cells_[*field].attribute : 0;
}

bool Screen::protected_at(u32 position) const {
    return (attribute_at(position) & attribute::protected_field) != 0;
}

u32 Screen::next_unprotected(u32 position) const {
    u32 at = position;
    do {
        u32 const after = next(at);
        if (cells_[at].field && (cells_[at].attribute & attribute::protected_field) == 0 &&
            !cells_[after].field)
            return after;
        at = after;
    } while (at != position);
    return 0;
}

void Screen::put(u32 position, u8 code, bool graphic, const Looks& looks) {
    cells_[position] = {code, graphic, false, 0, looks, 0};
    if (graphic) cells_[position].looks.character_set = 0;
}

void Screen::put_field(u32 position, u8 attribute, const Looks& looks) {
    cells_[position] = {0, false, true, attribute, looks, 0};
    formatted_ = true;
}

void Screen::exchange_cells(std::vector<Cell>& cells) {
    cells.resize(cells_.size());
    cells_.swap(cells);
}

void Screen::replace(u32 position, u8 code, bool graphic) {
    Looks looks = cells_[position].looks;
    looks.character_set = 0;
    put(position, code, graphic, looks);
}

void Screen::set_modified(u32 position) {
    if (auto const field = field_of(position)) cells_[*field].attribute |= attribute::modified;
}

void Screen::reset_modified() {
    for (Cell& cell : cells_)
        if (cell.field) cell.attribute &= static_cast<u8>(~attribute::modified);
}

void Screen::erase_unprotected() {
    if (!formatted()) {
        cells_.assign(size_.cells(), Cell{});
        cursor_ = 0;
        return;
    }
    bool open = (attribute_at(0) & attribute::protected_field) == 0;
    for (u32 at = 0; at < size_.cells(); ++at) {
        Cell& cell = cells_[at];
        if (cell.field) {
            open = (cell.attribute & attribute::protected_field) == 0;
            if (open) cell.attribute &= static_cast<u8>(~attribute::modified);
        } else if (open) {
            clear(at);
        }
    }
    // Even where that field has no room.
    for (u32 at = 0; at < size_.cells(); ++at)
        if (cells_[at].field && (cells_[at].attribute & attribute::protected_field) == 0) {
            cursor_ = next(at);
            return;
        }
    cursor_ = 0;
}

} // namespace terminal
