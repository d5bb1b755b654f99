// What SET changes and QUERY shows: switches of NUCON and the translate tables.
#pragma once

#include "s370/base/text.h"

namespace cms::api {

enum class Setting : u8 {
    ImpliedExec,
    ImpliedCp,
    Abbreviations,
    PageRelease,
    RedType,
    Protection,
    LongReady,
    Blip,
    AutoRead,
};
bool read_setting(Setting setting);
void write_setting(Setting setting, bool on);

enum class Table : u8 { Input, Output };
// What the table makes of `code`; the same when no table is in use.
u8 translation(Table table, u8 code);
bool has_translation(Table table);
// False when there is no storage for a table.
bool set_translation(Table table, u8 code, u8 becomes);
void drop_translation(Table table);

u32 loader_table_pages();
// False when the tables are in use.
bool set_loader_table_pages(u32 pages);

// The heading that was typed at IPL.
Text system_heading();

} // namespace cms::api
