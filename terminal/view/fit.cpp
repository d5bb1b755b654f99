#include "terminal/view/fit.h"

namespace terminal {

void fit(Options& options, const Fit& wanted, Size window) {
    u32 const rows = window.rows > 24 ? window.rows - 1 : window.rows;
    if (wanted.model) {
        bool const wide = window.columns >= 132 && rows >= 27 && rows < 43;
        options.model = wide ? 5 : rows >= 43 ? 4 : rows >= 32 ? 3 : 2;
    }
    if (!wanted.window) return;
    options.oversize.reset(); // unless the window is large enough for one
    options.set_oversize(std::to_string(window.columns) + 'x' + std::to_string(rows));
}

} // namespace terminal
