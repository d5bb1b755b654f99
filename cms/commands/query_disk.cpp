#include "cms/commands/query_disk.h"

#include "cms/commands/device.h"
#include "cms/commands/errors.h"
#include "cms/layout/devtab.h"

namespace cms {
namespace {

constexpr Text module = "QRY"_e;

Text device_name(u8 type) {
    switch (type) {
    case disk_type::d2311: return "2311"_e;
    case disk_type::d2314: return "2314"_e;
    case disk_type::d3330: return "3330"_e;
    case disk_type::d3340: return "3340"_e;
    case disk_type::d3350: return "3350"_e;
    case disk_type::d3380: return "3380"_e;
    default: return "????"_e;
    }
}

// A (191): 4 FILES; 20 REC IN USE, 2830 LEFT (OF 2850), 1% FULL (5 CYL), 3350, R/W
void type_disk(const api::DiskState& disk) {
    Line<line_limit> line;
    line << disk.letter << " ("_e << spell_device(disk.device).text() << "): "_e;
    if (disk.foreign) {
        line << device_name(disk.device_type) << ", "_e << (disk.writable ? "R/W"_e : "R/O"_e)
             << " - OS"_e;
        return api::type_line(line);
    }
    // Records of 800 bytes are VM/370's measure; blocks of other sizes say theirs.
    bool const records = disk.block_size == 800;
    line.decimal(disk.files) << " FILES; "_e;
    line.decimal(disk.blocks_used) << (records ? " REC IN USE, "_e : " BLK IN USE, "_e);
    line.decimal(disk.blocks_left) << " LEFT (OF "_e;
    line.decimal(disk.blocks_total) << "), "_e;
    u32 const total = std::max<u32>(disk.blocks_total, 1);
    line.decimal((u64{disk.blocks_used} * 100 + total / 2) / total) << "% FULL ("_e;
    line.decimal(disk.cylinders) << " CYL), "_e << device_name(disk.device_type);
    if (disk.block_size == 512)
        line << "-512"_e;
    else if (!records)
        (line << '-'_e).decimal(disk.block_size / 1024) << 'K'_e;
    line << (disk.writable ? ", R/W"_e : ", R/O"_e);
    if (disk.parent != ' '_e && disk.parent != disk.letter && disk.parent != 0)
        line << " EXTENSION OF "_e << disk.parent;
    api::type_line(line);
}

i32 type_largest() {
    api::DiskState disk, most;
    bool found = false;
    for (api::DiskWalk walk; walk.next(disk);) {
        if (!disk.writable || (found && disk.blocks_left <= most.blocks_left)) continue;
        most = disk;
        found = true;
    }
    if (found) {
        type_disk(most);
        return 0;
    }
    api::message(module, 6, 'E'_e, "NO READ/WRITE DISK ACCESSED"_e);
    return api::rc::disk;
}

} // namespace

i32 query_search() {
    api::DiskState disk;
    for (api::DiskWalk walk; walk.next(disk);) {
        Line<60> line(disk.label.padded());
        line << "  "_e << spell_device(disk.device).text() << "  "_e << disk.letter;
        if (disk.parent != ' '_e && disk.parent != 0) line << '/'_e << disk.parent;
        line.at(17) << (disk.writable ? "R/W"_e : "R/O"_e);
        if (disk.foreign) line << " - OS"_e;
        api::type_line(line.text());
    }
    return 0;
}

i32 query_disk(const Parameters& parameters) {
    Text const which = parameters[1];
    if (parameters.size() > 2) return errors::invalid_parameter(module, parameters[2]);
    if (which == "MAX"_e) return type_largest();
    bool const all = which == "*"_e || which.empty(), writable = which == "R/W"_e;
    if (!all && !writable && (which.size() != 1 || !ebcdic::is_upper_letter(which[0]))) {
        Message(module, 26, 'E'_e) << "INVALID PARAMETER '"_e << which << "' FOR 'DISK' FUNCTION"_e;
        return api::rc::parameter;
    }
    u32 found = 0;
    api::DiskState disk;
    for (api::DiskWalk walk; walk.next(disk);) {
        if (!all && !(writable ? disk.writable : disk.letter == which[0])) continue;
        type_disk(disk);
        ++found;
    }
    if (found > 0) return 0;
    if (writable) {
        api::message(module, 6, 'E'_e, "NO READ/WRITE DISK ACCESSED"_e);
        return api::rc::disk;
    }
    return errors::not_accessed(module, which[0]);
}

} // namespace cms
