// Which keys give which commands: the standard table, and what a user's file changes.
//
// A line is `KEY [KEY ...] = COMMAND [COMMAND ...]`: keys pressed one after the other, as
// key_name() has them, and commands as command.h has them. Nothing behind `=` frees the
// keys. `#` begins a comment at the start of a line or behind a blank. Lines as c3270's
// keymaps have them (`Ctrl<Key>D: Dup()`) are taken as well.
#pragma once

#include "terminal/view/command.h"

#include <functional>
#include <map>

namespace terminal {

class Keymap {
  public:
    using Keys = std::vector<std::string>;
    using Known = std::function<bool(const Command&)>;

    static Keymap standard();

    // Adds to what is there, line by line. What is wrong, with the number of its line; the
    // lines before it are in force.
    std::string read(std::string_view text, const Known& known);

    struct Match {
        const std::vector<Command>* commands = nullptr;
        bool more = false; // other keys may follow
    };
    Match find(const Keys& keys) const;

    // The table for people: what the keys do and which they are, in the order of the
    // standard table, then what was added.
    std::vector<std::pair<std::string, std::string>> table() const;

  private:
    void add(const Keys& keys, const std::vector<Command>& commands);

    std::map<Keys, std::vector<Command>> map_;
    std::vector<std::string> order_; // commands as first met
};

} // namespace terminal
