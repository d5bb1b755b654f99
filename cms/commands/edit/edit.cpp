#include "cms/commands/edit/edit.h"

#include "cms/commands/edit/editor.h"
#include "cms/commands/errors.h"
#include "cms/commands/fileid.h"

namespace cms {
namespace {

constexpr Text module = "EDX"_e;
constexpr u32 longest_record = 160;

struct Request {
    FileId id;
    u32 record_length = 0;
    bool no_display = false;
};

i32 parse(const Parameters& parameters, Request& request) {
    usize const operands = parameters.options();
    if (operands < 2) return errors::incomplete_fileid(module);
    if (operands > 3) return errors::invalid_parameter(module, parameters[3]);
    ModeOperand const mode = parse_mode(operands > 2 ? parameters[2] : Text{}, "*"_e);
    if (!mode.valid) return errors::invalid_mode(module, parameters[2]);
    request.id = {Name8(parameters[0]), Name8(parameters[1]), mode.mode};
    for (usize i = operands + 1; i < parameters.size() && !(parameters[i] == ")"_e); ++i) {
        Text const option = parameters[i];
        if (option == "NODISP"_e) {
            request.no_display = true;
        } else if (option == "LRECL"_e) {
            Text const value = parameters[++i];
            ParsedNumber const length = parse_decimal(value);
            if (!length.valid || length.value == 0) {
                Message(module, 29, 'E'_e)
                    << "INVALID PARAMETER '"_e << value << "' IN THE OPTION 'LRECL' FIELD"_e;
                return api::rc::parameter;
            }
            request.record_length = length.value;
        } else
            return errors::invalid_option(module, option);
    }
    return 0;
}

i32 too_long() {
    api::message(module, 44, 'E'_e, "RECORD LENGTH EXCEEDS ALLOWABLE MAXIMUM"_e);
    return api::rc::conflict;
}

i32 edit_file(const Request& request) {
    FileState file;
    i32 const code = api::state(request.id, file);
    if (code != 0 && code != api::rc::not_found)
        return errors::state_failed(module, code, request.id);
    bool const is_new = code != 0;
    FileId id = is_new ? request.id : file.id;
    if (id.letter() == '*'_e) id.mode = "A1"_e;
    if (id.mode.bytes[1] == ' '_e) id.mode.bytes[1] = '1'_e;

    edit::Settings settings = edit::settings_for(id, request.record_length);
    if (!is_new) {
        u32 const length = file.record_length;
        // A V file may grow; an F file keeps its length.
        if (file.recfm == 'V'_e || request.record_length == 0) {
            u32 const wanted = std::max(file.recfm == 'V'_e ? settings.record_length : 0, length);
            settings = edit::settings_for(id, std::max(wanted, request.record_length));
        }
        settings.recfm = file.recfm;
        settings.serial = settings.serial && file.recfm == 'F'_e && settings.record_length == 80;
    }
    if (settings.record_length > longest_record) return too_long();

    api::Array<u8> room; // the editor is too large for the stack
    if (!room.resize(sizeof(edit::Editor))) return errors::no_storage(module);
    bool const display = !request.no_display && api::is_display();
    auto* const editor = new (room.data()) edit::Editor(id, settings, display);
    i32 result = is_new ? 0 : editor->load(file);
    if (result == 0) {
        editor->open(is_new);
        result = editor->run();
        if (display) api::clear_display();
    }
    editor->~Editor();
    return result;
}

} // namespace
} // namespace cms

i32 edit_command(const cms::Parameters& parameters) {
    cms::Request request;
    if (i32 const code = cms::parse(parameters, request)) return code;
    return cms::edit_file(request);
}
