#include "cms/commands/fileid.h"

namespace cms {

ModeOperand parse_mode(Text token, Text otherwise) {
    if (token.empty()) token = otherwise;
    bool const star = token == "*"_e;
    bool const letter = ebcdic::is_upper_letter(token.empty() ? ' '_e : token[0]);
    bool const number = token.size() == 2 && token[1] >= '0'_e && token[1] <= '6'_e;
    if (!star && !(letter && (token.size() == 1 || number))) return {};
    return {true, Name<2>(token)};
}

bool matches(const Name8& pattern, const Name8& name) {
    return is_any(pattern.text()) || pattern == name;
}

bool mode_matches(const Name<2>& pattern, const Name<2>& mode) {
    u8 const letter = pattern.bytes[0], number = pattern.bytes[1];
    if (letter != '*'_e && letter != ' '_e && letter != mode.bytes[0]) return false;
    return number == ' '_e || number == mode.bytes[1];
}

bool is_any(Text token) { return token == "*"_e; }

bool has_asterisk(const FileId& id) {
    return is_any(id.name.text()) || is_any(id.type.text()) || id.letter() == '*'_e;
}

} // namespace cms
