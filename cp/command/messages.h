// The numbered messages of CP (DMKEMA, DMKEMB, DMKEMC) and how SET EMSG shows them.
//
// A message is DMKxxxnnnT, a blank and its text: xxx the module, nnn the number, T
// what kind it is. The return code of a command through DIAGNOSE 8 is the number.
#pragma once

#include "cp/guest/virtual_machine.h"

namespace cp {

using MessageLine = Line<200>;

// `module`: three letters. Each ".." of the text takes the next insert; runs of
// blanks become one.
MessageLine compose_message(Text module, u16 number, Text a = {}, Text b = {}, Text c = {},
                            Text d = {});

// The part of a complete message that is shown; empty: none of it.
Text shown_part(Text message, ErrorMessages how);

} // namespace cp
