// Date, time of day and CPU time used, from CP (DIAGNOSE X'0C').
#pragma once

#include "s370/base/text.h"

namespace cms::api {

struct Clock {
    Name8 date; // MM/DD/YY
    Name8 time; // HH:MM:SS
    Microseconds virtual_cpu;
    Microseconds total_cpu;
};

Clock read_clock();

} // namespace cms::api
