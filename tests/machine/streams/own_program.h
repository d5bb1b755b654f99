// This program's constant part, which streams may spoil.
#pragma once

namespace streams {

// Remembers it as it is.
void keep_program();
// Brings it to that again. Was it anything else?
bool restore_program();

} // namespace streams
