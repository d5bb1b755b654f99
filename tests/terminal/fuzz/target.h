// One input for the whole of the terminal but its socket: telnet, TN3270E, data stream,
// virtual terminal and keyboard.
#pragma once

#include "s370/base/types.h"

#include <span>

namespace fuzz {

// The first byte chooses the terminal; then come steps, each a byte that says what to do
// and how much of what follows belongs to it. Ends the program where something is wrong.
void run(std::span<const u8> input);

} // namespace fuzz
