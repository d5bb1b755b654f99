// The right-hand side of an assignment, and the condition of &IF and &LOOP.
#pragma once

#include "cms/program/exec_symbols.h"

namespace cms {

// `tokens` from `first` on: a token, a sum of numbers, or a built-in function.
ExecError evaluate(const ExecSymbols& symbols, const ExecTokens& tokens, usize first,
                   Name8& result);

// Tokens `first` to `first` + 2: comparand, comparator, comparand.
ExecError test_condition(const ExecSymbols& symbols, const ExecTokens& tokens, usize first,
                         bool& holds);

} // namespace cms
