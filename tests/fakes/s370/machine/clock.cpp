#include "s370/machine/clock.h"

#include "s370/machine/control.h"

u64 fakes::time_of_day;
u64 fakes::time_of_loads = 0;
u64 fakes::cpu_id = fakes::real_cpu_id;

extern "C" {
void machine_stck(u64* value) { *value = fakes::time_of_day; }
void machine_time_loads(u64* before_and_after) {
    before_and_after[0] = 0;
    before_and_after[1] = fakes::time_of_loads;
}
void machine_stidp(u64* value) { *value = fakes::cpu_id; }
}
