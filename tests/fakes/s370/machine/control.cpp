#include "s370/machine/control.h"

u32 fakes::control_registers[16];
u32 fakes::tlb_purges;
u64 fakes::cpu_timer;
u64 fakes::clock_comparator;
u64 machine_timer_at_lap;
