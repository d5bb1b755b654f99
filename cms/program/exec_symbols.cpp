#include "cms/program/exec_symbols.h"

#include "cms/api/console.h"
#include "cms/api/disks.h"

namespace cms {
namespace {

constexpr Text keywords[] = {
    "&ARGS"_e, "&BEGEMSG"_e, "&BEGPUNC"_e, "&BEGSTAC"_e, "&BEGTYPE"_e, "&CONTINU"_e, "&CONTROL"_e,
    "&EMSG"_e, "&END"_e,     "&ERROR"_e,   "&EXIT"_e,    "&GOTO"_e,    "&HEX"_e,     "&IF"_e,
    "&LOOP"_e, "&PUNCH"_e,   "&READ"_e,    "&SKIP"_e,    "&SPACE"_e,   "&STACK"_e,   "&TIME"_e,
    "&TYPE"_e, "&CONCAT"_e,  "&DATATYP"_e, "&LENGTH"_e,  "&LITERAL"_e, "&SUBSTR"_e,
};

// The number behind `&`, or -1.
i32 argument_number(Text name) {
    ParsedNumber const number = parse_decimal(name.substr(1));
    return number.valid && number.value <= ExecSymbols::most_arguments ? i32(number.value) : -1;
}

i32 global_number(Text name) {
    bool const global = name.size() == 8 && name.starts_with("&GLOBAL"_e);
    return global && ebcdic::is_digit(name[7]) ? name[7] - '0'_e : -1;
}

constexpr Text read_only_symbols[] = {"&INDEX"_e,   "&RETCODE"_e, "&LINENUM"_e,
                                      "&EXEC"_e,    "&GLOBAL"_e,  "&READFLA"_e,
                                      "&TYPEFLA"_e, "&DOS"_e,     "&DISKA"_e};

} // namespace

bool is_exec_keyword(Text token) {
    return std::find(std::begin(keywords), std::end(keywords), token) != std::end(keywords);
}

ExecError ExecSymbols::set_arguments(std::span<const Name8> arguments) {
    if (arguments.size() > most_arguments) return ExecError::TooManyArguments;
    std::fill(std::begin(arguments_), std::end(arguments_), Name8{});
    std::copy(arguments.begin(), arguments.end(), arguments_ + 1);
    argument_count_ = arguments.size();
    return ExecError::None;
}

bool ExecSymbols::disk_symbol(Text name, Name8& value) const {
    if (name.size() != 6 || !name.starts_with("&DISK"_e)) return false;
    u8 const which = name[5];
    api::DiskState disk, best;
    if (which == '*'_e || which == '?'_e) {
        // The first disk that can be written, or the one with the most room.
        bool found = false;
        for (api::DiskWalk walk; walk.next(disk);) {
            if (!disk.writable) continue;
            if (!found || (which == '?'_e && disk.blocks_left > best.blocks_left)) best = disk;
            found = true;
        }
        value = found ? Text(&best.letter, 1) : "NONE"_e;
        return true;
    }
    if (!ebcdic::is_upper_letter(which)) return false;
    value = !api::find_disk(which, disk) ? "NONE"_e : disk.foreign ? "OS"_e : "CMS"_e;
    return true;
}

bool ExecSymbols::special(Text name, Name8& value) const {
    if (i32 const number = argument_number(name); number >= 0) {
        value = number == 0 ? this->name : arguments_[number];
        return true;
    }
    if (i32 const number = global_number(name); number >= 0) {
        value = exec_number(globals_.value[number]);
        return true;
    }
    if (name == "&INDEX"_e)
        value = exec_number(i32(argument_count_));
    else if (name == "&RETCODE"_e)
        value = exec_number(return_code);
    else if (name == "&LINENUM"_e)
        value = exec_number(i32(line_number));
    else if (name == "&EXEC"_e)
        value = this->name;
    else if (name == "&GLOBAL"_e)
        value = exec_number(i32(globals_.depth));
    else if (name == "&READFLA"_e)
        value = api::stacked_lines() > 0 ? "STACK"_e : "CONSOLE"_e;
    else if (name == "&TYPEFLA"_e)
        value = api::typing_halted() ? "HT"_e : "RT"_e;
    else if (name == "&DOS"_e)
        value = "OFF"_e;
    else
        return disk_symbol(name, value);
    return true;
}

Name8 ExecSymbols::lookup(Text name) const {
    Name8 value;
    if (special(name, value)) return value;
    if (const Name8* known = variables_.find(name)) return *known;
    return is_exec_keyword(name) || name.size() == 1 ? Name8(name) : Name8{};
}

bool ExecSymbols::defined(Text name) const {
    Name8 value;
    return special(name, value) || variables_.find(name) != nullptr;
}

ExecError ExecSymbols::substitute(Text token, Name8& result, usize from) const {
    bool const number_wanted = hexadecimal && token.starts_with("X'"_e);
    if (number_wanted && token.back() == '\''_e) token = token.substr(0, token.size() - 1);
    Line<16> line(token);
    for (usize at = token.size(); at-- > from;) {
        if (line.text()[at] != '&'_e) continue;
        Name8 const value = lookup(line.text().substr(at));
        Line<16> replaced(line.text().substr(0, at));
        replaced << value;
        line = replaced;
    }
    Text text = line.text();
    if (number_wanted) {
        ExecNumber const number = parse_exec_number(text.substr(2));
        if (!number.valid) return ExecError::Conversion;
        u32 width = 1;
        while (width < 8 && u32(number.value) >> (4 * width) != 0) ++width;
        result = Line<8>().hex(u32(number.value), width).text();
        return ExecError::None;
    }
    result = text;
    return ExecError::None;
}

ExecError ExecSymbols::substitute(const ExecTokens& tokens, usize first, ExecTokens& result) const {
    result.clear();
    for (usize i = first; i < tokens.size(); ++i) {
        if (tokens[i] == "&LITERAL"_e && i + 1 < tokens.size()) {
            result.add(tokens[++i]);
            continue;
        }
        Name8 value;
        ExecError const error = substitute(tokens[i], value);
        if (error != ExecError::None) return error;
        if (!value.blank()) result.add(value.text());
    }
    return ExecError::None;
}

ExecError ExecSymbols::assign(Text name, Text value) {
    for (u8 c : name.substr(1))
        if (c == '='_e || c == '('_e || c == ')'_e) return ExecError::SymbolCharacter;
    if (i32 const number = argument_number(name); number >= 0) {
        if (number == 0) return ExecError::SpecialVariable;
        arguments_[number] = value;
        return ExecError::None;
    }
    if (i32 const number = global_number(name); number >= 0) {
        ExecNumber const integer = parse_exec_number(value);
        if (!integer.valid) return ExecError::SpecialVariable;
        globals_.value[number] = integer.value;
        return ExecError::None;
    }
    Name8 unused;
    for (Text symbol : read_only_symbols)
        if (name == symbol) return ExecError::SpecialVariable;
    if (disk_symbol(name, unused)) return ExecError::SpecialVariable;
    return variables_.assign(name, value) ? ExecError::None : ExecError::Assignment;
}

} // namespace cms
