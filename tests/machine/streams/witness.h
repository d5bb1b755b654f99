// The watch on another machine's storage: filled with a pattern, looked at after.
#pragma once

namespace streams {

// Fills storage and keys, says FILLED, and at each external interruption UNCHANGED or where
// something was changed.
[[noreturn]] void watch();

} // namespace streams
