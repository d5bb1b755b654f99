// An independent look at what lowering wrote, before the assembler sees it.
//
// Reads the output text again, knowing nothing of how it came about:
// - every instruction is System/370, or data with a symbol;
// - abstract interpretation of r12 from each function's entry: wherever a displacement
//   is relative to a page (L-P(%r12)), r12 holds exactly P, on every path;
// - at every exit r12 is the caller's again, or the caller's value was saved in 48(15)
//   before r12 changed, and nothing else was ever stored over it there;
// - every such displacement is 0 to 4095 and stays within the function.
#pragma once

#include <string_view>

#include "s370/toolchain/diagnostics.h"

namespace toolchain {

// Errors carry line numbers of `output`.
void verify(std::string_view output, Diagnostics& diagnostics);

} // namespace toolchain
