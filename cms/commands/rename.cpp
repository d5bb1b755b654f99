#include "cms/commands/rename.h"

#include "cms/commands/errors.h"
#include "cms/commands/file_set.h"

namespace cms {
namespace {

constexpr Text module = "RNM"_e;

// `=` and, where the old part is `*`, `*` keep that part of the old file's identifier.
Name8 renamed(const Name8& wanted, const Name8& old) {
    return wanted.text() == "="_e || is_any(wanted.text()) ? old : wanted;
}

struct Request {
    FileId from;
    Name8 to_name, to_type, to_mode;
    bool type = false;
};

i32 bad_mode(Text mode) {
    Message(module, 48, 'E'_e) << "INVALID FILE MODE '"_e << mode << "'"_e;
    return api::rc::parameter;
}

i32 parse(const Parameters& parameters, Request& request) {
    usize const operands = parameters.options();
    if (operands < 6) return errors::incomplete_fileid(module);
    if (operands > 6) return errors::invalid_parameter(module, parameters[6]);
    ModeOperand const mode = parse_mode(parameters[2], {});
    if (!mode.valid) return bad_mode(parameters[2]);
    request.from = {Name8(parameters[0]), Name8(parameters[1]), mode.mode};
    request.to_name = parameters[3];
    request.to_type = parameters[4];
    request.to_mode = parameters[5];
    bool const star_name = is_any(parameters[3]) && !is_any(parameters[0]);
    bool const star_type = is_any(parameters[4]) && !is_any(parameters[1]);
    if (star_name || star_type || is_any(parameters[5])) {
        api::message(module, 62, 'E'_e, "INVALID '*' IN OUTPUT FILEID"_e);
        return api::rc::invalid_fileid;
    }
    if (!(parameters[5] == "="_e) && !parse_mode(parameters[5], {}).valid)
        return bad_mode(parameters[5]);
    for (usize i = 7; i < parameters.size() && !(parameters[i] == ")"_e); ++i) {
        Text const option = parameters[i];
        if ("TYPE"_e.starts_with(option))
            request.type = true;
        else if (option.size() > 2 && "NOTYPE"_e.starts_with(option))
            request.type = false;
        else if (!("UPDIRT"_e.starts_with(option) || "NOUPDIRT"_e.starts_with(option)))
            return errors::invalid_option(module, option);
    }
    return 0;
}

i32 rename_one(const FileState& file, const Request& request) {
    FileId to{renamed(request.to_name, file.id.name), renamed(request.to_type, file.id.type),
              file.id.mode};
    if (!(request.to_mode.text() == "="_e)) {
        // Only the number can change: the file stays where it is.
        if (request.to_mode.bytes[0] != file.id.letter()) {
            api::message(module, 51, 'E'_e, "INVALID MODE CHANGE"_e);
            return api::rc::parameter;
        }
        if (request.to_mode.text().size() == 2) to.mode = request.to_mode.text();
    }
    if (to == file.id) {
        api::message(module, 19, 'E'_e, "IDENTICAL FILEIDS"_e);
        return api::rc::parameter;
    }
    if (!file.writable) return errors::read_only(module, file.id.letter());
    FileState other;
    FileId probe = to;
    probe.mode.bytes[1] = ' '_e;
    bool const same_name = to.name == file.id.name && to.type == file.id.type;
    if (!same_name && api::state(probe, other) == 0) {
        Message(module, 24, 'E'_e) << "FILE '"_e << api::spell(to) << "' ALREADY EXISTS"_e;
        return api::rc::not_found;
    }
    switch (i32 const code = api::rename(file.id, to)) {
    case 0: break;
    case 40:
        Message(module, 30, 'E'_e) << "FILE '"_e << api::spell(file.id) << "' ALREADY ACTIVE"_e;
        return api::rc::not_found;
    case api::rc::invalid_fileid:
    case api::rc::parameter:
        Message(module, 62, 'E'_e) << "INVALID CHARACTER IN FILEID '"_e << api::spell(to) << "'"_e;
        return api::rc::invalid_fileid;
    case api::rc::disk: return errors::read_only(module, file.id.letter());
    case api::rc::not_found: return errors::not_found(module, file.id);
    default: return errors::writing(module, code, file.id);
    }
    if (request.type) api::type_line(api::spell(to));
    return 0;
}

} // namespace
} // namespace cms

i32 rename_command(const cms::Parameters& parameters) {
    using namespace cms;
    Request request;
    if (i32 const code = parse(parameters, request)) return code;
    FileSet files;
    i32 code = files.collect(request.from);
    if (code == api::rc::disk) return errors::not_accessed(module, request.from.letter());
    if (code != 0) return errors::no_storage(module);
    if (files.size() == 0) return errors::not_found(module, request.from);
    for (u32 i = 0; i < files.size() && code == 0; ++i) code = rename_one(files[i], request);
    return code;
}
