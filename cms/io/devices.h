// The device table in storage (DEVTAB, ADEVTAB).
#pragma once

#include "cms/base/storage.h"
#include "cms/layout/devtab.h"
#include "s370/arch/ccw.h"

namespace cms {

inline DevtabEntry* device_table() { return &fixed<DevtabEntry, at::devtab>(); }

// Fills the table with the names and the usual addresses.
void initialize_devices();

// The entry of an address or of a name (CON1, TAP1...); null when there is none.
DevtabEntry* find_device(s370::DeviceAddress device);
DevtabEntry* find_device(const Name<4>& name);

} // namespace cms
