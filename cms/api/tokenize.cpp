#include "cms/api/command.h"

namespace cms::api {

usize tokenize(Text line, std::span<Name8> tokens) {
    usize count = 0, at = 0;
    while (at < line.size() && count < tokens.size()) {
        if (line[at] == ' '_e || line[at] == 0) {
            ++at;
            continue;
        }
        usize end = at + 1;
        bool const parenthesis = line[at] == '('_e || line[at] == ')'_e;
        while (!parenthesis && end < line.size() && line[end] != ' '_e && line[end] != 0 &&
               line[end] != '('_e && line[end] != ')'_e)
            ++end;
        Name8 token;
        for (usize i = 0; i < 8 && at + i < end; ++i) token.bytes[i] = ebcdic::upper(line[at + i]);
        tokens[count++] = token;
        at = end;
    }
    return count;
}

} // namespace cms::api
