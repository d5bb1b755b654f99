// One function of the input, and the file around it.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "s370/toolchain/assembly.h"
#include "s370/toolchain/diagnostics.h"

namespace toolchain {

struct Function {
    std::string name;
    std::string section;     // the directive that leads there: ".text", ".section .text.f,..."
    std::vector<Line> lines; // labels, instructions and the directives that stand among them
};

// The input in order: text copied as it stands, and functions to be lowered.
// Data that GCC writes in the middle of a function comes just before the function.
struct Verbatim {
    std::string text;
    bool debug; // in a debugging section: its references to labels take no address
};
using Part = std::variant<Verbatim, Function>;

[[nodiscard]] std::vector<Part> split_functions(std::string_view source, Diagnostics& diagnostics);

} // namespace toolchain
