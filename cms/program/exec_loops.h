// The &LOOPs that an EXEC is in, innermost last.
#pragma once

#include "cms/program/exec_expression.h"

namespace cms {

class ExecLoops {
  public:
    static constexpr u32 deepest = 4;

    struct Loop {
        u32 first = 0, last = 0; // lines of the body
        u32 left = 0;            // rounds to go, this one included
        bool endless = false;    // `*`, or as long as the condition fails
        bool conditional = false;
        ExecTokens condition; // not substituted: it is looked at again every round
    };

    [[nodiscard]] bool enter(const Loop& loop) {
        if (depth_ == deepest) return false;
        loops_[depth_++] = loop;
        return true;
    }
    bool inside() const { return depth_ > 0; }

    // The line to execute when control comes to `line`, in sequence or by a branch:
    // ends the rounds that are over and leaves the loops that were branched out of.
    ExecError arrive(const ExecSymbols& symbols, bool in_sequence, u32& line);

  private:
    Loop loops_[deepest];
    u32 depth_ = 0;
};

} // namespace cms
