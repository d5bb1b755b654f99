// GCC's s390 assembly output in, System/370 assembly out.
#pragma once

#include <string>
#include <string_view>

#include "s370/toolchain/diagnostics.h"

namespace toolchain {

struct LowerOptions {
    int page_size = 4096; // small pages are for tests
    bool coverage = false;
};

[[nodiscard]] std::string lower(std::string_view source, LowerOptions const& options,
                                Diagnostics& diagnostics);

} // namespace toolchain
