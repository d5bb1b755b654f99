// File identifiers as operands: fn ft fm, with `*` for any and `=` for the same.
#pragma once

#include "cms/commands/command.h"

namespace cms {

// A filemode as an operand: a letter, a letter and a digit, or `*`; blank stands for `otherwise`.
struct ModeOperand {
    bool valid = false;
    Name<2> mode;
};
ModeOperand parse_mode(Text token, Text otherwise);

// True when `pattern` is `*` or the same.
bool matches(const Name8& pattern, const Name8& name);
// `*`, blank, a letter, or a letter and a number, against a file's mode and the
// letter of the disk that its disk extends.
bool mode_matches(const Name<2>& pattern, const Name<2>& mode);

bool is_any(Text token);
bool has_asterisk(const FileId& id);

} // namespace cms
