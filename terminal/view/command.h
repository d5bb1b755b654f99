// Commands as text, `Name(argument,"argument with blanks")`, several in a line: of keys, the
// panel and the command line, and the actions of scripts.
//
// The grammar is that of s3270 4: in brackets, quotation marks around what has commas,
// brackets or blanks in it, and \" \\ \n \r \t \b \f inside them; what only String() knows,
// \pf1 and the like, stays as it is.
#pragma once

#include "s370/base/types.h"

#include <string>
#include <string_view>
#include <vector>

namespace terminal {

struct Command {
    std::string name; // as it was written
    std::vector<std::string> arguments;
    friend bool operator==(const Command&, const Command&) = default;
    std::string text() const; // as it could be written
};

struct Commands {
    std::vector<Command> list; // those before the mistake
    std::string wrong;         // what it is; else empty
};

// What stands behind a name without brackets.
enum class Unbracketed : u8 {
    Commands,  // in keymaps: Home Enter
    Arguments, // in scripts: Connect host:3270
};
Commands parse_commands(std::string_view text, Unbracketed unbracketed = Unbracketed::Commands);

// Whether `name` is what `known` is, whatever the case.
bool same_name(std::string_view name, std::string_view known);

} // namespace terminal
