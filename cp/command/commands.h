// The command language: which command a line asks for, and who may give it (DMKCFM).
//
// cp-commands section 1: the first entry of the table that matches, is at least its
// minimum long and that the user's classes allow; anything else is unknown.
#pragma once

#include "cp/command/caller.h"

namespace cp {

// Runs one command, `line` as typed. The value is the return code.
Task<u32> run_command(Caller caller, Text line);

// A command line in upper case.
using CommandLine = Line<240>;
CommandLine upper_case(Text text);

// The operands of a command. The Caller and the line stay for as long as its task.
using Command = Task<u32> (*)(const Caller& caller, Fields operands);

} // namespace cp
