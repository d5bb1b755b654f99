#include "cms/commands/copyfile/specification.h"

#include "cms/commands/copyfile/request.h"

namespace cms::copyfile {
namespace {

i32 invalid(Text kind, Text near) {
    Message(module, 64, 'E'_e) << "INVALID "_e << kind << " SPECIFICATION AT OR NEAR '"_e
                               << near.substr(0, 20) << "'"_e;
    return api::rc::parameter;
}

bool parse_columns(Text token, Specification& piece) {
    usize dash = 0;
    while (dash < token.size() && token[dash] != '-'_e) ++dash;
    ParsedNumber const first = parse_decimal(token.substr(0, dash));
    ParsedNumber last = first;
    if (dash < token.size()) last = parse_decimal(token.substr(dash + 1));
    if (!first.valid || !last.valid || first.value == 0 || last.value < first.value) return false;
    piece.first = first.value;
    piece.last = last.value;
    return true;
}

bool parse_hex_string(Text digits, Specification& piece) {
    if (digits.empty() || digits.size() % 2 != 0) return false;
    for (usize i = 0; i < digits.size(); i += 2) {
        ParsedNumber const code = parse_hex(digits.substr(i, 2));
        if (!code.valid || piece.text_length == sizeof piece.text) return false;
        piece.text[piece.text_length++] = static_cast<u8>(code.value);
    }
    return true;
}

} // namespace

i32 Specifications::add(Text line) {
    line = line.without_leading_blanks();
    while (!line.empty()) {
        if (count_ == most_specifications) {
            (Message(module, 103, 'S'_e) << "NUMBER OF SPECS EXCEEDS MAX "_e)
                .decimal(most_specifications);
            return api::rc::conflict;
        }
        Specification piece;
        Text const near = line;
        bool const string = !ebcdic::is_digit(line[0]) && ebcdic::upper(line[0]) != 'H'_e;
        usize end = 1;
        if (string) {
            while (end < line.size() && line[end] != line[0]) ++end;
            if (end >= line.size() || end < 2 || end - 1 > sizeof piece.text)
                return invalid("COPY"_e, near);
            piece.text_length = static_cast<u32>(end - 1);
            std::copy_n(line.data() + 1, end - 1, piece.text);
            line = line.substr(end + 1);
        } else {
            while (end < line.size() && line[end] != ' '_e) ++end;
            Text const token = line.substr(0, end);
            bool const good = ebcdic::is_digit(token[0]) ? parse_columns(token, piece)
                                                         : parse_hex_string(token.substr(1), piece);
            if (!good) return invalid("COPY"_e, near);
            line = line.substr(end);
        }
        Fields fields(line);
        ParsedNumber const target = parse_decimal(fields.next());
        if (!target.valid || target.value == 0 || target.value > 65535)
            return invalid("COPY"_e, near);
        piece.target = target.value;
        list_[count_++] = piece;
        line = fields.rest();
    }
    return 0;
}

u32 Specifications::compose(Text input, std::span<u8> record, u32 length) const {
    for (u32 i = 0; i < count_; ++i) {
        const Specification& piece = list_[i];
        Text const from = piece.first == 0
                              ? Text(piece.text, piece.text_length)
                              : input.substr(piece.first - 1, piece.last - piece.first + 1);
        for (usize k = 0; k < from.size(); ++k) {
            usize const at = piece.target - 1 + k;
            if (at >= record.size()) break;
            record[at] = from[k];
            length = std::max(length, static_cast<u32>(at + 1));
        }
    }
    return length;
}

i32 Translation::add(Text line) {
    Fields fields(line);
    while (!fields.empty()) {
        u8 codes[2] = {};
        for (u8& code : codes) {
            Text const near = fields.rest(), token = fields.next();
            ParsedNumber const number = parse_hex(token);
            if (token.size() == 1)
                code = token[0];
            else if (token.size() == 2 && number.valid)
                code = static_cast<u8>(number.value);
            else
                return invalid("TRANSLATE"_e, near);
        }
        table_[codes[0]] = codes[1];
        any_ = true;
    }
    return 0;
}

template <typename List>
i32 ask(List& list, u32 number, Text what, bool prompt) {
    Line<40> question("ENTER "_e);
    question << what << " LIST:"_e;
    if (prompt) api::message(module, number, 'R'_e, question);
    Line<2000> all;
    for (bool more = true; more;) {
        u8 buffer[line_limit];
        Text line = api::read_line(buffer, api::Input::AsTyped);
        more = line.size() >= 2 && line.substr(line.size() - 2) == "++"_e;
        if (more) line = line.substr(0, line.size() - 2);
        all << line << ' '_e;
    }
    Text const text = all.text().without_leading_blanks().without_trailing_blanks();
    if (!text.empty()) return list.add(text);
    Message(module, 63, 'E'_e) << "NO "_e << what << " LIST ENTERED"_e;
    return api::rc::member;
}

template i32 ask(Specifications&, u32, Text, bool);
template i32 ask(Translation&, u32, Text, bool);

} // namespace cms::copyfile
