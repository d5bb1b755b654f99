// Lowered assembly, read back for the verifier: each function as a row of instructions.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "s370/toolchain/assembly.h"

namespace toolchain {

struct ListedFunction {
    std::string name;
    std::vector<Instruction> code;             // data stands in it as ".long" and its like
    std::map<std::string, std::size_t> labels; // to the instruction they stand before
    std::set<std::size_t> entered;             // where jumps through a table or a word may lead

    [[nodiscard]] bool is_data(std::size_t index) const {
        return index >= code.size() || code[index].mnemonic.starts_with('.');
    }
};

[[nodiscard]] std::vector<ListedFunction> read_listing(std::string_view text);

} // namespace toolchain
