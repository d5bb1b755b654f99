// What the programs of this folder share: how they end.
#pragma once

#include "dasd-images/error.h"

#include <exception>
#include <iostream>

namespace dasd {

// Runs `body`; an error becomes one line on standard error and exit status 1.
template <typename Body>
int run_program(const char* name, Body body) {
    try {
        return body();
    } catch (const std::exception& error) {
        std::cerr << name << ": " << error.what() << '\n';
        return 1;
    }
}

} // namespace dasd
