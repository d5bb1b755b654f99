// Numbers of the CMS EXEC language: a sign and digits, eight characters in all.
#pragma once

#include "s370/base/text.h"

namespace cms {

struct ExecNumber {
    bool valid = false;
    i32 value = 0;
};

constexpr ExecNumber parse_exec_number(Text token) {
    bool const negative = !token.empty() && token[0] == '-'_e;
    bool const sign = negative || (!token.empty() && token[0] == '+'_e);
    Text const digits = token.substr(sign ? 1 : 0);
    ParsedNumber const number = parse_decimal(digits);
    if (!number.valid || digits.size() > 8) return {};
    return {true, negative ? -i32(number.value) : i32(number.value)};
}

constexpr i32 largest_exec_number = 99'999'999, smallest_exec_number = -9'999'999;

constexpr Name8 exec_number(i32 value) {
    Line<12> line;
    if (value < 0) line << '-'_e;
    line.decimal(value < 0 ? u32(-value) : u32(value));
    return Name8(line.text());
}

} // namespace cms
