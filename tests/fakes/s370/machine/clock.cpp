#include "s370/machine/clock.h"

#include "s370/machine/control.h"

u64 fakes::time_of_day;
u64 fakes::cpu_id = fakes::real_cpu_id;

extern "C" {
void machine_stck(u64* value) { *value = fakes::time_of_day; }
void machine_stidp(u64* value) { *value = fakes::cpu_id; }
}
