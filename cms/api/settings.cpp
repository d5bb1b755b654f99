#include "cms/api/settings.h"

#include "cms/api/svc.h"

namespace cms::api {
namespace {

// While it exists the program runs with the nucleus' key: page 0 is not the user's.
class NucleusKey {
  public:
    NucleusKey() { cms_dmskey(1); }
    NucleusKey(const NucleusKey&) = delete;
    ~NucleusKey() { cms_dmskey(0); }
};

struct Switch {
    u8* byte;
    u8 bit;
    bool means_off; // the bit is set when the setting is off
};

Switch find(Setting setting) {
    Nucon& page0 = nucon();
    switch (setting) {
    case Setting::ImpliedExec: return {&page0.optflags, optflags::no_implied_exec, true};
    case Setting::ImpliedCp: return {&page0.optflags, optflags::no_implied_cp, true};
    case Setting::Abbreviations: return {&page0.optflags, optflags::no_abbreviations, true};
    case Setting::PageRelease: return {&page0.optflags, optflags::no_page_release, true};
    case Setting::RedType: return {&page0.msgflags, msgflags::red_errors, false};
    case Setting::Protection: return {&page0.protflag, protflag::off, true};
    case Setting::LongReady: return {&page0.msgflags, msgflags::short_ready, true};
    case Setting::AutoRead: return {&page0.optflags, optflags::no_vm_read, true};
    case Setting::Blip: break;
    }
    return {&extsect().blip_on, 0xFF, false};
}

Be32& table_word(Table table) {
    return table == Table::Input ? nucon().aintrtbl : nucon().aoutrtbl;
}

constexpr u32 table_size = 256, table_page = 4096;

} // namespace

bool read_setting(Setting setting) {
    Switch const found = find(setting);
    return ((*found.byte & found.bit) != 0) != found.means_off;
}

void write_setting(Setting setting, bool on) {
    Switch const found = find(setting);
    NucleusKey key;
    *found.byte =
        static_cast<u8>(on != found.means_off ? *found.byte | found.bit : *found.byte & ~found.bit);
}

bool has_translation(Table table) { return table_word(table) != 0; }

u8 translation(Table table, u8 code) {
    u32 const address = table_word(table);
    return address == 0 ? code : at_address(address)[code];
}

bool set_translation(Table table, u8 code, u8 becomes) {
    Be32& word = table_word(table);
    u32 const address = word != 0 ? u32{word} : cms_dmsfree(table_size / 8, 1);
    if (address == 0) return false;
    NucleusKey key;
    u8* const bytes = at_address(address);
    if (word == 0)
        for (u32 i = 0; i < table_size; ++i) bytes[i] = static_cast<u8>(i);
    bytes[code] = becomes;
    word = address;
    return true;
}

void drop_translation(Table table) {
    Be32& word = table_word(table);
    u32 const address = word;
    if (address == 0) return;
    {
        NucleusKey key;
        word = 0;
    }
    cms_dmsfret(table_size / 8, address);
}

u32 loader_table_pages() { return nucon().aldrtbls >> 24; }

bool set_loader_table_pages(u32 pages) {
    // They lie at the top of storage; once high storage is in use they cannot grow.
    u32 const tables = nucon().aldrtbls, top = tables & 0xFFFFFF;
    if (nucon().freelowe != top - (tables >> 24) * table_page) return false;
    NucleusKey key;
    nucon().aldrtbls = pages << 24 | top;
    nucon().freelowe = top - pages * table_page;
    return true;
}

Text system_heading() {
    return Text(nucon().systemid, sizeof nucon().systemid).without_trailing_blanks();
}

} // namespace cms::api
