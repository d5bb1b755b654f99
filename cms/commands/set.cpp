#include "cms/commands/set.h"

#include "cms/api/command.h"
#include "cms/commands/cp.h"
#include "cms/commands/errors.h"
#include "cms/commands/on_off.h"

namespace cms {
namespace {

constexpr Text module = "SET"_e;
using api::Setting;

i32 missing(Text after) {
    Message(module, 50, 'E'_e) << "PARAMETER MISSING AFTER "_e << after;
    return api::rc::parameter;
}

i32 wrong(Text value, Text function) {
    Message(module, 26, 'E'_e) << "INVALID PARAMETER '"_e << value << "' FOR '"_e << function
                               << "' FUNCTION"_e;
    return api::rc::parameter;
}

i32 set_on_off(const OnOff& item, const Parameters& parameters) {
    if (parameters.size() < 2) return missing(item.name);
    if (parameters.size() > 2) return errors::invalid_parameter(module, parameters[2]);
    if (!(parameters[1] == item.on) && !(parameters[1] == item.off))
        return wrong(parameters[1], item.name);
    api::write_setting(item.setting, parameters[1] == item.on);
    return 0;
}

// A character of a translate table: itself, or two hexadecimal digits.
struct Code {
    bool valid = false;
    u8 value = 0;
};
Code parse_hex_code(Text token) {
    ParsedNumber const number = parse_hex(token);
    return {number.valid && token.size() == 2, static_cast<u8>(number.value)};
}

i32 no_character() {
    api::message(module, 61, 'E'_e, "NO TRANSLATION CHARACTER SPECIFIED"_e);
    return api::rc::parameter;
}

// INPUT a xx: what is typed as `a` is read as X'xx'. OUTPUT xx a: X'xx' is shown as `a`.
i32 set_translation(const Parameters& parameters) {
    bool const input = parameters[0] == "INPUT"_e;
    api::Table const table = input ? api::Table::Input : api::Table::Output;
    if (parameters.size() == 1) {
        api::drop_translation(table);
        return 0;
    }
    if (parameters.size() == 2) return no_character();
    if (parameters.size() > 3) return errors::invalid_parameter(module, parameters[3]);
    Text const character = parameters[input ? 1 : 2], hexadecimal = parameters[input ? 2 : 1];
    Code const code = parse_hex_code(hexadecimal);
    if (!code.valid) return wrong(hexadecimal, parameters[0]);
    Code shown{character.size() == 1, character[0]};
    if (!shown.valid) shown = parse_hex_code(character);
    if (!shown.valid) return wrong(character, parameters[0]);
    bool const done = input ? api::set_translation(table, shown.value, code.value)
                            : api::set_translation(table, code.value, shown.value);
    return done ? 0 : errors::no_storage(module);
}

i32 set_loader_tables(const Parameters& parameters) {
    if (parameters.size() < 2) return missing("LDRTBLS"_e);
    ParsedNumber const pages = parse_decimal(parameters[1]);
    if (!pages.valid || pages.value == 0 || pages.value > 128)
        return wrong(parameters[1], "LDRTBLS"_e);
    if (api::set_loader_table_pages(pages.value)) return 0;
    api::message(module, 31, 'E'_e, "LOADER TABLES CANNOT BE MODIFIED"_e);
    return api::rc::member;
}

i32 tell_cp(const Parameters& parameters) {
    Line<180> command("SET "_e);
    Line<180> const operands = command_text(parameters);
    for (u8 c : operands.text()) command << ebcdic::upper(c);
    return api::call_cp(command.text());
}

} // namespace
} // namespace cms

i32 set_command(const cms::Parameters& parameters) {
    using namespace cms;
    if (parameters.size() == 0) {
        api::message(module, 47, 'E'_e, "NO FUNCTION SPECIFIED"_e);
        return api::rc::parameter;
    }
    Text const function = parameters[0];
    for (const OnOff& item : on_off)
        if (item.name == function) return set_on_off(item, parameters);
    if (function == "INPUT"_e || function == "OUTPUT"_e) return set_translation(parameters);
    if (function == "LDRTBLS"_e) return set_loader_tables(parameters);
    if (function == "BLIP"_e) {
        // The character itself is shown by nobody: only ON and OFF make a difference.
        if (parameters.size() < 2) return missing("BLIP"_e);
        api::write_setting(Setting::Blip, !(parameters[1] == "OFF"_e));
        return 0;
    }
    if (function == "DOS"_e) {
        if (parameters[1] == "OFF"_e) return 0;
        api::message(module, 98, 'W'_e, "CMS OS SIMULATION NOT AVAILABLE"_e);
        return 4;
    }
    return tell_cp(parameters);
}
