// The CMS EXEC interpreter (DMSEXT): runs the statements of an EXEC file.
//
// GC20-1819 VM/370 CMS User's Guide, "The EXEC Language". A statement that does
// not begin with a control word is a CMS command. Commands, the terminal and the
// program stack are reached through cms/api.
#pragma once

#include "cms/program/exec_loops.h"
#include "cms/program/exec_source.h"

namespace cms {

class Exec {
  public:
    Exec(const ExecSource& source, ExecGlobals& globals) : source_(source), symbols_(globals) {}

    // Runs EXEC `name` to its end. Its return code: that of &EXIT, 0 at the end of
    // the file, 801 to 819 after an error, which is told at the terminal.
    i32 run(Name8 name, std::span<const Name8> arguments);

  private:
    enum class Trace : u8 { Off, Error, Cms, All };

    ExecError step();
    ExecError execute(Text line);
    ExecError execute(const ExecTokens& tokens);
    ExecError control(const ExecTokens& tokens, bool& known);
    ExecError assign(const ExecTokens& tokens);
    ExecError command(const ExecTokens& tokens);
    ExecError after_error();

    ExecError set_arguments(const ExecTokens& tokens);
    ExecError begin_block(const ExecTokens& tokens);
    ExecError set_control(const ExecTokens& tokens);
    ExecError go_to(const ExecTokens& tokens);
    ExecError if_statement(const ExecTokens& tokens);
    ExecError loop(const ExecTokens& tokens);
    ExecError read(const ExecTokens& tokens);
    ExecError skip(const ExecTokens& tokens);
    ExecError space(const ExecTokens& tokens);
    ExecError stack(const ExecTokens& tokens);
    ExecError time(const ExecTokens& tokens);
    ExecError type(const ExecTokens& tokens);
    ExecError error_message(const ExecTokens& tokens);
    ExecError punch(const ExecTokens& tokens);
    ExecError hexadecimal(const ExecTokens& tokens);
    ExecError leave(const ExecTokens& tokens);

    void branch(u32 line);
    u32 find_label(Text label) const;
    ExecNumber number(const ExecTokens& tokens, usize which, i32 otherwise) const;
    void trace(const ExecTokens& tokens);
    void type_times();

    const ExecSource& source_;
    ExecSymbols symbols_;
    ExecLoops loops_;
    ExecTokens on_error_; // the action of &ERROR, not substituted
    u32 next_ = 1;
    bool in_sequence_ = true;
    bool done_ = false;
    bool in_error_action_ = false;
    Trace trace_ = Trace::Error;
    bool trace_time_ = false;
    bool messages_ = true;
    bool timing_ = false;
    u32 lines_to_read_ = 0; // &READ n: statements still to come from the terminal
    i32 exit_code_ = 0;
    Microseconds virtual_start_, total_start_;
};

} // namespace cms
