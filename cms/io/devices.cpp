#include "cms/io/devices.h"

#include <cstring>

namespace cms {
namespace {

struct Device {
    Text name;
    u16 address;
};

// In the order of cms/layout/devtab.h; the disks' addresses come with ACCESS.
constexpr Device unit_record[] = {{"RDR1"_e, 0x00C}, {"PCH1"_e, 0x00D}, {"PRN1"_e, 0x00E},
                                  {"RDR2"_e, 0x012}, {"PCH2"_e, 0x013}, {"PRN2"_e, 0x010}};

// DSK1 to DSK7 are the disks A to G, DSK8 is S, DSK9 is Y, DSK0 is Z; the others
// are named by their letter.
constexpr u8 disk_suffix(u32 index) {
    if (index < 7) return static_cast<u8>('1'_e + index);
    constexpr EbcdicLiteral letters{"HIJKLMNOPQR8TUVWX90"};
    return letters.bytes[index - 7];
}

void define(DevtabEntry& entry, Text name, u8 suffix, u16 address) {
    entry.name = name;
    if (suffix != 0) entry.name.bytes[3] = suffix;
    entry.device = address;
}

} // namespace

void initialize_devices() {
    DevtabEntry* table = device_table();
    std::memset(static_cast<void*>(table), 0, (devtab::entries + 1) * sizeof(DevtabEntry));
    define(table[devtab::console], "CON1"_e, 0, 0x009);
    for (u32 i = 0; i < 26; ++i) define(table[devtab::disks + i], "DSK"_e, disk_suffix(i), 0);
    DevtabEntry* entry = table + devtab::reader;
    for (const Device& device : unit_record) define(*entry++, device.name, 0, device.address);
    for (u16 i = 0; i < 16; ++i) {
        u8 const suffix = static_cast<u8>(i < 10 ? '0'_e + i : 'A'_e + (i - 10));
        define(table[devtab::tapes + i], "TAP"_e, suffix,
               static_cast<u16>(i < 8 ? 0x180 + i : 0x280 + i));
    }
    define(table[devtab::entries], "XXXX"_e, 0, 0);
    nucon().adevtab = at::devtab;
    nucon().atabend = at::devtab + devtab::entries * u32{sizeof(DevtabEntry)};
}

DevtabEntry* find_device(s370::DeviceAddress device) {
    if (device.value == 0) return nullptr;
    DevtabEntry* table = device_table();
    for (u32 i = 0; i < devtab::entries; ++i)
        if (table[i].device == device.value) return table + i;
    return nullptr;
}

DevtabEntry* find_device(const Name<4>& name) {
    DevtabEntry* table = device_table();
    for (u32 i = 0; i < devtab::entries; ++i)
        if (table[i].name == name) return table + i;
    return nullptr;
}

} // namespace cms
