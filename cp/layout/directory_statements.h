// The statements of USER DIRECT, one line each (DMKDIR).
//
// GC20-1806-era VM/370 "Planning and System Generation Guide", "Creating Your VM/370
// Directory". Columns 1 to 71; operands are positional, separated by blanks. A line
// that is blank or begins with an asterisk is a comment. Lower case is accepted.
#pragma once

#include "cp/layout/directory.h"

#include "s370/base/result.h"

namespace cp::directory {

constexpr usize source_columns = 71;

// A message of DMKDIR, by its number; `operand` is the text it shows, or empty.
struct Fault {
    u16 number = 0;
    Name8 operand;
};
constexpr u16 invalid_operand = 751, sequence_error = 752, operand_missing = 753,
              duplicate_unit = 758, not_enough_space = 760, directory_missing = 762;

enum class Keyword : u8 {
    Comment,
    Directory,
    User,
    Account,
    Option,
    Ipl,
    Console,
    Minidisk,
    Spool,
    Dedicate,
    Link,
    Special
};
constexpr bool describes_device(Keyword keyword) { return keyword >= Keyword::Console; }

// DIRECTORY cuu devtype volser
struct Target {
    u16 address = 0;
    u16 type = 0;
    Name<6> volume;
};

// A source line in upper case, cut at column 71.
using SourceLine = Line<source_columns>;
SourceLine source_line(Text text);

using Parsed = Result<Nothing, Fault>;

// Takes the keyword off `fields`.
Result<Keyword, Fault> parse_keyword(Fields& fields);

Parsed parse_directory(Fields& fields, Target& target);
// Sets every field of `user`, with the defaults of those left out.
Parsed parse_user(Fields& fields, UserEntry& user);
// ACCOUNT, OPTION and IPL add to the user.
Parsed parse_user_statement(Keyword keyword, Fields& fields, UserEntry& user);
// CONSOLE, MDISK, SPOOL, DEDICATE, LINK and SPECIAL. Sets every field.
Parsed parse_device(Keyword keyword, Fields& fields, DeviceEntry& device);

} // namespace cp::directory
