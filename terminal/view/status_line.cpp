#include "terminal/view/status_line.h"

#include <algorithm>
#include <cstdio>

namespace terminal {
namespace {

std::u32string wide(const std::string& text) {
    std::u32string out;
    for (char c : text) out.push_back(static_cast<u8>(c) < 0x80 ? static_cast<char32_t>(c) : U'?');
    return out;
}

void put(std::u32string& line, usize column, const std::u32string& text) {
    for (usize i = 0; i < text.size() && column + i < line.size(); ++i) line[column + i] = text[i];
}

std::u32string connection(const Status& status, bool unicode) {
    if (!status.connected) return U"4";
    std::u32string out = status.sna ? U"4B" : U"4A";
    if (status.in_text_mode) return out + U'N';
    if (!status.in_3270_mode) return out + U'?'; // with nobody yet
    if (status.system) return out + U'S';
    out += unicode ? U'■' : U'#'; // the session is with the host's program
    return out;
}

// "Input inhibited". Program checks have the numbers of the 3174's manual.
std::string inhibited(const Status& status) {
    switch (status.lock) {
    case Lock::None: break;
    case Lock::NotConnected: return status.connecting ? "X Connecting" : "X Not Connected";
    case Lock::System: return status.waiting ? "X ( )" : "X SYSTEM";
    case Lock::Protected: return "X <-o->";
    case Lock::Numeric: return "X o NUM";
    case Lock::Overflow: return "X o>";
    case Lock::DoubleByte: return "X <S>";
    case Lock::Minus: return "X -f";
    }
    if (status.refused.empty()) return "";
    auto const about = [&](const char* word) {
        return status.refused.find(word) != std::string::npos;
    };
    const char* const number = about("command")                        ? "401"
                               : about("address") || about("position") ? "402"
                               : about("end") || about("short")        ? "404"
                                                                       : "403";
    return std::string("X PROG") + number + "  " + status.refused;
}

} // namespace

bool pressing(const Status& status) {
    return !status.notice.empty() || !status.refused.empty() ||
           (status.lock != Lock::None && status.lock != Lock::System);
}

std::u32string status_line(const Status& status, u32 width, bool unicode) {
    std::u32string line(width, U' ');
    put(line, 0, connection(status, unicode));
    std::string text = inhibited(status);
    if (!status.notice.empty()) text += (text.empty() ? "" : "  ") + status.notice;
    put(line, 8, wide(text));
    if (unicode)
        if (auto const clock = line.find(U"X ( )"); clock == 8) put(line, 8, U"X ◷  ");
    auto const from_right = [&](usize columns, const std::string& what) {
        if (width >= columns) put(line, width - columns, wide(what));
    };
    if (status.typed_ahead != 0) from_right(28, "T");
    if (status.numeric) from_right(26, "NUM");
    if (status.insert) from_right(22, "^");
    if (status.secure) from_right(20, "S");
    if (!status.lu.empty()) from_right(18, status.lu.substr(0, 9));
    char place[24];
    std::snprintf(place, sizeof place, "%03u/%03u", status.row + 1, status.column + 1);
    from_right(8, place);
    return line;
}

} // namespace terminal
