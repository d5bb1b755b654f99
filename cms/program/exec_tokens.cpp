#include "cms/program/exec_tokens.h"

namespace cms {

ExecError ExecTokens::scan(Text line) {
    clear();
    usize at = 0;
    while (at < line.size()) {
        if (line[at] == ' '_e) {
            ++at;
            continue;
        }
        usize end = at + 1;
        if (line[at] != '('_e && line[at] != ')'_e)
            while (end < line.size() && line[end] != ' '_e && line[end] != '('_e &&
                   line[end] != ')'_e)
                ++end;
        if (count_ == limit) return ExecError::TooManyTokens;
        add(line.substr(at, end - at));
        at = end;
    }
    return ExecError::None;
}

ExecTokens ExecTokens::from(usize first) const {
    ExecTokens rest;
    for (usize i = first; i < count_; ++i) rest.add((*this)[i]);
    return rest;
}

Line<130> ExecTokens::joined(usize first) const {
    Line<130> line;
    for (usize i = first; i < count_; ++i) {
        if (i > first) line << ' '_e;
        line << (*this)[i];
    }
    return line;
}

} // namespace cms
