#include "cms/commands/compare.h"

#include "cms/commands/errors.h"
#include "cms/commands/fileid.h"
#include "cms/commands/record_reader.h"

namespace cms {
namespace {

constexpr Text module = "CMP"_e;
constexpr i32 unequal = 4;

struct Request {
    FileId ids[2];
    FileState files[2];
    u32 first = 1, last = ~u32{0};
};

i32 parse_column(Text token, Request& request) {
    usize dash = 0;
    while (dash < token.size() && token[dash] != '-'_e) ++dash;
    ParsedNumber const first = parse_decimal(token.substr(0, dash));
    ParsedNumber last{true, ~u32{0}};
    if (dash + 1 < token.size()) last = parse_decimal(token.substr(dash + 1));
    if (!first.valid || !last.valid || first.value == 0) {
        Message(module, 29, 'E'_e) << "INVALID PARAMETER '"_e << token << "' IN THE COLUMN FIELD"_e;
        return api::rc::parameter;
    }
    if (last.value < first.value) {
        api::message(module, 211, 'E'_e, "COLUMN FIELDS OUT OF SEQUENCE"_e);
        return api::rc::parameter;
    }
    request.first = first.value;
    request.last = last.value;
    return 0;
}

i32 parse_options(const Parameters& parameters, Request& request) {
    for (usize i = parameters.options() + 1; i < parameters.size() && !(parameters[i] == ")"_e);
         ++i) {
        if (!(parameters[i] == "COL"_e)) return errors::invalid_option(module, parameters[i]);
        if (++i >= parameters.size()) {
            api::message(module, 5, 'E'_e, "NO COLUMN SPECIFIED"_e);
            return api::rc::parameter;
        }
        if (i32 const code = parse_column(parameters[i], request)) return code;
    }
    return 0;
}

i32 parse(const Parameters& parameters, Request& request) {
    usize const operands = parameters.options();
    if (operands < 6) return errors::incomplete_fileid(module);
    if (operands > 6) return errors::invalid_parameter(module, parameters[6]);
    for (u32 i = 0; i < 2; ++i) {
        auto part = [&](u32 which) {
            Text const token = parameters[3 * i + which];
            return i == 1 && token == "="_e ? parameters[which] : token;
        };
        ModeOperand const mode = parse_mode(part(2), {});
        if (!mode.valid) return errors::invalid_mode(module, part(2));
        request.ids[i] = {Name8(part(0)), Name8(part(1)), mode.mode};
        if (is_any(part(0)) || is_any(part(1))) {
            api::message(module, 62, 'E'_e, "INVALID * IN FILEID"_e);
            return api::rc::invalid_fileid;
        }
        if (i32 const code = api::state(request.ids[i], request.files[i]))
            return errors::state_failed(module, code, request.ids[i]);
    }
    if (request.files[0].id == request.files[1].id) {
        api::message(module, 19, 'E'_e, "IDENTICAL FILEIDS"_e);
        return api::rc::parameter;
    }
    return parse_options(parameters, request);
}

i32 compare(const Request& request) {
    const FileState &a = request.files[0], &b = request.files[1];
    Message(module, 179, 'I'_e) << "COMPARING '"_e << api::spell(a.id) << "' WITH '"_e
                                << api::spell(b.id) << "'"_e;
    bool const columns = request.last != ~u32{0} || request.first != 1;
    if (a.recfm != b.recfm ||
        (a.recfm == 'F'_e && !columns && a.record_length != b.record_length)) {
        api::message(module, 11, 'E'_e, "CONFLICTING FILE FORMATS"_e);
        return api::rc::format;
    }
    RecordReader readers[2] = {RecordReader(a), RecordReader(b)};
    if (!readers[0].ok() || !readers[1].ok()) return errors::no_storage(module);
    i32 result = 0;
    for (;;) {
        Text records[2];
        i32 codes[2];
        for (u32 i = 0; i < 2; ++i) {
            codes[i] = readers[i].next(records[i]);
            if (codes[i] != 0 && codes[i] != api::rc::end_of_file)
                return errors::reading(module, codes[i], request.files[i].id);
            records[i] = records[i].substr(request.first - 1, request.last - request.first + 1);
        }
        if (codes[0] != codes[1]) {
            u32 const shorter = codes[0] != 0 ? 0 : 1;
            Message(module, 10, 'E'_e)
                << "PREMATURE EOF ON FILE '"_e << api::spell(request.files[shorter].id) << "'"_e;
            return api::rc::member;
        }
        if (codes[0] != 0) break;
        if (records[0] == records[1]) continue;
        for (Text record : records) api::type_line(record.substr(0, line_limit));
        result = unequal;
    }
    if (result != 0) api::message(module, 209, 'W'_e, "FILES DO NOT COMPARE"_e);
    return result;
}

} // namespace
} // namespace cms

i32 compare_command(const cms::Parameters& parameters) {
    cms::Request request;
    if (i32 const code = cms::parse(parameters, request)) return code;
    return cms::compare(request);
}
