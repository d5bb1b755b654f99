// Commands that keys, the panel and the command line give: Name or Name(argument, ...).
//
// The names are those of s3270's actions where it has them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terminal {

struct Command {
    std::string name;
    std::vector<std::string> arguments;
    friend bool operator==(const Command&, const Command&) = default;
    std::string text() const; // as it is written
};

struct Commands {
    std::vector<Command> list;
    std::string wrong; // what is wrong with the text; then the list is of no use
};

// Several, with blanks between. In quotes \" \\ \n (Enter) and \t (Tab).
Commands parse_commands(std::string_view text);

// Whether `name` is what `known` is, whatever the case.
bool same_name(std::string_view name, std::string_view known);

} // namespace terminal
