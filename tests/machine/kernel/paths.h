// One random program, run with the fast path of traps and without.
#pragma once

#include "tests/machine/kernel/machine.h"

namespace kernel_test {

// What is not the same afterwards; empty: nothing.
Task<Text> difference_of_paths(u32 seed);

} // namespace kernel_test
