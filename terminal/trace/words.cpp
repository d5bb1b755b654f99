#include "terminal/trace/words.h"

#include "s370/arch/ds3270.h"
#include "s370/arch/file_transfer.h"

#include <algorithm>
#include <cstdio>

namespace terminal::trace {

using namespace s370::ds3270;

namespace {

struct Named {
    u32 code;
    const char* name;
};

template <usize count>
std::string name_of(const Named (&names)[count], u32 code, const char* what) {
    for (Named const& named : names)
        if (named.code == code) return named.name;
    char text[40];
    std::snprintf(text, sizeof text, "%s X'%02X'", what, code);
    return text;
}

constexpr Named commands[] = {{0x01, "Write"},
                              {0xF1, "Write"},
                              {0x05, "EraseWrite"},
                              {0xF5, "EraseWrite"},
                              {0x0D, "EraseWriteAlternate"},
                              {0x7E, "EraseWriteAlternate"},
                              {0x0F, "EraseAllUnprotected"},
                              {0x6F, "EraseAllUnprotected"},
                              {0x11, "WriteStructuredField"},
                              {0xF3, "WriteStructuredField"},
                              {0x02, "ReadBuffer"},
                              {0xF2, "ReadBuffer"},
                              {0x06, "ReadModified"},
                              {0xF6, "ReadModified"},
                              {0x0E, "ReadModifiedAll"},
                              {0x6E, "ReadModifiedAll"},
                              {0x03, "NoOperation"}};
constexpr Named aids[] = {{0x60, "NoAID"},       {0x61, "Inbound"},      {0x7D, "Enter"},
                          {0x6D, "Clear"},       {0x6C, "PA1"},          {0x6E, "PA2"},
                          {0x6B, "PA3"},         {0x7E, "CursorSelect"}, {0x88, "StructuredField"},
                          {0x01, "TestRequest"}, {0xF0, "TestRequest"}};
constexpr Named attribute_types[] = {{0x00, "all"},        {0xC0, "field"},    {0x41, "highlight"},
                                     {0x42, "foreground"}, {0x43, "charset"},  {0x45, "background"},
                                     {0xC1, "validation"}, {0xC2, "outlining"}};
constexpr Named colours[] = {{0x00, "default"}, {0xF1, "blue"},  {0xF2, "red"},
                             {0xF3, "pink"},    {0xF4, "green"}, {0xF5, "turquoise"},
                             {0xF6, "yellow"},  {0xF7, "white"}};
constexpr Named highlights[] = {{0x00, "default"}, {0xF0, "normal"},     {0xF1, "blink"},
                                {0xF2, "reverse"}, {0xF4, "underscore"}, {0xF8, "intensify"}};
constexpr Named replies[] = {{0x80, "Summary"},
                             {0x81, "UsableArea"},
                             {0x84, "AlphanumericPartitions"},
                             {0x85, "CharacterSets"},
                             {0x86, "Color"},
                             {0x87, "Highlighting"},
                             {0x88, "ReplyModes"},
                             {0x91, "DBCS"},
                             {0x95, "DistributedDataManagement"},
                             {0xA1, "RPQNames"},
                             {0xA6, "ImplicitPartition"},
                             {0xFF, "Null"}};
namespace dft = s370::file_transfer::dft;
constexpr Named transfers[] = {{dft::request::open, "Open"},
                               {dft::request::close, "Close"},
                               {dft::request::set_cursor, "SetCursor"},
                               {dft::request::get, "Get"},
                               {dft::request::insert, "Insert"},
                               {dft::request::data, "Data"},
                               {dft::reply::opened, "Opened"},
                               {dft::reply::closed, "Closed"},
                               {dft::reply::data, "Data"},
                               {dft::reply::taken, "Taken"},
                               {0x4608, "Refused(Get)"},
                               {0x4708, "Refused(Insert)"},
                               {0x0008, "Refused(Open)"}};

std::string wcc_words(u8 byte) {
    std::string words;
    auto const bit = [&](u8 mask, const char* name) {
        if ((byte & mask) != 0) words += (words.empty() ? "" : ",") + std::string(name);
    };
    bit(wcc::reset, "reset");
    bit(wcc::start_printer, "startPrinter");
    bit(wcc::alarm, "alarm");
    bit(wcc::restore_keyboard, "restore");
    bit(wcc::reset_mdt, "resetMDT");
    return '(' + words + ')';
}

std::string field_words(u8 byte) {
    std::string words = (byte & attribute::protected_field) != 0 ? "protected" : "unprotected";
    if ((byte & attribute::numeric) != 0)
        words += (byte & attribute::protected_field) != 0 ? ",skip" : ",numeric";
    u8 const shown = byte & attribute::nondisplay;
    if (shown == attribute::intensified) words += ",intensified";
    if (shown == attribute::nondisplay) words += ",nondisplay";
    if (shown == 0x04) words += ",detectable";
    if ((byte & attribute::modified) != 0) words += ",modified";
    return words;
}

} // namespace

std::string hex(std::span<const u8> bytes) {
    std::string text;
    char digits[3];
    for (u8 byte : bytes) {
        std::snprintf(digits, sizeof digits, "%02x", byte);
        text += digits;
    }
    return text;
}

std::string Words::place(u8 high, u8 low) const {
    u32 const at = decode_address(high, low);
    return '(' + std::to_string(at / columns_ + 1) + ',' + std::to_string(at % columns_ + 1) + ')';
}

std::string Words::text(std::span<const u8> codes) const {
    std::string shown;
    for (u8 code : codes) append_utf8(shown, codepage_.shown(code));
    return '\'' + shown + '\'';
}

std::string Words::pair(u8 type, u8 value) const {
    std::string words = name_of(attribute_types, type, "type") + '=';
    switch (type) {
    case 0xC0: return words + field_words(value);
    case 0x42:
    case 0x45: return words + name_of(colours, value, "colour");
    case 0x41: return words + name_of(highlights, value, "highlight");
    default: return words + hex({&value, 1});
    }
}

std::vector<std::string> Words::from_host(std::span<const u8> record) {
    lines_.clear();
    depth_ = 0;
    command(record);
    return std::move(lines_);
}

void Words::command(std::span<const u8> record) {
    if (record.empty()) return line("(empty record)");
    std::string const name = name_of(commands, record[0], "command");
    auto const rest = record.subspan(1);
    if (name == "WriteStructuredField") {
        line(name);
        return fields(rest);
    }
    bool const writes = name == "Write" || name.starts_with("EraseWrite");
    line(writes && !rest.empty() ? name + wcc_words(rest[0]) : name);
    if (writes && !rest.empty())
        orders(rest.subspan(1));
    else if (!rest.empty())
        line("  and " + hex(rest));
}

// Orders and text, up to the first order that is cut off.
void Words::orders(std::span<const u8> stream) {
    ++depth_;
    usize at = 0, shown = 0;
    auto const flush = [&] {
        if (at > shown) line(text(stream.subspan(shown, at - shown)));
    };
    auto const has = [&](usize bytes) { return at + bytes <= stream.size(); };
    while (at < stream.size()) {
        u8 const code = stream[at];
        usize length = 0;
        std::string words;
        if (code == order::set_buffer_address && has(3)) {
            words = "SetBufferAddress" + place(stream[at + 1], stream[at + 2]);
            length = 3;
        } else if (code == order::start_field && has(2)) {
            words = "StartField(" + field_words(stream[at + 1]) + ')';
            length = 2;
        } else if ((code == order::start_field_extended || code == order::modify_field) && has(2) &&
                   has(2 + 2u * stream[at + 1])) {
            words = code == order::modify_field ? "ModifyField(" : "StartFieldExtended(";
            for (usize i = 0; i < stream[at + 1]; ++i)
                words += (i == 0 ? "" : ";") + pair(stream[at + 2 + 2 * i], stream[at + 3 + 2 * i]);
            words += ')';
            length = 2 + 2u * stream[at + 1];
        } else if (code == order::set_attribute && has(3)) {
            words = "SetAttribute(" + pair(stream[at + 1], stream[at + 2]) + ')';
            length = 3;
        } else if (code == order::repeat_to_address && has(4)) {
            bool const graphic = stream[at + 3] == order::graphic_escape && has(5);
            words =
                "RepeatToAddress" + place(stream[at + 1], stream[at + 2]) +
                (graphic ? "GraphicEscape" : "") +
                (graphic || stream[at + 3] < 0x40 ? hex(stream.subspan(at + (graphic ? 4 : 3), 1))
                                                  : text(stream.subspan(at + 3, 1)));
            length = graphic ? 5 : 4;
        } else if (code == order::erase_unprotected && has(3)) {
            words = "EraseUnprotectedToAddress" + place(stream[at + 1], stream[at + 2]);
            length = 3;
        } else if (code == order::graphic_escape && has(2)) {
            words = "GraphicEscape(" + hex(stream.subspan(at + 1, 1)) + ')';
            length = 2;
        } else if (code == order::insert_cursor) {
            words = "InsertCursor";
            length = 1;
        } else if (code == order::program_tab) {
            words = "ProgramTab";
            length = 1;
        } else if (code < 0x40 && code != 0) {
            words = "(" + hex(stream.subspan(at, 1)) + ')';
            length = 1;
        } else {
            ++at; // text, or nulls in it
            continue;
        }
        flush();
        line(words);
        at += length;
        shown = at;
    }
    flush();
    --depth_;
}

void Words::fields(std::span<const u8> stream) {
    ++depth_;
    while (stream.size() >= 3) {
        usize length = usize{stream[0]} << 8 | stream[1];
        if (length == 0) length = stream.size();
        if (length < 3 || length > stream.size()) break;
        field(stream.subspan(2, length - 2));
        stream = stream.subspan(length);
    }
    if (!stream.empty()) line("(cut off) " + hex(stream));
    --depth_;
}

void Words::field(std::span<const u8> body) {
    switch (body[0]) {
    case 0x01: return read_partition(body);
    case 0x03:
        return line(std::string("EraseReset(") +
                    (body.size() > 1 && body[1] == 0x80 ? "alternate" : "default") + ')');
    case 0x09: {
        static constexpr const char* modes[] = {"field", "extendedField", "character"};
        std::string words = "SetReplyMode(";
        if (body.size() > 2) words += body[2] < 3 ? modes[body[2]] : hex(body.subspan(2, 1));
        for (usize i = 3; i < body.size(); ++i)
            words += ',' + name_of(attribute_types, body[i], "type");
        return line(words + ')');
    }
    case 0x40:
        line("Outbound3270DS(partition " + hex(body.subspan(1, body.size() > 1 ? 1 : 0)) + ')');
        if (body.size() < 3) return;
        ++depth_;
        command(body.subspan(2));
        --depth_;
        return;
    case 0x81: return query_reply(body);
    case dft::structured_field: return transfer(body);
    default: return line("StructuredField " + hex(body));
    }
}

void Words::read_partition(std::span<const u8> body) {
    std::string words = "ReadPartition(";
    if (body.size() > 2) {
        words += hex(body.subspan(1, 1)) + ',';
        switch (body[2]) {
        case 0x02: words += "Query"; break;
        case 0x03: words += "QueryList"; break;
        default: words += name_of(commands, body[2], "type");
        }
        for (usize i = 4; i < body.size(); ++i) words += ',' + name_of(replies, body[i], "reply");
    }
    line(words + ')');
}

void Words::query_reply(std::span<const u8> body) {
    if (body.size() < 2) return line("QueryReply " + hex(body));
    line("QueryReply(" + name_of(replies, body[1], "reply") + ") " + hex(body.subspan(2)));
}

void Words::transfer(std::span<const u8> body) {
    if (body.size() < 3) return line("FileTransfer " + hex(body));
    u32 const request = u32{body[1]} << 8 | body[2];
    std::string words = "FileTransfer(" + name_of(transfers, request, "request") + ')';
    auto const rest = body.subspan(3);
    if (rest.size() > 48)
        words += ' ' + std::to_string(rest.size()) + " bytes, " + hex(rest.first(48)) + "...";
    else if (!rest.empty())
        words += ' ' + hex(rest);
    line(words);
}

std::vector<std::string> Words::to_host(std::span<const u8> record) {
    lines_.clear();
    depth_ = 0;
    if (record.empty()) {
        line("(empty record)");
        return std::move(lines_);
    }
    u8 const key = record[0];
    u32 const function = aid::pf_number(key);
    line(function != 0 ? "PF" + std::to_string(function) : name_of(aids, key, "AID"));
    auto rest = record.subspan(1);
    if (key == aid::structured_field) {
        fields(rest);
    } else if (rest.size() >= 2) {
        lines_.back() += " cursor" + place(rest[0], rest[1]);
        orders(rest.subspan(2));
    }
    return std::move(lines_);
}

} // namespace terminal::trace
