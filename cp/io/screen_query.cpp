#include "cp/io/screen.h"

namespace cp {
namespace {

constexpr u8 query_reply = 0x81, usable_area = 0x81, implicit_partition = 0xA6;

bool known_size(u32 columns, u32 rows, ScreenSize& size) {
    constexpr ScreenSize least;
    constexpr u32 most = 0xFF, most_cells = 1 << 14;
    if (columns < least.columns || rows < least.rows || columns > most || rows > most ||
        columns * rows > most_cells)
        return false;
    size = {static_cast<u8>(rows), static_cast<u8>(columns), columns * rows > least.cells()};
    return true;
}

u32 halfword(std::span<const u8> bytes, usize at) { return u32{bytes[at]} << 8 | bytes[at + 1]; }

// One reply; false when it does not tell a size that we know.
bool size_of_reply(std::span<const u8> reply, ScreenSize& size) {
    // Usable area: ... width and height as halfwords.
    if (reply[3] == usable_area && reply.size() >= 10)
        return known_size(halfword(reply, 6), halfword(reply, 8), size);
    // Implicit partition sizes: default and alternate width and height.
    if (reply[3] == implicit_partition && reply.size() >= 17)
        return known_size(halfword(reply, 13), halfword(reply, 15), size);
    return false;
}

} // namespace

bool is_query_reply(std::span<const u8> inbound) {
    return !inbound.empty() && inbound[0] == s370::ds3270::aid::structured_field;
}

u8 key_of(std::span<const u8> inbound) {
    namespace aid = s370::ds3270::aid;
    return inbound.empty() || is_query_reply(inbound) ? aid::none : inbound[0];
}

// Structured fields, each a length (its own two bytes included), X'81' and the code
// of the reply.
ScreenSize screen_size(std::span<const u8> inbound) {
    ScreenSize size;
    if (!is_query_reply(inbound)) return size;
    std::span<const u8> rest = inbound.subspan(1);
    while (rest.size() >= 4) {
        usize const length = halfword(rest, 0);
        if (length < 4 || length > rest.size()) break;
        ScreenSize told;
        if (rest[2] == query_reply && size_of_reply(rest.first(length), told)) {
            // The larger of what the replies name.
            if (told.cells() >= size.cells()) size = told;
        }
        rest = rest.subspan(length);
    }
    return size;
}

} // namespace cp
