#include "cms/commands/type.h"

#include "cms/commands/errors.h"
#include "cms/commands/fileid.h"
#include "cms/commands/library.h"
#include "cms/commands/record_reader.h"

namespace cms {
namespace {

constexpr Text module = "TYP"_e;

struct Request {
    FileState file;
    u32 first = 1, last = ~u32{0};
    u32 from_column = 1, to_column = ~u32{0};
    bool hexadecimal = false;
    Text member; // `*` for all, empty when the file itself is meant
};

i32 invalid_field(Text value, Text option) {
    Message(module, 29, 'E'_e) << "INVALID PARAMETER '"_e << value << "' IN THE OPTION '"_e
                               << option << "' FIELD"_e;
    return api::rc::parameter;
}

i32 unspecified(Text what) {
    Message(module, 5, 'E'_e) << "NO '"_e << what << "' SPECIFIED"_e;
    return api::rc::parameter;
}

// `m`, or `m-n` which may run over two tokens.
i32 parse_columns(const Parameters& parameters, usize& at, Request& request) {
    Line<24> spelled(parameters[at]);
    usize const end = parameters.size();
    // Eight characters to a token: `00001-00072` arrives cut, a number after it completes it.
    if (spelled.size() > 0 && spelled.text().back() == '-'_e && at + 1 < end)
        spelled << parameters[++at];
    Text const columns = spelled.text();
    usize dash = 0;
    while (dash < columns.size() && columns[dash] != '-'_e) ++dash;
    ParsedNumber const from = parse_decimal(columns.substr(0, dash));
    ParsedNumber to = parse_decimal(columns.substr(dash + 1));
    if (dash >= columns.size()) {
        to = parse_decimal(parameters[at + 1]);
        if (to.valid)
            ++at;
        else
            to = {true, ~u32{0}};
    }
    if (!from.valid || !to.valid || from.value == 0 || to.value < from.value)
        return invalid_field(columns, "COL"_e);
    request.from_column = from.value;
    request.to_column = to.value;
    return 0;
}

i32 parse_options(const Parameters& parameters, Request& request) {
    for (usize i = parameters.options() + 1; i < parameters.size(); ++i) {
        Text const option = parameters[i];
        if (option == ")"_e) break;
        if (option == "HEX"_e) {
            request.hexadecimal = true;
        } else if (option == "COL"_e) {
            if (++i >= parameters.size()) return unspecified("COL"_e);
            if (i32 const code = parse_columns(parameters, i, request)) return code;
        } else if (option == "MEMBER"_e || option == "MEM"_e) {
            if (++i >= parameters.size()) return unspecified("MEMBER"_e);
            request.member = parameters[i];
        } else {
            return errors::invalid_option(module, option);
        }
    }
    return 0;
}

i32 parse_lines(const Parameters& parameters, usize at, Request& request) {
    for (u32* line : {&request.first, &request.last}) {
        if (at >= parameters.options()) return 0;
        Text const token = parameters[at++];
        if (is_any(token)) continue;
        ParsedNumber const number = parse_decimal(token);
        if (!number.valid || number.value == 0) {
            Message(module, 49, 'E'_e) << "INVALID LINE NUMBER '"_e << token << "'"_e;
            return api::rc::parameter;
        }
        *line = number.value;
    }
    if (at < parameters.options()) {
        Message(module, 29, 'E'_e) << "INVALID PARAMETER '"_e << parameters[at] << "'"_e;
        return api::rc::parameter;
    }
    return 0;
}

i32 parse(const Parameters& parameters, Request& request) {
    usize const operands = parameters.options();
    if (operands < 2) return errors::incomplete_fileid(module);
    FileId id{Name8(parameters[0]), Name8(parameters[1]), {}};
    if (is_any(parameters[0]) || is_any(parameters[1])) {
        api::message(module, 62, 'E'_e, "INVALID * IN FILEID"_e);
        return api::rc::invalid_fileid;
    }
    // A record number may follow the filetype at once.
    bool const number = operands > 2 && ebcdic::is_digit(parameters[2][0]);
    ModeOperand const mode = parse_mode(number || operands < 3 ? Text{} : parameters[2], "*"_e);
    if (!mode.valid) return errors::invalid_mode(module, parameters[2]);
    id.mode = mode.mode;
    if (i32 const code = parse_lines(parameters, number ? 2 : 3, request)) return code;
    if (i32 const code = parse_options(parameters, request)) return code;
    if (i32 const code = api::state(id, request.file))
        return errors::state_failed(module, code, id);
    if (request.from_column > request.file.record_length && request.file.records > 0) {
        (Message(module, 9, 'E'_e) << "COLUMN '"_e).decimal(request.from_column)
            << "' EXCEEDS RECORD LENGTH"_e;
        return api::rc::parameter;
    }
    return 0;
}

void type_hexadecimal(Text record, u32 number) {
    Line<line_limit> heading("RECORD "_e);
    heading.decimal(number, 5) << " LENGTH="_e;
    heading.decimal(record.size(), 5);
    api::type_line(heading);
    for (usize at = 0; at < record.size(); at += 16) {
        Line<line_limit> line;
        for (usize i = at; i < std::min(at + 16, record.size()); ++i) {
            if (i % 4 == 0 && i > at) line << ' '_e;
            line.hex(record[i], 2);
        }
        api::type_line(line);
    }
    api::type_line({});
}

void type_record(Text record, const Request& request, u32 number) {
    record = record.substr(request.from_column - 1, request.to_column - request.from_column + 1);
    if (request.hexadecimal) return type_hexadecimal(record, number);
    do {
        api::type_line(record.substr(0, line_limit)); // long records take several lines
        record = record.substr(line_limit);
    } while (!record.without_trailing_blanks().empty());
}

i32 type_records(const Request& request) {
    RecordReader reader(request.file, request.first);
    if (!reader.ok()) return errors::no_storage(module);
    while (reader.number() < request.last) {
        Text record;
        i32 const code = reader.next(record);
        if (code == api::rc::end_of_file) break;
        if (code != 0) return errors::reading(module, code, request.file.id);
        if (library::ends_member(record) && !request.member.empty()) break;
        type_record(record, request, reader.number());
    }
    return 0;
}

i32 type_members(Request request) {
    Library library;
    FileId const id = request.file.id;
    i32 code = library.open(request.file);
    if (code == library::not_a_library) {
        Message(module, 33, 'E'_e) << "FILE '"_e << api::spell(id) << "' IS NOT A LIBRARY"_e;
        return api::rc::format;
    }
    if (code != 0) return errors::reading(module, code, id);
    if (library.count() == 0) {
        Message(module, 39, 'E'_e) << "NO ENTRIES IN LIBRARY '"_e << api::spell(id) << "'"_e;
        return api::rc::format;
    }
    bool found = false;
    for (u32 i = 0; i < library.count(); ++i) {
        if (!matches(Name8(request.member), library.name(i))) continue;
        found = true;
        request.first = library.first_record(i);
        request.last = ~u32{0};
        code = type_records(request);
        if (code != 0) return code;
    }
    if (found) return 0;
    Message(module, 13, 'E'_e) << "MEMBER '"_e << request.member << "' NOT FOUND IN LIBRARY"_e;
    return api::rc::format;
}

} // namespace
} // namespace cms

i32 type_command(const cms::Parameters& parameters) {
    cms::Request request;
    if (i32 const code = cms::parse(parameters, request)) return code;
    cms::api::type_line({});
    return request.member.empty() ? cms::type_records(request) : cms::type_members(request);
}
