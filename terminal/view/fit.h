// The 3270 that fits a window.
#pragma once

#include "terminal/session/session.h"

namespace terminal {

// What is left to the window.
struct Fit {
    bool model = true;   // none was named: the largest one that fits
    bool window = false; // all of the window, as IBM-DYNAMIC
};

// A row is left for the information area, but where a model 2 needs all 24.
void fit(Options& options, const Fit& wanted, Size window);

} // namespace terminal
