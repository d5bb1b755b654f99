#include "cms/program/exec_loops.h"

namespace cms {

ExecError ExecLoops::arrive(const ExecSymbols& symbols, bool in_sequence, u32& line) {
    while (depth_ > 0) {
        Loop& loop = loops_[depth_ - 1];
        if (line >= loop.first && line <= loop.last) return ExecError::None;
        if (in_sequence && line == loop.last + 1) {
            bool over = !loop.endless && --loop.left == 0;
            if (loop.conditional) {
                ExecError const error = test_condition(symbols, loop.condition, 0, over);
                if (error != ExecError::None) return error;
            }
            if (!over) {
                line = loop.first;
                return ExecError::None;
            }
        }
        --depth_; // done, or branched out of; an outer loop may end here too
    }
    return ExecError::None;
}

} // namespace cms
