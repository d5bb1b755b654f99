// What term370 was asked for: its options and its host.
#pragma once

#include "terminal/curses/painter.h"
#include "terminal/view/fit.h"

namespace terminal {

struct CommandLine {
    Options options;
    Looking looking;
    std::string host;               // [LU@]HOST:PORT, or nothing
    std::string keymap;             // a file
    std::string script;             // a file of actions; or, with `headless`, from standard input
    bool headless = false;          // no window
    std::optional<u16> script_port; // where other programs hand in actions; 0: any free one
    std::string trace;              // a file
    std::string replay;             // a trace that plays the host
    bool help = false;
    Fit fit;
    bool numeric_lock = false;
    std::string wrong; // what is wrong; then the rest is of no use
};

extern const char* const usage;

// Options begin with - or --.
CommandLine parse_command_line(const std::vector<std::string>& arguments);

} // namespace terminal
