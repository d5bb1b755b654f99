// Names of keys as keymaps write them: Enter, F3, Shift-F3, Ctrl-C, Alt-1, a.
#pragma once

#include "s370/base/types.h"

#include <optional>
#include <string>
#include <string_view>

namespace terminal {

// One spelling of each: modifiers in the order Ctrl, Alt, Shift; letters of Ctrl are
// capitals; F13 to F24 are Shift-F1 to Shift-F12, which windows cannot tell from them. None when it
// is no key.
std::optional<std::string> key_name(std::string_view text);

} // namespace terminal
