#include "cms/commands/errors.h"

namespace cms::errors {

i32 invalid_option(Text module, Text option) {
    Message(module, 3, 'E'_e) << "INVALID OPTION '"_e << option << "'"_e;
    return api::rc::parameter;
}

i32 invalid_parameter(Text module, Text parameter) {
    Message(module, 70, 'E'_e) << "INVALID PARAMETER '"_e << parameter << "'"_e;
    return api::rc::parameter;
}

i32 incomplete_fileid(Text module) {
    api::message(module, 54, 'E'_e, "INCOMPLETE FILEID SPECIFIED"_e);
    return api::rc::parameter;
}

i32 invalid_mode(Text module, Text mode) {
    Message(module, 48, 'E'_e) << "INVALID MODE '"_e << mode << "'"_e;
    return api::rc::parameter;
}

i32 not_accessed(Text module, u8 letter) {
    Message(module, 69, 'E'_e) << "DISK '"_e << letter << "' NOT ACCESSED"_e;
    return api::rc::disk;
}

i32 read_only(Text module, u8 letter) {
    Message(module, 37, 'E'_e) << "DISK '"_e << letter << "' IS READ/ONLY"_e;
    return api::rc::disk;
}

i32 not_found(Text module, const FileId& id) {
    Message(module, 2, 'E'_e) << "FILE '"_e << api::spell(id) << "' NOT FOUND"_e;
    return api::rc::not_found;
}

i32 reading(Text module, i32 code, const FileId& id) {
    (Message(module, 104, 'S'_e) << "ERROR '"_e).decimal(u64(code))
        << "' READING FILE '"_e << api::spell(id) << "' FROM DISK"_e;
    return api::rc::device;
}

i32 writing(Text module, i32 code, const FileId& id) {
    (Message(module, 105, 'S'_e) << "ERROR '"_e).decimal(u64(code))
        << "' WRITING FILE '"_e << api::spell(id) << "' ON DISK"_e;
    return api::rc::device;
}

i32 no_storage(Text module) {
    api::message(module, 109, 'S'_e, "VIRTUAL STORAGE CAPACITY EXCEEDED"_e);
    return api::rc::storage;
}

i32 state_failed(Text module, i32 code, const FileId& id) {
    switch (code) {
    case api::rc::invalid_fileid:
        Message(module, 62, 'E'_e) << "INVALID CHARACTER IN FILEID '"_e << api::spell(id) << "'"_e;
        return code;
    case api::rc::parameter: return invalid_mode(module, id.mode.text());
    case api::rc::disk: return not_accessed(module, id.letter());
    default: return not_found(module, id);
    }
}

} // namespace cms::errors
