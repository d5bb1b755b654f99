// The screens that were, before the host or the user erased them.
#pragma once

#include "terminal/model/screen.h"

#include <deque>

namespace terminal {

class History {
  public:
    static constexpr usize most = 100;

    // Keeps a copy, unless it is blank or what was kept last.
    void keep(const Screen& screen);
    usize size() const { return screens_.size(); }
    // 1 is the last one.
    const Screen& back(usize number) const { return screens_[screens_.size() - number]; }

  private:
    std::deque<Screen> screens_;
};

} // namespace terminal
