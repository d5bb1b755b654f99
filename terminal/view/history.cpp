#include "terminal/view/history.h"

namespace terminal {
namespace {

bool blank(const Screen& screen) {
    for (u32 at = 0; at < screen.size().cells(); ++at)
        if (u8 const code = screen.at(at).code; code != 0 && code != 0x40) return false;
    return true;
}

bool same(const Screen& a, const Screen& b) {
    if (a.size() != b.size()) return false;
    for (u32 at = 0; at < a.size().cells(); ++at)
        if (a.at(at).code != b.at(at).code || a.at(at).field != b.at(at).field) return false;
    return true;
}

} // namespace

void History::keep(const Screen& screen) {
    if (blank(screen) || (!screens_.empty() && same(screens_.back(), screen))) return;
    screens_.push_back(screen);
    if (screens_.size() > most) screens_.pop_front();
}

} // namespace terminal
