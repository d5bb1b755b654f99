#include "cp/base/calendar.h"

namespace cp {

constinit Zone system_zone;

namespace {

constexpr u32 days_in_400_years = 146097;
constexpr u32 days_1600_to_1900 = 3 * 36524 + 1; // 1600 is a leap year
constexpr u32 seconds_per_day = 86400;

constexpr bool leap(u32 year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
constexpr u32 days_in_month(u32 year, u32 month) {
    constexpr u8 days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && leap(year) ? 29 : days[month - 1];
}

} // namespace

Calendar Calendar::at(u64 microseconds) {
    u64 const now = microseconds / 1'000'000 + static_cast<u64>(i64{system_zone.seconds_east});
    auto const of_day = static_cast<u32>(now % seconds_per_day);
    auto days = static_cast<u32>(now / seconds_per_day);

    Calendar calendar{};
    calendar.hour = of_day / 3600;
    calendar.minute = of_day / 60 % 60;
    calendar.second = of_day % 60;
    calendar.weekday = (days + 1) % 7; // 1900-01-01 was a Monday

    days = (days + days_1600_to_1900) % days_in_400_years;
    calendar.year =
        (now / seconds_per_day + days_1600_to_1900) / days_in_400_years == 0 ? 1600 : 2000;
    for (; days >= (leap(calendar.year) ? 366u : 365u); ++calendar.year)
        days -= leap(calendar.year) ? 366 : 365;
    for (calendar.month = 1; days >= days_in_month(calendar.year, calendar.month); ++calendar.month)
        days -= days_in_month(calendar.year, calendar.month);
    calendar.day = days + 1;
    return calendar;
}

Line<8> Calendar::time() const {
    Line<8> line;
    line.decimal(hour, 2) << ':'_e;
    line.decimal(minute, 2) << ':'_e;
    return line.decimal(second, 2);
}

Line<8> Calendar::date() const {
    Line<8> line;
    line.decimal(month, 2) << '/'_e;
    line.decimal(day, 2) << '/'_e;
    return line.decimal(year % 100, 2);
}

Text Calendar::weekday_name() const {
    constexpr Text names[] = {"SUNDAY"_e,   "MONDAY"_e, "TUESDAY"_e, "WEDNESDAY"_e,
                              "THURSDAY"_e, "FRIDAY"_e, "SATURDAY"_e};
    return names[weekday];
}

Line<40> Calendar::stamp() const {
    Line<40> line;
    line << time() << ' '_e << system_zone.name << ' '_e << weekday_name() << ' '_e << date();
    return line;
}

Line<12> hours_minutes_seconds(Microseconds time) {
    u64 const seconds = time.count / 1'000'000;
    Line<12> line;
    line.decimal(seconds / 3600, 2) << ':'_e;
    line.decimal(seconds / 60 % 60, 2) << ':'_e;
    return line.decimal(seconds % 60, 2);
}

Line<12> minutes_seconds_hundredths(Microseconds time) {
    u64 const hundredths = time.count / 10'000;
    Line<12> line;
    line.decimal(hundredths / 6000, 3) << ':'_e;
    line.decimal(hundredths / 100 % 60, 2) << '.'_e;
    return line.decimal(hundredths % 100, 2);
}

} // namespace cp
