// Date and time of day as people write them.
//
// The clock counts from 1900-01-01 00:00 UTC. The zone is the system's (SYSTIME),
// and the same for everybody.
#pragma once

#include "s370/base/text.h"

namespace cp {

struct Zone {
    i32 seconds_east = 0;
    Text name = "GMT"_e; // three characters
};
extern Zone system_zone;

struct Calendar {
    u32 year, month, day; // 1 to 12, 1 to 31
    u32 hour, minute, second;
    u32 weekday; // 0 = Sunday

    // `microseconds`: as of now().
    static Calendar at(u64 microseconds);

    Line<8> time() const; // hh:mm:ss
    Line<8> date() const; // mm/dd/yy
    Text weekday_name() const;
    // "hh:mm:ss zone WEEKDAY mm/dd/yy", as LOGON and QUERY TIME type it.
    Line<40> stamp() const;
};

// "hh:mm:ss" of a stretch of time.
Line<12> hours_minutes_seconds(Microseconds time);
// "mmm:ss.hh", minutes at least three columns wide.
Line<12> minutes_seconds_hundredths(Microseconds time);

} // namespace cp
