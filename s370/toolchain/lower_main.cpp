// lower [--page-size N] [--coverage] IN.s -o OUT.s
#include <cstdio>
#include <fstream>
#include <iostream>
#include <span>
#include <sstream>
#include <string>

#include "s370/toolchain/assembly.h"
#include "s370/toolchain/lower.h"
#include "s370/toolchain/verify.h"

namespace {

struct Arguments {
    std::string input, output;
    toolchain::LowerOptions options;
    bool valid = true;
};

Arguments parse(int count, char** values) {
    Arguments result;
    for (int i = 1; i < count; ++i) {
        std::string const word = values[i];
        bool const has_next = i + 1 < count;
        if (word == "--coverage") {
            result.options.coverage = true;
        } else if (word == "--page-size" && has_next) {
            auto const size = toolchain::parse_number(values[++i]);
            result.valid = result.valid && size && *size > 0 && *size <= 4096;
            result.options.page_size = size.value_or(4096);
        } else if (word == "-o" && has_next) {
            result.output = values[++i];
        } else if (!word.starts_with("-") && result.input.empty()) {
            result.input = word;
        } else {
            result.valid = false;
        }
    }
    result.valid = result.valid && !result.input.empty() && !result.output.empty();
    return result;
}

} // namespace

int main(int count, char** values) {
    auto const arguments = parse(count, values);
    if (!arguments.valid) {
        std::cerr << "usage: lower [--page-size N] [--coverage] IN.s -o OUT.s\n";
        return 2;
    }
    std::ifstream input(arguments.input);
    std::stringstream source;
    source << input.rdbuf();
    if (!input) {
        std::cerr << "lower: cannot read " << arguments.input << "\n";
        return 1;
    }
    toolchain::Diagnostics diagnostics;
    auto const text = toolchain::lower(source.str(), arguments.options, diagnostics);
    bool const lowered = diagnostics.empty();
    if (lowered) { toolchain::verify(text, diagnostics); }
    constexpr std::size_t enough = 20;
    auto const& errors = diagnostics.errors();
    for (auto const& error : std::span(errors).first(std::min(errors.size(), enough))) {
        std::cerr << (lowered ? arguments.output : arguments.input) << ":" << error.line
                  << ": error: " << error.message << "\n";
    }
    if (!diagnostics.empty()) { return 1; }
    std::ofstream output(arguments.output);
    output << text;
    output.close();
    if (!output) {
        std::cerr << "lower: cannot write " << arguments.output << "\n";
        std::remove(arguments.output.c_str());
        return 1;
    }
    return 0;
}
