// What the user says of terminal and host, in words.
#include "s370/arch/ds3270.h"
#include "terminal/session/session.h"

#include <cstdlib>

namespace terminal {

namespace {

Size size_of(u32 number) {
    for (auto const& model : s370::ds3270::models)
        if (model.number == number) return {model.rows, model.columns};
    return {};
}

constexpr u32 most_cells = 0x3FFF; // what a 14-bit address reaches

} // namespace

bool Options::set_model(std::string text) {
    if (text.starts_with("IBM-")) text.erase(0, 4);
    bool colours = true;
    if (text.starts_with("3278-") || text.starts_with("3279-")) {
        colours = text[3] == '9';
        text.erase(0, 5);
    }
    if (text.ends_with("-E")) text.resize(text.size() - 2);
    if (text.size() != 1 || text[0] < '2' || text[0] > '5') return false;
    model = static_cast<u32>(text[0] - '0');
    colour = colours;
    return true;
}

bool Options::set_oversize(const std::string& text) {
    char* after = nullptr;
    u64 const columns = std::strtoul(text.c_str(), &after, 10);
    if (*after != 'x') return false;
    u64 const rows = std::strtoul(after + 1, &after, 10);
    Size const least = size_of(model);
    if (*after != 0 || columns < least.columns || rows < least.rows || columns > most_cells ||
        rows > most_cells || columns * rows > most_cells)
        return false;
    oversize = Size{static_cast<u32>(rows), static_cast<u32>(columns)};
    return true;
}

Size Options::alternate() const { return oversize ? *oversize : size_of(model); }

std::string Options::terminal_type() const {
    if (!name.empty()) return name;
    if (oversize) return "IBM-DYNAMIC";
    return std::string("IBM-327") + (colour ? '9' : '8') + '-' + std::to_string(model) + "-E";
}

Target Target::parse(std::string text) {
    Target target;
    while (text.size() > 1 && text[1] == ':') {
        char const prefix = text[0] & ~0x20; // in either case
        if (prefix == 'L')
            target.tls = true;
        else if (prefix == 'Y')
            target.verify = false;
        else if (prefix == 'N')
            target.extended = false;
        else
            break;
        text.erase(0, 2);
    }
    if (auto const at = text.find('@'); at != std::string::npos) {
        for (usize start = 0; start < at;) {
            usize const comma = std::min(text.find(',', start), at);
            if (comma > start) target.lus.push_back(text.substr(start, comma - start));
            start = comma + 1;
        }
        text.erase(0, at + 1);
    }
    if (text.starts_with("[")) {
        auto const close = text.find(']');
        target.host = text.substr(1, close - 1);
        text.erase(0, close == std::string::npos ? text.size() : close + 1);
    } else {
        auto const colon = text.find(':');
        target.host = text.substr(0, colon);
        text.erase(0, colon == std::string::npos ? text.size() : colon);
    }
    if (text.starts_with(":")) target.port = text.substr(1);
    return target;
}

} // namespace terminal
