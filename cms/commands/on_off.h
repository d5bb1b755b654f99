// The switches that SET turns and QUERY shows.
#pragma once

#include "cms/api/settings.h"

namespace cms {

struct OnOff {
    Text name;
    api::Setting setting;
    Text on, off;
};

inline constexpr OnOff on_off[] = {
    {"RDYMSG"_e, api::Setting::LongReady, "LMSG"_e, "SMSG"_e},
    {"RELPAGE"_e, api::Setting::PageRelease, "ON"_e, "OFF"_e},
    {"IMPEX"_e, api::Setting::ImpliedExec, "ON"_e, "OFF"_e},
    {"IMPCP"_e, api::Setting::ImpliedCp, "ON"_e, "OFF"_e},
    {"ABBREV"_e, api::Setting::Abbreviations, "ON"_e, "OFF"_e},
    {"REDTYPE"_e, api::Setting::RedType, "ON"_e, "OFF"_e},
    {"PROTECT"_e, api::Setting::Protection, "ON"_e, "OFF"_e},
    {"AUTOREAD"_e, api::Setting::AutoRead, "ON"_e, "OFF"_e},
};

} // namespace cms
