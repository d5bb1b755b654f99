// The dump of a failed CP (DMKDMP): message on the console, storage to the dump area
// of the system volume. Format: cp/layout/dump.h; dump-print prints it.
//
// Runs when nothing can be trusted: no tasks, no free storage, I/O by polling.
#pragma once

#include "cp/base/abend.h"
#include "cp/layout/volume.h"
#include "s370/arch/ccw.h"

namespace cp {

struct DumpPlace {
    bool has_console = false, has_disk = false;
    s370::DeviceAddress console, disk;
    Area area;
    u32 storage_size = 0;
};
extern DumpPlace dump_place;

// An AbendAction.
void write_dump(Abend code);

} // namespace cp
