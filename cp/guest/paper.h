// What virtual printers print and virtual punches punch, on its way to the real printer.
//
// Until printer output is spooled every line goes to paper at once. So that the lines of
// many users can be told apart, each begins with where it came from: userid (8 columns),
// printer address (3) and channel command (2), with blanks between and behind; text from
// column 17 on. A longer record goes on in lines with command 00 that come before it. Cards
// have command 41, which no printer knows.
#pragma once

#include "cp/base/free_storage.h"
#include "cp/base/task.h"
#include "s370/arch/ccw.h"
#include "s370/base/text.h"

#include <span>

namespace cp {

class RealDevice;

namespace paper {

// Starts to print on `printer`; before that lines are dropped.
void start(RealDevice& printer);
constexpr u8 card = 0x41;
// Prints a record that `command` gave; bytes that no printer has come out blank.
void print(Text userid, s370::DeviceAddress from, u8 command, std::span<const u8> data);
// More lines wait than CP's storage should hold: printers are to wait.
bool crowded();

} // namespace paper
} // namespace cp
