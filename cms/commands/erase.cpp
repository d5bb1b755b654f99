#include "cms/commands/erase.h"

#include "cms/commands/errors.h"
#include "cms/commands/file_set.h"

namespace cms {
namespace {

constexpr Text module = "ERS"_e;

i32 not_found() {
    api::message(module, 2, 'E'_e, "FILE NOT FOUND"_e);
    return api::rc::not_found;
}

i32 erase_failed(i32 code, const FileState& file) {
    switch (code) {
    case api::rc::not_found: return not_found();
    case api::rc::disk: return errors::read_only(module, file.id.letter());
    default:
        (Message(module, 105, 'S'_e) << "ERROR '"_e).decimal(u32(code))
            << "' ERASING FILE '"_e << api::spell(file.id) << "'"_e;
        return code;
    }
}

i32 erase(const FileId& pattern, bool type) {
    FileSet files;
    i32 code = files.collect(pattern);
    if (code == api::rc::disk) return errors::not_accessed(module, pattern.letter());
    if (code != 0) return errors::no_storage(module);
    u32 erased = 0;
    const FileState* refused = nullptr;
    for (u32 i = 0; i < files.size(); ++i) {
        if (!files[i].writable) {
            refused = &files[i];
            continue;
        }
        code = api::erase(files[i].id);
        if (code != 0) return erase_failed(code, files[i]);
        ++erased;
        if (type) api::type_line(api::spell(files[i].id));
    }
    if (erased > 0) return 0;
    return refused != nullptr ? errors::read_only(module, refused->id.letter()) : not_found();
}

} // namespace
} // namespace cms

i32 erase_command(const cms::Parameters& parameters) {
    using namespace cms;
    usize const operands = parameters.options();
    if (operands < 2) return errors::incomplete_fileid(module);
    if (operands > 3) return errors::invalid_parameter(module, parameters[3]);
    ModeOperand const mode = parse_mode(operands > 2 ? parameters[2] : Text{}, "A"_e);
    if (!mode.valid) return errors::invalid_mode(module, parameters[2]);
    bool type = false;
    for (usize i = operands + 1; i < parameters.size() && !(parameters[i] == ")"_e); ++i) {
        Text const option = parameters[i];
        if ("TYPE"_e.starts_with(option))
            type = true;
        else if (option.size() > 2 && "NOTYPE"_e.starts_with(option))
            type = false;
        else
            return errors::invalid_option(module, option);
    }
    FileId const pattern{Name8(parameters[0]), Name8(parameters[1]), mode.mode};
    if (is_any(parameters[0]) && is_any(parameters[1]) && pattern.number() == ' '_e) {
        Message(module, 71, 'E'_e) << "ERASE * * "_e << pattern.mode << " NOT ALLOWED"_e;
        return api::rc::parameter;
    }
    return erase(pattern, type);
}
