#include "cms/commands/query.h"

#include "cms/api/command.h"
#include "cms/commands/cp.h"
#include "cms/commands/errors.h"
#include "cms/commands/on_off.h"
#include "cms/commands/query_disk.h"

namespace cms {
namespace {

i32 no_more(const Parameters& parameters, usize first) {
    if (first < parameters.size()) return errors::invalid_parameter("QRY"_e, parameters[first]);
    return 0;
}

void type_translation(api::Table table, Text name) {
    if (!api::has_translation(table)) {
        Line<80> line("NO USER DEFINED "_e);
        api::type_line((line << name << " TRANSLATE TABLE IN USE"_e).text());
        return;
    }
    for (u32 i = 0; i < 256; ++i) {
        u8 const code = static_cast<u8>(i), becomes = api::translation(table, code);
        if (becomes == code) continue;
        Line<40> line(name);
        line << ' '_e;
        if (table == api::Table::Input)
            (line << code << ' '_e).hex(becomes, 2);
        else
            line.hex(code, 2) << ' '_e << becomes;
        api::type_line(line.text());
    }
}

// What is empty in this CMS, told as VM/370 tells it.
constexpr struct {
    Text name, answer;
} fixed_answers[] = {
    {"MACLIB"_e, "MACLIB   = NONE"_e},
    {"TXTLIB"_e, "TXTLIB   = NONE"_e},
    {"DOSLIB"_e, "DOSLIB   = NONE"_e},
    {"DOS"_e, "DOS      = OFF"_e},
    {"FILEDEF"_e, "NO USER DEFINED FILEDEF'S IN EFFECT"_e},
    {"DLBL"_e, "NO USER DEFINED DLBL'S IN EFFECT"_e},
    {"SYSNAMES"_e, "SYSNAMES: CMSSEG   CMSVSAM  CMSAMS   CMSDOS"_e},
};

bool answer_fixed(Text word) {
    for (const auto& fixed : fixed_answers) {
        if (!(fixed.name == word)) continue;
        api::type_line(fixed.answer);
        return true;
    }
    if (!(word == "LIBRARY"_e)) return false;
    for (u32 i = 0; i < 3; ++i) api::type_line(fixed_answers[i].answer);
    return true;
}

void type_setting(const OnOff& item) {
    Line<40> line(item.name);
    line.at(8) << " = "_e << (api::read_setting(item.setting) ? item.on : item.off);
    api::type_line(line.text());
}

bool answer_setting(Text word) {
    for (const OnOff& item : on_off)
        if (item.name == word) {
            type_setting(item);
            return true;
        }
    return false;
}

i32 ask_cp(const Parameters& parameters) {
    Line<180> command("QUERY "_e);
    Line<180> const operands = command_text(parameters);
    for (u8 c : operands.text()) command << ebcdic::upper(c);
    return api::call_cp(command.text());
}

} // namespace
} // namespace cms

i32 query_command(const cms::Parameters& parameters) {
    using namespace cms;
    Text const word = parameters[0];
    if (parameters.size() == 0) {
        api::message("QRY"_e, 47, 'E'_e, "NO FUNCTION SPECIFIED"_e);
        return api::rc::parameter;
    }
    if (word == "DISK"_e) return query_disk(parameters);
    if (word == "SEARCH"_e) {
        if (i32 const code = no_more(parameters, 1)) return code;
        return query_search();
    }
    if (answer_setting(word) || answer_fixed(word)) return no_more(parameters, 1);
    if (word == "INPUT"_e || word == "OUTPUT"_e)
        type_translation(word == "INPUT"_e ? api::Table::Input : api::Table::Output, word);
    else if (word == "BLIP"_e)
        type_setting({word, api::Setting::Blip, "*"_e, "OFF"_e});
    else if (word == "LDRTBLS"_e)
        api::type_line((Line<40>("LDRTBLS  = "_e).decimal(api::loader_table_pages())).text());
    else if (word == "CMSLEVEL"_e)
        api::type_line(api::system_heading());
    else
        return ask_cp(parameters);
    return no_more(parameters, 1);
}
