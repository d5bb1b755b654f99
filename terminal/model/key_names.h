// The keys of a 3270 by name, as scripts and keymaps call them.
#pragma once

#include "terminal/model/keyboard.h"

#include <string_view>

namespace terminal {

// A key that needs no operand (Tab, EraseEOF, ...), whatever the case; none when there is
// no such key. `Attn` is no such key: it goes beside the data stream.
std::optional<Action> key_named(std::string_view name);

// Attention identifiers of PF1 to PF24 and PA1 to PA3.
u8 program_function(u32 number);
u8 program_access(u32 number);

} // namespace terminal
