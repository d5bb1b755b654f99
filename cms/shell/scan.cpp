#include "cms/shell/scan.h"

#include "cms/base/storage.h"
#include "cms/layout/plists.h"

namespace cms {
namespace {

constexpr bool is_parenthesis(u8 c) { return c == '('_e || c == ')'_e; }
constexpr bool is_blank(u8 c) { return c == ' '_e || c == 0; }

// Length of the token at the front of `rest`, which does not begin with a blank.
usize token_length(Text rest) {
    if (is_parenthesis(rest[0])) return 1;
    usize n = 1;
    while (n < rest.size() && !is_blank(rest[n]) && !is_parenthesis(rest[n])) ++n;
    return n;
}

} // namespace

usize scan(Text line) {
    Nucon& page0 = nucon();
    line = line.substr(0, sizeof page0.cmndline);
    std::fill_n(page0.cmndline, sizeof page0.cmndline, ' '_e);
    std::copy_n(line.data(), line.size(), page0.cmndline);
    page0.exec_token = "EXEC"_e;

    constexpr usize most = sizeof page0.cmndlist / 8 - 1;
    auto* const tokens = reinterpret_cast<Name8*>(page0.cmndlist);
    Text const text(page0.cmndline, line.size());
    usize count = 0, at = 0, command = 0, behind = 0;
    while (at < text.size() && count < most) {
        if (is_blank(text[at])) {
            ++at;
            continue;
        }
        usize const length = token_length(text.substr(at));
        Name8 token(text.substr(at, length));
        for (u8& c : token.bytes) c = ebcdic::upper(c);
        if (count == 0) {
            command = at;
            behind = at + length;
        }
        tokens[count++] = token;
        at += length;
    }
    std::fill_n(tokens[count].bytes, 8, u8{0xFF});

    u32 const base = address_of(page0.cmndline);
    page0.nucplist[0] = base + static_cast<u32>(command);
    page0.nucplist[1] = base + static_cast<u32>(behind);
    page0.nucplist[2] = base + static_cast<u32>(text.size());
    page0.nucplist[3] = 0u;
    return count;
}

} // namespace cms
