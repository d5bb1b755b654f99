#include "terminal/headless/screen_text.h"

#include "s370/arch/ds3270.h"
#include "terminal/model/attributes.h"
#include "terminal/model/cell_character.h"

#include <cstdio>

namespace terminal {
namespace {

std::string hex(u32 value) {
    char text[4];
    std::snprintf(text, sizeof text, "%02x", value & 0xFF);
    return text;
}

std::string unicode(char32_t character) {
    char text[12];
    std::snprintf(text, sizeof text, "%04x", static_cast<unsigned>(character));
    return text;
}

std::string utf8(char32_t character) {
    std::string text;
    append_utf8(text, character);
    return text;
}

u8 told(const Looks& looks, u8 type) {
    // The background's value is what s3270 tells there, the foreground's.
    u8 const value =
        extended::get(looks, type == extended::background ? extended::foreground : type);
    return type == extended::highlight && value == 0 ? u8{0xF0} : value;
}

std::string pair(u8 type, u8 value) { return hex(type) + '=' + hex(value); }

std::string field_start(const Cell& cell) {
    std::string text = "SF(" + pair(extended::field, 0xC0u | cell.attribute);
    for (u8 type : extended::reply_order) {
        if (type == extended::charset && cell.looks.input_control)
            text += ',' + pair(extended::input_control, 1);
        if (u8 const value = extended::get(cell.looks, type); value != 0)
            text += ',' + pair(type, value);
    }
    return text + ')';
}

std::string changed(const Looks& before, const Looks& now) {
    std::string text;
    auto const tell = [&](u8 type, u8 value) {
        text += (text.empty() ? "" : ",") + pair(type, value);
    };
    for (u8 type : extended::reply_order) {
        // The input control comes before the character set, and each time anew, in s3270.
        if (type == extended::charset && now.input_control) tell(extended::input_control, 1);
        bool const wrap = type == extended::highlight && before.wrapped != now.wrapped;
        if (wrap || extended::get(before, type) != extended::get(now, type))
            tell(type, told(now, type));
    }
    return text.empty() ? text : "SA(" + text + ") ";
}

std::string one(const Picture& picture, const Cell& cell, Coding coding, Looks& before) {
    if (cell.field) return field_start(cell);
    std::string text = changed(before, cell.looks);
    before = cell.looks;
    if (coding == Coding::Ebcdic)
        return text + (cell.graphic ? "GE(" + hex(cell.code) + ')' : hex(cell.code));
    if (is_right_half(cell)) return text + '-';
    char32_t const seen = character_of(cell, picture.codepage);
    if (coding == Coding::Unicode) return text + unicode(seen);
    if (seen == 0) return text + "00";
    for (char byte : utf8(seen)) text += hex(static_cast<u8>(byte));
    return text;
}

} // namespace

std::string cell_text(const Picture& picture, u32 position, Coding coding) {
    Cell const& cell = picture.screen.at(position);
    if (cell.text != 0 && is_right_half(cell)) return {};
    if (coding == Coding::Ebcdic && cell.text != 0)
        return hex(picture.codepage.typed(cell.text).value_or(0));
    if (coding == Coding::Ebcdic) return hex(cell.field ? 0 : cell.code);
    bool const hidden = !cell.field && (picture.screen.attribute_at(position) & 0x0C) == 0x0C;
    return utf8(hidden ? U' ' : shown_of(cell, picture.codepage));
}

std::vector<std::string> cells_text(const Picture& picture, u32 position, u32 length,
                                    Coding coding) {
    std::vector<std::string> lines;
    u32 at = position;
    for (u32 i = 0; i < length; ++i) {
        if (i == 0 || at % picture.screen.size().columns == 0) lines.emplace_back();
        if (coding == Coding::Ebcdic && !lines.back().empty()) lines.back() += ' ';
        lines.back() += cell_text(picture, at, coding);
        at = picture.screen.next(at);
    }
    return lines;
}

std::vector<std::string> buffer_text(const Picture& picture, Coding coding) {
    std::vector<std::string> lines;
    Screen const& screen = picture.screen;
    Looks looks;
    for (u32 at = 0; at < screen.size().cells(); ++at) {
        if (at % screen.size().columns == 0)
            lines.emplace_back();
        else
            lines.back() += ' ';
        lines.back() += one(picture, screen.at(at), coding, looks);
    }
    return lines;
}

std::vector<std::string> field_text(const Picture& picture, Coding coding) {
    Screen const& screen = picture.screen;
    u32 const columns = screen.size().columns, cursor = screen.cursor();
    auto const place = [&](u32 at) {
        return std::to_string(at / columns + 1) + ' ' + std::to_string(at % columns + 1);
    };
    u32 const start = screen.field_of(cursor).value_or(0);
    std::string contents;
    Looks looks;
    u32 at = start;
    do {
        contents += (at == start ? "" : " ") + one(picture, screen.at(at), coding, looks);
        at = screen.next(at);
    } while (at != start && !screen.at(at).field);
    return {"Start1: " + place(start), "StartOffset: " + std::to_string(start),
            "Cursor1: " + place(cursor), "CursorOffset: " + std::to_string(cursor),
            "Contents: " + contents};
}

Picture::Picture(const Session& session)
    : screen(session.screen()), codepage(session.codepage()), status(status_text(session)) {}

namespace {
char mode_letter(const Session& session) {
    if (!session.connected()) return 'N';
    if (session.in_3270_mode()) return 'I';
    if (session.in_text_mode()) return session.host_echoes() ? 'C' : 'L';
    return 'P';
}
} // namespace

std::string status_text(const Session& session) {
    Screen const& screen = session.screen();
    Size const size = screen.size();
    u32 const cursor = screen.cursor();
    bool const protect = screen.at(cursor).field || screen.protected_at(cursor);
    std::string text;
    text += session.keyboard().lock() == Lock::None ? "U " : "L ";
    text += screen.formatted() ? "F " : "U ";
    text += screen.protected_at(cursor) && protect ? "P " : "U ";
    text += session.connected() ? "C(" + session.host() + ") " : "N ";
    text += mode_letter(session);
    text += ' ';
    for (u32 value : {session.options().model, size.rows, size.columns, cursor / size.columns,
                      cursor % size.columns})
        text += std::to_string(value) + ' ';
    return text + "0x0";
}

} // namespace terminal
