#include "terminal/view/layout.h"

#include <algorithm>

namespace terminal {
namespace {

// `room` of `all`, with `cursor` in it and near to where it was.
Part part_with(u32 cursor, u32 room, u32 all, u32 before) {
    if (room >= all) return {0, all};
    u32 first = std::min(before, all - room);
    if (cursor < first) first = cursor;
    if (cursor >= first + room) first = cursor - room + 1;
    return {first, room};
}

} // namespace

Layout arrange(Size window, Size image, u32 cursor, Panel panel, const Layout& before) {
    Layout out;
    u32 const rows = std::max(window.rows, 1u);
    out.columns =
        part_with(cursor % image.columns, window.columns, image.columns, before.columns.first);
    out.information_covers = rows == image.rows || rows == 1;
    u32 const room = out.information_covers ? rows : rows - 1;
    out.rows = part_with(cursor / image.columns, room, image.rows, before.rows.first);
    u32 left = room - out.rows.count;
    bool const panel_fits = panel != Panel::Off && left >= panel_rows;
    if (panel_fits) left -= panel_rows;
    bool const separated = left > 0;
    if (left > 1) out.title = 0, out.top = 1;
    u32 next = out.top + out.rows.count;
    if (separated) out.separator = next++;
    out.information = out.information_covers ? rows - 1 : next;
    if (panel_fits) out.panel = next + 1;
    if (!panel_fits && panel == Panel::On && out.information >= panel_rows) {
        // Over the image, but not over what is typed.
        u32 const typing = out.top + cursor / image.columns - out.rows.first;
        u32 const low = out.information - panel_rows;
        out.panel = typing < low ? low : out.top;
    }
    return out;
}

} // namespace terminal
