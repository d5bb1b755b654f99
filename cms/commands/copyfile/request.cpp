#include "cms/commands/copyfile/request.h"

#include "cms/commands/errors.h"

namespace cms::copyfile {
namespace {

constexpr u32 longest_record = 65535;

// Options that exclude each other have the same group.
enum class Group : u8 {
    Type,
    Date,
    Destination,
    Prompt,
    Start,
    End,
    Specs,
    Recfm,
    Lrecl,
    Trunc,
    Pack,
    Fill,
    Ebcdic,
    Case,
    Trans,
    Single,
    Count
};
enum class Option : u8 {
    Type,
    NoType,
    NewDate,
    OldDate,
    NewFile,
    Replace,
    Overlay,
    Append,
    Prompt,
    NoPrompt,
    From,
    FromLabel,
    For,
    ToLabel,
    Specs,
    NoSpecs,
    Recfm,
    Lrecl,
    Trunc,
    NoTrunc,
    Pack,
    Unpack,
    Fill,
    Ebcdic,
    Upper,
    Lower,
    Trans,
    Single,
};
struct Word {
    Text name;
    u8 shortest;
    Option option;
    Group group;
};
constexpr Word words[] = {
    {"TYPE"_e, 2, Option::Type, Group::Type},
    {"NOTYPE"_e, 3, Option::NoType, Group::Type},
    {"NEWDATE"_e, 4, Option::NewDate, Group::Date},
    {"OLDDATE"_e, 4, Option::OldDate, Group::Date},
    {"NEWFILE"_e, 4, Option::NewFile, Group::Destination},
    {"REPLACE"_e, 3, Option::Replace, Group::Destination},
    {"OVLY"_e, 2, Option::Overlay, Group::Destination},
    {"APPEND"_e, 2, Option::Append, Group::Destination},
    {"PROMPT"_e, 2, Option::Prompt, Group::Prompt},
    {"NOPROMPT"_e, 4, Option::NoPrompt, Group::Prompt},
    {"FROM"_e, 2, Option::From, Group::Start},
    {"FRLABEL"_e, 3, Option::FromLabel, Group::Start},
    {"FOR"_e, 2, Option::For, Group::End},
    {"TOLABEL"_e, 3, Option::ToLabel, Group::End},
    {"SPECS"_e, 2, Option::Specs, Group::Specs},
    {"NOSPECS"_e, 3, Option::NoSpecs, Group::Specs},
    {"RECFM"_e, 3, Option::Recfm, Group::Recfm},
    {"LRECL"_e, 2, Option::Lrecl, Group::Lrecl},
    {"TRUNC"_e, 3, Option::Trunc, Group::Trunc},
    {"NOTRUNC"_e, 5, Option::NoTrunc, Group::Trunc},
    {"PACK"_e, 2, Option::Pack, Group::Pack},
    {"UNPACK"_e, 3, Option::Unpack, Group::Pack},
    {"FILL"_e, 2, Option::Fill, Group::Fill},
    {"EBCDIC"_e, 2, Option::Ebcdic, Group::Ebcdic},
    {"UPCASE"_e, 2, Option::Upper, Group::Case},
    {"LOWCASE"_e, 3, Option::Lower, Group::Case},
    {"TRANS"_e, 4, Option::Trans, Group::Trans},
    {"SINGLE"_e, 2, Option::Single, Group::Single},
};

const Word* find(Text token) {
    for (const Word& word : words)
        if (token.size() >= word.shortest && word.name.starts_with(token)) return &word;
    return nullptr;
}

i32 invalid_value(Text value, Text option) {
    Message(module, 29, 'E'_e) << "INVALID PARAMETER '"_e << value << "' IN THE '"_e << option
                               << "' OPTION FIELD"_e;
    return api::rc::parameter;
}

i32 conflict(Text a, Text b) {
    Message(module, 66, 'E'_e) << "'"_e << a << "' AND '"_e << b << "' ARE CONFLICTING OPTIONS"_e;
    return api::rc::parameter;
}

i32 number(Text value, Text option, u32 most, u32& result) {
    ParsedNumber const parsed = parse_decimal(value);
    if (!parsed.valid || parsed.value == 0 || parsed.value > most)
        return invalid_value(value, option);
    result = parsed.value;
    return 0;
}

i32 fill_character(Text value, u8& fill) {
    ParsedNumber const code = parse_hex(value);
    if (value.size() == 1)
        fill = value[0];
    else if (value.size() == 2 && code.valid)
        fill = static_cast<u8>(code.value);
    else
        return invalid_value(value, "FILL"_e);
    return 0;
}

// Options without a value; false when the option has one.
bool take_switch(Option option, Request& request) {
    switch (option) {
    case Option::Type: request.type = true; break;
    case Option::NoType: request.type = false; break;
    case Option::NewDate: request.old_date = false; break;
    case Option::OldDate: request.old_date = true; break;
    case Option::NewFile: request.destination = Destination::NewFile; break;
    case Option::Replace: request.destination = Destination::Replace; break;
    case Option::Overlay: request.destination = Destination::Overlay; break;
    case Option::Append: request.destination = Destination::Append; break;
    case Option::Prompt: request.prompt = true; break;
    case Option::NoPrompt: request.prompt = false; break;
    case Option::Specs: request.specifications = true; break;
    case Option::NoSpecs: request.specifications = false; break;
    case Option::Trunc: request.truncate = true; break;
    case Option::NoTrunc: request.truncate = false; break;
    case Option::Pack: request.packing = Packing::Pack; break;
    case Option::Unpack: request.packing = Packing::Unpack; break;
    case Option::Ebcdic: request.ebcdic = true; break;
    case Option::Upper: request.letters = LetterCase::Upper; break;
    case Option::Lower: request.letters = LetterCase::Lower; break;
    case Option::Trans: request.translate = true; break;
    case Option::Single: request.single = true; break;
    default: return false;
    }
    return true;
}

i32 take_value(const Word& word, Text value, Request& request) {
    switch (word.option) {
    case Option::From: return number(value, word.name, 65535u << 8, request.from);
    case Option::For: return number(value, word.name, 65535u << 8, request.count);
    case Option::Lrecl: return number(value, word.name, longest_record, request.record_length);
    case Option::FromLabel: request.from_label = value; break;
    case Option::ToLabel: request.to_label = value; break;
    case Option::Fill: return fill_character(value, request.fill);
    default: // RECFM
        if (!(value == "F"_e) && !(value == "V"_e)) return invalid_value(value, word.name);
        request.recfm = value[0];
        return 0;
    }
    return value.empty() ? invalid_value(value, word.name) : 0;
}

i32 parse_options(const Parameters& parameters, Request& request) {
    const Word* given[usize(Group::Count)] = {};
    for (usize i = parameters.options() + 1; i < parameters.size(); ++i) {
        Text const token = parameters[i];
        if (token == ")"_e) break;
        const Word* const word = find(token);
        if (word == nullptr) return errors::invalid_option(module, token);
        const Word*& before = given[usize(word->group)];
        if (before == word) {
            Message(module, 65, 'E'_e) << "'"_e << word->name << "' OPTION SPECIFIED TWICE"_e;
            return api::rc::parameter;
        }
        if (before != nullptr) return conflict(before->name, word->name);
        before = word;
        if (take_switch(word->option, request)) continue;
        if (i32 const code = take_value(*word, parameters[++i], request)) return code;
    }
    request.destination_given = given[usize(Group::Destination)] != nullptr;
    if (request.packing == Packing::None) return 0;
    for (Group group : {Group::Start, Group::End, Group::Specs, Group::Recfm, Group::Lrecl,
                        Group::Ebcdic, Group::Case, Group::Trans, Group::Trunc})
        if (given[usize(group)] != nullptr)
            return conflict(given[usize(Group::Pack)]->name, given[usize(group)]->name);
    if (request.destination == Destination::Append || request.destination == Destination::Overlay)
        return conflict(given[usize(Group::Pack)]->name, given[usize(Group::Destination)]->name);
    return 0;
}

i32 incomplete(const Parameters& parameters, usize first, usize end) {
    Message message(module, 54, 'E'_e);
    message << "INCOMPLETE FILEID '"_e;
    for (usize i = first; i < end; ++i) message << (i > first ? " "_e : ""_e) << parameters[i];
    message << "' SPECIFIED"_e;
    return api::rc::parameter;
}

i32 parse_fileid(const Parameters& parameters, usize at, bool same_allowed, FileId& id) {
    Text const mode = parameters[at + 2];
    id.name = parameters[at];
    id.type = parameters[at + 1];
    if (same_allowed && mode[0] == '='_e) {
        id.mode = mode;
        return 0;
    }
    ModeOperand const parsed = parse_mode(mode, {});
    if (!parsed.valid) return errors::invalid_mode(module, mode);
    id.mode = parsed.mode;
    return 0;
}

i32 invalid_character(u8 c, const FileId& id) {
    Message(module, 62, 'E'_e) << "INVALID CHAR '"_e << c << "' IN FILEID '"_e << api::spell(id)
                               << "'"_e;
    return api::rc::invalid_fileid;
}

bool has_equals(const FileId& id) {
    return id.name.text() == "="_e || id.type.text() == "="_e || id.mode.bytes[0] == '='_e;
}

} // namespace

i32 parse(const Parameters& parameters, Request& request) {
    usize const operands = parameters.options();
    if (operands == 0) {
        api::message(module, 42, 'E'_e, "NO FILEID(S) SPECIFIED"_e);
        return api::rc::parameter;
    }
    if (operands % 3 != 0) return incomplete(parameters, operands / 3 * 3, operands);
    usize const fileids = operands / 3;
    usize const inputs = fileids == 1 ? 1 : fileids - 1;
    if (inputs > most_inputs) {
        api::message(module, 102, 'S'_e, "TOO MANY FILEIDS"_e);
        return api::rc::conflict;
    }
    for (usize i = 0; i < inputs; ++i)
        if (i32 const code = parse_fileid(parameters, 3 * i, i > 0, request.inputs[i])) return code;
    request.input_count = static_cast<u32>(inputs);
    if (has_equals(request.inputs[0])) return invalid_character('='_e, request.inputs[0]);
    if (fileids > 1) {
        request.output_given = true;
        if (i32 const code = parse_fileid(parameters, 3 * inputs, true, request.output))
            return code;
    } else {
        request.output = {Name8("="_e), Name8("="_e), Name<2>("="_e)};
    }
    if (has_asterisk(request.output)) return invalid_character('*'_e, request.output);
    if (i32 const code = parse_options(parameters, request)) return code;
    // A file copied onto itself is meant to be replaced.
    if (!request.output_given && !request.destination_given)
        request.destination = Destination::Replace;
    return 0;
}

} // namespace cms::copyfile
