#include "cms/commands/edit/settings.h"

namespace cms::edit {
namespace {

struct Kind {
    Text filetype;
    u8 recfm;
    u32 record_length;
    u32 truncation; // of lines that are typed and shown
    bool upper_case;
    bool serial;
};
constexpr Kind kinds[] = {
    {"ASSEMBLE"_e, 'F'_e, 80, 71, true, true},  {"UPDATE"_e, 'F'_e, 80, 71, true, true},
    {"ASM3705"_e, 'F'_e, 80, 71, true, true},   {"MACRO"_e, 'F'_e, 80, 71, true, true},
    {"COPY"_e, 'F'_e, 80, 71, true, true},      {"COBOL"_e, 'F'_e, 80, 72, true, true},
    {"FORTRAN"_e, 'F'_e, 80, 72, true, true},   {"LISTING"_e, 'V'_e, 121, 121, true, false},
    {"MEMO"_e, 'F'_e, 80, 80, false, false},    {"PLI"_e, 'F'_e, 80, 72, true, true},
    {"PLIOPT"_e, 'F'_e, 80, 72, true, true},    {"SCRIPT"_e, 'V'_e, 132, 132, false, false},
    {"BASIC"_e, 'F'_e, 80, 80, true, false},    {"BASDATA"_e, 'F'_e, 80, 80, true, false},
    {"VSBASIC"_e, 'F'_e, 80, 80, true, false},  {"VSBDATA"_e, 'V'_e, 132, 132, true, false},
    {"FREEFORT"_e, 'V'_e, 81, 81, true, false}, {"EXEC"_e, 'V'_e, 80, 80, true, false},
    {"AMSERV"_e, 'F'_e, 80, 72, true, false},   {"DIRECT"_e, 'F'_e, 80, 72, true, true},
};
constexpr Kind other{{}, 'F'_e, 80, 80, true, false};

const Kind& kind_of(Text filetype) {
    if (filetype.starts_with("UPDT"_e)) filetype = "UPDATE"_e;
    for (const Kind& kind : kinds)
        if (kind.filetype == filetype) return kind;
    return other;
}

void default_tabs(Text filetype, Settings& settings) {
    if (filetype == "ASSEMBLE"_e || filetype == "MACRO"_e || filetype == "ASM3705"_e ||
        filetype == "COPY"_e || filetype.starts_with("UPD"_e))
        settings.set_tabs({1, 10, 16, 31, 36, 41, 46, 69, 72, 80});
    else if (filetype == "FORTRAN"_e || filetype == "FREEFORT"_e)
        settings.set_tabs({1, 7, 10, 15, 20, 25, 30, 80});
    else if (filetype == "COBOL"_e)
        settings.set_tabs({1, 8, 12, 20, 28, 36, 44, 68, 72, 80});
    else if (filetype.starts_with("PLI"_e))
        settings.set_tabs({2, 4, 7, 10, 13, 16, 19, 22, 25, 31, 37, 43, 49, 55, 79, 80});
    else if (filetype.starts_with("BAS"_e) || filetype.starts_with("VSB"_e))
        settings.set_tabs({7, 10, 15, 20, 25, 30, 80});
    else
        settings.set_tabs(
            {1, 6, 11, 16, 21, 26, 31, 36, 41, 46, 51, 61, 71, 81, 91, 101, 111, 121, 131});
}

} // namespace

void Settings::set_tabs(std::initializer_list<u32> columns) {
    tab_count = 0;
    for (u32 column : columns)
        if (tab_count < most_tabs) tabs[tab_count++] = column;
}

Settings settings_for(const api::FileId& id, u32 record_length) {
    const Kind& kind = kind_of(id.type.text());
    Settings settings;
    settings.recfm = kind.recfm;
    settings.record_length = record_length != 0 ? record_length : kind.record_length;
    bool const as_usual = settings.record_length == kind.record_length;
    settings.truncation = as_usual ? kind.truncation : settings.record_length;
    settings.zone_last = settings.truncation;
    // Sequence numbers are not looked at while one edits.
    settings.verify_last = kind.serial && as_usual ? 72 : settings.truncation;
    settings.upper_case = kind.upper_case;
    settings.serial = kind.serial && settings.recfm == 'F'_e && settings.record_length == 80;
    settings.serial_name = id.name.text().substr(0, 3);
    default_tabs(id.type.text(), settings);
    return settings;
}

} // namespace cms::edit
