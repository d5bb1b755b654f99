// What a symbol of a CMS EXEC stands for: arguments, special variables, the
// user's variables; and their substitution in tokens.
#pragma once

#include "cms/program/exec_error.h"
#include "cms/program/exec_number.h"
#include "cms/program/exec_tokens.h"
#include "cms/program/exec_variables.h"

namespace cms {

// &GLOBAL0 to &GLOBAL9 and the depth of nesting, shared by an EXEC and those it calls.
struct ExecGlobals {
    i32 value[10] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    u32 depth = 0;
};

class ExecSymbols {
  public:
    static constexpr usize most_arguments = 30;

    explicit ExecSymbols(ExecGlobals& globals) : globals_(globals) {}

    // &0: the name that the EXEC was called by.
    Name8 name;
    i32 return_code = 0;
    u32 line_number = 0;
    bool hexadecimal = false; // &HEX ON

    ExecError set_arguments(std::span<const Name8> arguments);
    usize argument_count() const { return argument_count_; }
    Text argument(usize number) const { return arguments_[number].text(); } // 1...

    // Replaces every symbol in `token`, the rightmost first. Undefined ones vanish.
    // `from`: an ampersand before this column stays.
    ExecError substitute(Text token, Name8& result, usize from = 0) const;
    // The tokens from `first` on, substituted; those that become null are left out.
    ExecError substitute(const ExecTokens& tokens, usize first, ExecTokens& result) const;

    ExecError assign(Text name, Text value);
    bool defined(Text name) const;

  private:
    bool special(Text name, Name8& value) const;
    bool disk_symbol(Text name, Name8& value) const;
    Name8 lookup(Text name) const;

    ExecGlobals& globals_;
    ExecVariables variables_;
    Name8 arguments_[most_arguments + 1];
    usize argument_count_ = 0;
};

// True for words that keep their ampersand: control words and built-in functions.
bool is_exec_keyword(Text token);

} // namespace cms
