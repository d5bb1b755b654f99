// Coverage: one MVI at each start of a source line or basic block.
//
// MVI n(12),X'FF' keeps the condition code and needs only r12, which points to the page.
// The bytes stand in the page's literal pool; section .coverage_map, which is not loaded,
// tells each one's address and line. Nothing is recorded before the function has set r12,
// nor behind a LM that has given it back.
#pragma once

#include <map>
#include <set>
#include <string>

#include "s370/toolchain/base_pass.h"

namespace toolchain {

// The file's .file directives, by number.
using SourceFiles = std::map<int, std::string>;

void note_source_file(std::string const& directive, SourceFiles& files);

// Adds the MVIs. `targets`: labels where basic blocks begin.
void add_coverage(BasedCode& code, std::set<std::string> const& targets, SourceFiles const& files);

} // namespace toolchain
