#include "cms/api/message.h"

namespace cms::api {

void message(Text module, u32 number, u8 letter, Text text) {
    Line<line_limit> line;
    line << "DMS"_e << module;
    line.decimal(number, 3) << letter << ' '_e << text;
    // Messages are sentences; questions and headings of lists are not.
    if (!text.empty() && text.back() != '.'_e && text.back() != ':'_e) line << '.'_e;
    type_message(line);
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
