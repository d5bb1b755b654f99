#include "cms/api/message.h"

namespace cms::api {

void message(Text module, u32 number, u8 letter, Text text) {
    type_message(spell_message(module, number, letter, text));
}

Line<30> spell(const FileId& id) {
    Line<30> line;
    for (Text part : {id.name.text(), id.type.text(), id.mode.text()}) {
        if (part.empty()) continue;
        if (line.size() > 0) line << ' '_e;
        line << part;
    }
    return line;
}

} // namespace cms::api
