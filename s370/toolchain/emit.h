// The lowered function as assembly text for the GNU assembler.
#pragma once

#include <string>
#include <vector>

#include "s370/toolchain/layout.h"

namespace toolchain {

[[nodiscard]] std::string emit_plain(BasedCode const& code, std::string const& page_label);

// `map` receives a word with the address and a string with the line of each coverage byte.
[[nodiscard]] std::string emit_pages(BasedCode const& code, Layout const& layout, std::string& map);

// "sio 0(1)" and such for an assembler that stopped at ESA/390; else the mnemonic itself.
[[nodiscard]] std::string spell(std::string const& mnemonic, std::string const& operands);

} // namespace toolchain
