#include "cp/io/line_editing.h"

namespace cp {
namespace {

constexpr u8 tab = 0x05;

// Zero never matches: the function is off.
bool is(u8 c, u8 function) { return function != 0 && c == function; }

} // namespace

EditedLine edit_line(Text typed, const LineEditing& editing) {
    EditedLine result;
    u8 edited[longest_input];
    usize n = 0;

    for (usize i = 0; i < typed.size(); ++i) {
        u8 c = typed[i];
        result.used = i + 1;
        if (editing.active) {
            if (is(c, editing.line_end)) {
                result.more = true;
                break;
            }
            if (is(c, editing.character_delete)) {
                if (n > 0) --n;
                continue;
            }
            if (is(c, editing.line_delete)) {
                n = 0;
                continue;
            }
            if (is(c, editing.escape)) {
                if (i + 1 == typed.size()) break;
                c = typed[++i];
                result.used = i + 1;
            } else if (is(c, editing.tab)) {
                c = tab;
            }
        }
        if (n < longest_input) edited[n++] = c;
    }
    result.line << Text{edited, n};
    return result;
}

bool calls_cp(Text typed, const LineEditing& editing, Text& command) {
    if (!editing.active || typed.size() < 3 || !is(typed[0], editing.line_end)) return false;
    if (ebcdic::upper(typed[1]) != 'C'_e || ebcdic::upper(typed[2]) != 'P'_e) return false;
    if (typed.size() > 3 && typed[3] != ' '_e) return false;
    command = typed.substr(3).without_leading_blanks();
    return true;
}

} // namespace cp
