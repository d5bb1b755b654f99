// The functions and objects of a linked 31-bit ELF program: what lies at an address.
#pragma once

#include "dasd-images/file.h"

#include <optional>
#include <string>

namespace dasd {

class Symbols {
  public:
    explicit Symbols(const std::string& path);

    struct Place {
        std::string name; // demangled
        u32 offset;
        bool function;
    };
    std::optional<Place> find(u32 address) const;
    // `name+offset`, with file and line where the program has them; empty when unknown.
    std::string describe(u32 address) const;

  private:
    struct Symbol {
        u32 address;
        u32 size;
        std::string name;
        bool function;
    };
    std::string path_;
    std::vector<Symbol> symbols_; // by address
};

} // namespace dasd
