// How a file is edited: its format, and what depends on its filetype.
#pragma once

#include "cms/api/files.h"

#include <initializer_list>

namespace cms::edit {

struct Settings {
    static constexpr u32 most_tabs = 25;

    u8 recfm = 'F'_e;
    u32 record_length = 80;
    u32 truncation = 80; // columns that lines may use
    u32 zone_first = 1, zone_last = 80;
    u32 verify_first = 1, verify_last = 80;
    bool verify = true;
    bool upper_case = true;
    enum class Image : u8 { Off, On, Canonical } image = Image::On;
    u32 tabs[most_tabs] = {};
    u32 tab_count = 0;
    bool serial = false;     // columns 73 to 80 get a sequence
    bool serial_all = false; // eight digits instead of three letters and five
    Name<3> serial_name;
    u32 serial_step = 10;
    bool long_messages = true;
    u32 prompt = 10;
    u32 autosave = 0; // 0: off
    enum class Lines : u8 { Off, Left, Right } linemode = Lines::Off;

    void set_tabs(std::initializer_list<u32> columns);
};

// The defaults of the filetype; `record_length` 0 when none was given.
Settings settings_for(const api::FileId& id, u32 record_length);

// `text` with each tab character (X'05') moved to the next tab column, in `line`.
template <usize capacity>
void expand_tabs(const Settings& settings, Text text, Line<capacity>& line) {
    for (u8 c : text) {
        if (c != 0x05) {
            line << c;
            continue;
        }
        u32 column = 0;
        for (u32 i = 0; i < settings.tab_count && column == 0; ++i)
            if (settings.tabs[i] > line.size() + 1) column = settings.tabs[i];
        if (column == 0)
            line << ' '_e;
        else
            line.at(column - 1);
    }
}

} // namespace cms::edit
