// Proof that a linked image holds genuine System/370 and nothing else.
//
// Every executable section is walked instruction by instruction. Symbols of type
// object mark the data among the code (literal pools); between functions, zeros are padding.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "s370/toolchain/elf.h"

namespace toolchain {

struct AuditReport {
    std::size_t instructions = 0;
    std::vector<std::string> findings; // "00001234 function+0x12: A7 18 ...: reason"
};

[[nodiscard]] AuditReport audit(ElfImage const& image);

} // namespace toolchain
