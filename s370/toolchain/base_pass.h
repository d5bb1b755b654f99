// Who sets r12, the base of the code page, and who gives the caller's back.
//
// Entry: ST 12,48(15); BALR 12,0, or only the BALR behind a STM that saves r12 itself.
// Exit: L 12,48(15) before the branch, unless a LM has just restored r12.
// A function without branch or literal keeps away from r12.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "s370/toolchain/code.h"
#include "s370/toolchain/diagnostics.h"

namespace toolchain {

struct BasedCode {
    std::vector<Unit> units;
    bool based = false;
    std::size_t entry = 0; // the unit whose BALR sets r12; pages begin behind it
};

// `targets`: labels of the function that control may come to from elsewhere.
// `always`: give it a base even if nothing needs one yet.
[[nodiscard]] BasedCode set_base(std::vector<Unit> units, std::set<std::string> const& targets,
                                 bool always, Diagnostics& diagnostics);

} // namespace toolchain
