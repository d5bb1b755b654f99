#include "cms/program/exec_expression.h"

namespace cms {
namespace {

enum class Comparator : u8 { None, Equal, Unequal, Less, Greater, NotLess, NotGreater };

Comparator comparator(Text token) {
    struct Spelling {
        Text text;
        Comparator meaning;
    };
    constexpr Spelling spellings[] = {
        {"EQ"_e, Comparator::Equal},         {"="_e, Comparator::Equal},
        {"NE"_e, Comparator::Unequal},       {"\xAC="_e, Comparator::Unequal},
        {"\x5E="_e, Comparator::Unequal},    {"LT"_e, Comparator::Less},
        {"<"_e, Comparator::Less},           {"GT"_e, Comparator::Greater},
        {">"_e, Comparator::Greater},        {"GE"_e, Comparator::NotLess},
        {">="_e, Comparator::NotLess},       {"\xAC<"_e, Comparator::NotLess},
        {"LE"_e, Comparator::NotGreater},    {"<="_e, Comparator::NotGreater},
        {"\xAC>"_e, Comparator::NotGreater},
    };
    for (const Spelling& spelling : spellings)
        if (spelling.text == token) return spelling.meaning;
    return Comparator::None;
}

// Two numbers compare as numbers, anything else as eight characters.
std::strong_ordering order(Text left, Text right) {
    ExecNumber const a = parse_exec_number(left), b = parse_exec_number(right);
    if (a.valid && b.valid) return a.value <=> b.value;
    Name8 const x(left), y(right);
    for (u32 i = 0; i < 8; ++i)
        if (x.bytes[i] != y.bytes[i]) return x.bytes[i] <=> y.bytes[i];
    return std::strong_ordering::equal;
}

bool compare(Text left, Comparator how, Text right) {
    std::strong_ordering const result = order(left, right);
    switch (how) {
    case Comparator::Equal: return result == 0;
    case Comparator::Unequal: return result != 0;
    case Comparator::Less: return result < 0;
    case Comparator::Greater: return result > 0;
    case Comparator::NotLess: return result >= 0;
    case Comparator::NotGreater: return result <= 0;
    case Comparator::None: break;
    }
    return false;
}

// &* holds when every argument does, &$ when one does.
bool compare_arguments(const ExecSymbols& symbols, bool all, bool left, Comparator how,
                       Text other) {
    for (usize i = 1; i <= symbols.argument_count(); ++i) {
        Text const argument = symbols.argument(i);
        bool const one = left ? compare(argument, how, other) : compare(other, how, argument);
        if (one != all) return one;
    }
    return all;
}

// A substituted token of an expression, with what a function makes of those behind it.
class Operand {
  public:
    Operand(const ExecSymbols& symbols, const ExecTokens& tokens, usize& at)
        : symbols_(symbols), tokens_(tokens), at_(at) {}

    ExecError take(Name8& value) {
        Text const word = tokens_[at_];
        if (word == "&LENGTH"_e) return length(value);
        if (word == "&SUBSTR"_e) return part(value);
        if (word == "&DATATYP"_e) return data_type(value);
        if (word == "&CONCAT"_e) return concatenate(value);
        if (word == "&LITERAL"_e) {
            value = tokens_[at_ + 1];
            at_ += 2;
            return ExecError::None;
        }
        return symbols_.substitute(tokens_[at_++], value);
    }

  private:
    // The argument of a function, which must be there though it may be null.
    ExecError argument(Name8& value) {
        if (at_ >= tokens_.size()) return ExecError::BuiltInFunction;
        return symbols_.substitute(tokens_[at_++], value);
    }

    ExecError length(Name8& value) {
        ++at_;
        Name8 text;
        if (at_ < tokens_.size()) {
            ExecError const error = argument(text);
            if (error != ExecError::None) return error;
        }
        value = exec_number(i32(text.text().size()));
        return ExecError::None;
    }

    ExecError data_type(Name8& value) {
        ++at_;
        Name8 text;
        ExecError const error = argument(text);
        value = parse_exec_number(text.text()).valid ? "NUM"_e : "CHAR"_e;
        return error;
    }

    ExecError part(Name8& value) {
        ++at_;
        Name8 text, start, count;
        ExecError error = argument(text);
        if (error == ExecError::None) error = argument(start);
        if (error != ExecError::None) return error;
        ExecNumber const from = parse_exec_number(start.text());
        ExecNumber many{true, 8};
        if (at_ < tokens_.size()) {
            error = argument(count);
            if (error != ExecError::None) return error;
            many = parse_exec_number(count.text());
        }
        if (!from.valid || from.value < 1 || !many.valid || many.value < 0)
            return ExecError::BuiltInFunction;
        value = text.text().substr(usize(from.value) - 1, usize(many.value));
        return ExecError::None;
    }

    ExecError concatenate(Name8& value) {
        Line<8> line;
        for (++at_; at_ < tokens_.size();) {
            Name8 text;
            ExecError const error = argument(text);
            if (error != ExecError::None) return error;
            line << text;
        }
        value = line.text();
        return ExecError::None;
    }

    const ExecSymbols& symbols_;
    const ExecTokens& tokens_;
    usize& at_;
};

} // namespace

ExecError evaluate(const ExecSymbols& symbols, const ExecTokens& tokens, usize first,
                   Name8& result) {
    usize at = first;
    result = Name8{};
    if (at >= tokens.size()) return ExecError::None; // `&A =` makes a null value
    Operand operand(symbols, tokens, at);
    ExecError error = operand.take(result);
    if (error != ExecError::None || at >= tokens.size()) return error;

    ExecNumber sum = parse_exec_number(result.text());
    while (at < tokens.size()) {
        Name8 sign, term;
        error = symbols.substitute(tokens[at++], sign);
        if (error != ExecError::None) return error;
        bool const minus = sign.text() == "-"_e;
        if ((!minus && !(sign.text() == "+"_e)) || at >= tokens.size())
            return ExecError::Assignment;
        error = operand.take(term);
        if (error != ExecError::None) return error;
        ExecNumber const number = parse_exec_number(term.text());
        if (!number.valid || !sum.valid) return ExecError::Conversion;
        sum.value += minus ? -number.value : number.value;
        if (sum.value > largest_exec_number) return ExecError::Overflow;
        if (sum.value < smallest_exec_number) return ExecError::Underflow;
    }
    result = exec_number(sum.value);
    return ExecError::None;
}

ExecError test_condition(const ExecSymbols& symbols, const ExecTokens& tokens, usize first,
                         bool& holds) {
    Text const left = tokens[first], right = tokens[first + 2];
    Name8 operation, a, b;
    for (auto [token, value] :
         {std::pair{left, &a}, {tokens[first + 1], &operation}, {right, &b}}) {
        if (token == "&*"_e || token == "&$"_e) continue;
        ExecError const error = symbols.substitute(token, *value);
        if (error != ExecError::None) return error;
        if (value->blank()) return ExecError::Condition;
    }
    Comparator const how = comparator(operation.text());
    if (how == Comparator::None) return ExecError::Condition;

    bool const left_list = a.blank(), right_list = b.blank();
    if (left_list && right_list) return ExecError::Condition;
    if (left_list)
        holds = compare_arguments(symbols, left == "&*"_e, true, how, b.text());
    else if (right_list)
        holds = compare_arguments(symbols, right == "&*"_e, false, how, a.text());
    else
        holds = compare(a.text(), how, b.text());
    return ExecError::None;
}

} // namespace cms
