#include "s370/toolchain/assembly.h"

#include <charconv>

namespace toolchain {
namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view first_word(std::string_view text) {
    return text.substr(0, text.find_first_of(blanks));
}

// Where the comment starts: a '#' outside quotes.
std::size_t comment_start(std::string_view text) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && quoted) {
            ++i;
        } else if (text[i] == '"') {
            quoted = !quoted;
        } else if (text[i] == '#' && !quoted) {
            return i;
        }
    }
    return text.size();
}

// "# 18 [c=8 l=4]  *la_31_and/0" names "*la_31_and".
std::string pattern_of(std::string_view comment) {
    auto const bracket = comment.find(']');
    if (bracket == std::string_view::npos) { return {}; }
    auto const name = first_word(trim(comment.substr(bracket + 1)));
    return std::string(name.substr(0, name.rfind('/')));
}

Instruction parse_instruction(std::string_view text, std::string_view comment, int number) {
    auto const mnemonic = first_word(text);
    Instruction result;
    result.mnemonic = mnemonic;
    result.operands = split_operands(trim(text.substr(mnemonic.size())));
    result.pattern = pattern_of(comment);
    result.line = number;
    return result;
}

} // namespace

std::string_view trim(std::string_view text) {
    auto const first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) { return {}; }
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string> split_operands(std::string_view text) {
    std::vector<std::string> result;
    std::size_t start = 0;
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i == text.size() || (text[i] == ',' && depth == 0 && !quoted)) {
            if (i > start) { result.emplace_back(trim(text.substr(start, i - start))); }
            start = i + 1;
        } else if (text[i] == '"') {
            quoted = !quoted;
        } else if (!quoted) {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
        }
    }
    return result;
}

Line parse_line(std::string_view raw, int number) {
    Line line;
    line.number = number;
    auto const whole = trim(raw);
    line.text = whole;
    if (whole.starts_with("#APP") || whole.starts_with("#NO_APP")) {
        line.kind = whole == "#APP" ? LineKind::InlineBegins : LineKind::InlineEnds;
        return line;
    }
    auto const comment = comment_start(whole);
    auto const text = trim(whole.substr(0, comment));
    if (text.empty()) { return line; }
    if (text.ends_with(':') && text.find_first_of(blanks) == std::string_view::npos) {
        line.kind = LineKind::Label;
        line.text = text.substr(0, text.size() - 1);
    } else if (text.starts_with('.')) {
        line.kind = LineKind::Directive;
        line.text = text;
    } else {
        line.kind = LineKind::Instruction;
        line.instruction = parse_instruction(text, whole.substr(comment), number);
    }
    return line;
}

std::vector<Line> parse_lines(std::string_view source) {
    std::vector<Line> lines;
    int number = 0;
    while (!source.empty()) {
        auto const end = source.find('\n');
        auto line = parse_line(source.substr(0, end), ++number);
        source.remove_prefix(end == std::string_view::npos ? source.size() : end + 1);
        // The restart of an interruptible instruction belongs to it.
        if (line.kind == LineKind::Instruction && line.instruction.mnemonic == "jo" &&
            line.instruction.operands == std::vector<std::string>{".-4"} && !lines.empty() &&
            lines.back().kind == LineKind::Instruction) {
            lines.back().instruction.repeated = true;
            continue;
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

std::string_view directive_name(std::string_view directive) { return first_word(directive); }

std::vector<std::string> directive_operands(std::string_view directive) {
    return split_operands(trim(directive.substr(first_word(directive).size())));
}

std::optional<int> parse_number(std::string_view text) {
    int value = 0;
    auto const result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || result.ec != std::errc{} || result.ptr != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

std::optional<int> parse_register(std::string_view text) {
    if (!text.starts_with("%r")) { return std::nullopt; }
    auto const number = parse_number(text.substr(2));
    return number && *number >= 0 && *number <= 15 ? number : std::nullopt;
}

std::optional<Address> parse_address(std::string_view text) {
    Address address;
    auto const open = text.rfind('(');
    address.displacement = text.substr(0, open);
    if (open == std::string_view::npos) { return address; }
    if (!text.ends_with(')')) { return std::nullopt; }
    auto const registers = split_operands(text.substr(open + 1, text.size() - open - 2));
    auto const last = registers.empty() ? std::nullopt : parse_register(registers.back());
    if (!last || registers.size() > 2) { return std::nullopt; }
    address.base = *last;
    if (registers.size() == 2) {
        auto const index = parse_register(registers.front());
        if (!index) { return std::nullopt; }
        address.index = *index;
    }
    return address;
}

std::string Address::text() const {
    std::string result = displacement;
    if (index != 0) {
        result += "(%r" + std::to_string(index) + ",%r" + std::to_string(base) + ")";
    } else if (base != 0) {
        result += "(%r" + std::to_string(base) + ")";
    }
    return result;
}

Address Address::plus(int bytes) const {
    Address result = *this;
    auto const number = parse_number(displacement);
    result.displacement =
        number ? std::to_string(*number + bytes) : displacement + "+" + std::to_string(bytes);
    return result;
}

} // namespace toolchain
