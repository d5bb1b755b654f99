// Actions as text: `Name(argument,"argument with blanks")`, several in a line.
//
// The grammar of s3270 4: brackets or blanks around the arguments, quotation marks for what
// has commas, brackets or blanks in it, and \" \\ \n \r \t inside them.
#pragma once

#include "s370/base/types.h"

#include <string>
#include <vector>

namespace terminal {

struct ScriptAction {
    std::string name; // as it was written
    std::vector<std::string> arguments;
};

struct ParsedActions {
    std::vector<ScriptAction> actions; // those before the mistake
    std::string error;                 // what is wrong; else empty
};
ParsedActions parse_actions(const std::string& line);

} // namespace terminal
