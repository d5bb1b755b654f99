#include "cms/io/disk_io.h"

#include "cms/base/cp.h"
#include "cms/base/storage.h"
#include "cms/layout/devtab.h"
#include "cp/api/diagnose_codes.h"
#include "s370/arch/ckd.h"
#include "s370/machine/diagnose.h"
#include "s370/machine/io.h"

#include <algorithm>

namespace cms::io {
namespace {

using s370::Ccw;
namespace ckd = s370::ckd;

constexpr u32 most_blocks = 15; // of a DIAGNOSE 18
constexpr u32 longest_diagnose_18 = 2048;
constexpr u32 attempts = 3;
constexpr u32 most_records = 30; // of a track

// Channel programs are built in the free part of DIOSECT: CP reads them from there.
struct Argument {
    Be16 bin;
    Be16 cylinder;
    Be16 head;
    u8 record;
    u8 reserved;
};
struct WorkArea {
    Ccw ccws[4 * most_blocks];
    union {
        Argument arguments[most_blocks];
        struct {
            Argument place;
            ckd::Count counts[most_records];
        } track;
        u8 sense[ckd::sense_length];
    };
};
constexpr u32 work_area = at::diosect + 0x100;
static_assert(work_area + sizeof(WorkArea) <= at::fvs);

constinit Failure failure;

WorkArea& area() { return *at_address<WorkArea>(work_area); }

struct Kind {
    u8 diagnose_type; // type byte of DIAGNOSE 24
    u8 type;
    ckd::Geometry geometry;
};
constexpr u8 dasd_class = 0x04;
constexpr Kind kinds[] = {{0x10, disk_type::d3330, ckd::geometry_3330},
                          {0x01, disk_type::d3340, ckd::geometry_3340},
                          {0x08, disk_type::d3350, ckd::geometry_3350}};

Status classify(u8 sense0, u8 sense1) {
    if ((sense1 & (ckd::sense1_file_protected | ckd::sense1_write_inhibited)) != 0) {
        return Status::ReadOnly;
    }
    if ((sense0 & (ckd::sense0_command_reject | ckd::sense0_seek_check)) != 0) {
        return Status::NoCylinder;
    }
    return Status::Error;
}

Status ended_by_sense(u8 sense0, u8 sense1, u16 status) {
    failure.sense[0] = sense0;
    failure.sense[1] = sense1;
    failure.unit_status = status;
    return classify(sense0, sense1);
}

// Waits for the channel program at `ccws` on a CPU without CP.
Status run_sio(u16 device, const Ccw* ccws, u16& status) {
    s370::DeviceAddress const address{device};
    nucon().caw = address_of(ccws);
    u8 cc = machine::sio(address);
    if (cc == 3) return Status::NotAttached;
    constexpr u16 over = s370::status::device_end | s370::status::unit_check;
    status = 0;
    while (true) {
        if (cc == 1) status |= s370::Csw::from(nucon().csw).status;
        if ((status & over) != 0) return Status::Ok;
        if (cc == 3) return Status::NotAttached;
        cc = machine::tio(address);
        if (cc == 0) return Status::Ok;
    }
}

Status start_sio(u16 device, const Ccw* ccws) {
    u16 status = 0;
    if (Status const s = run_sio(device, ccws, status); s != Status::Ok) return s;
    constexpr u16 good = s370::status::channel_end | s370::status::device_end |
                         s370::status::control_unit_end | s370::status::status_modifier;
    if ((status & ~u32{good}) == 0) return Status::Ok;
    if ((status & s370::status::unit_check) == 0) return ended_by_sense(0, 0, status);

    WorkArea& work = area();
    work.ccws[0] =
        Ccw(s370::command::sense, address_of(work.sense), Ccw::SuppressLength, ckd::sense_length);
    u16 ignored = 0;
    if (Status const s = run_sio(device, work.ccws, ignored); s != Status::Ok) return s;
    return ended_by_sense(work.sense[0], work.sense[1], status);
}

Status start_diagnose_20(u16 device, const Ccw* ccws) {
    machine::Diagnose registers;
    registers.rx = device;
    registers.ry = address_of(ccws);
    machine::diagnose(cp::diagnose_code::general_io, registers);
    switch (registers.condition_code) {
    case 0: return Status::Ok;
    case 1: return Status::NotAttached;
    case 2: return ended_by_sense(0, 0, s370::status::incorrect_length);
    default:
        return ended_by_sense(static_cast<u8>(registers.ry >> 8), static_cast<u8>(registers.ry),
                              s370::status::unit_check);
    }
}

Status start(u16 device, const Ccw* ccws) {
    return under_cp() ? start_diagnose_20(device, ccws) : start_sio(device, ccws);
}

Status start_diagnose_18(u16 device, const Ccw* ccws, u32 blocks) {
    machine::Diagnose registers;
    registers.rx = device;
    registers.ry = address_of(ccws);
    registers.r15 = blocks;
    machine::diagnose(cp::diagnose_code::disk_io, registers);
    if (registers.condition_code == 0) return Status::Ok;
    switch (registers.r15) {
    case 1: return Status::NotAttached;
    case 2: return Status::NotDisk;
    case 3: return Status::ReadOnly;
    case 4: return Status::NoCylinder;
    default: return Status::Error;
    }
}

struct Place {
    u32 cylinder;
    u16 head;
    u8 record;
};
Place place_of(const Disk& disk, u32 block) {
    u32 const track = (block - 1) / disk.blocks_per_track;
    return {track / disk.heads, static_cast<u16>(track % disk.heads),
            static_cast<u8>((block - 1) % disk.blocks_per_track + 1)};
}

// Four CCWs to move one record.
void compose(Ccw* ccw, Argument& argument, Place place, u8 command, u32 buffer, u16 length,
             u8 flags) {
    argument.bin = 0;
    argument.cylinder = static_cast<u16>(place.cylinder);
    argument.head = place.head;
    argument.record = place.record;
    u32 const seek = address_of(&argument);
    ccw[0] = Ccw(ckd::command::seek, seek, Ccw::ChainCommand, 6);
    ccw[1] = Ccw(ckd::command::search_id_equal, seek + 2, Ccw::ChainCommand, 5);
    ccw[2] = Ccw(s370::command::tic, address_of(ccw + 1), 0, 0);
    ccw[3] = Ccw(command, buffer, flags, length);
}

// All of `transfers` lie on one cylinder.
Status move_once(const Disk& disk, std::span<const Transfer> transfers, u8 command,
                 bool diagnose_18) {
    WorkArea& work = area();
    for (usize i = 0; i < transfers.size(); ++i) {
        u8 const flags = i + 1 < transfers.size() ? u8{Ccw::ChainCommand} : u8{0};
        compose(&work.ccws[4 * i], work.arguments[i], place_of(disk, transfers[i].block), command,
                address_of(transfers[i].buffer), disk.block_size, flags);
    }
    u32 const count = static_cast<u32>(transfers.size());
    return diagnose_18 ? start_diagnose_18(disk.device, work.ccws, count)
                       : start(disk.device, work.ccws);
}

Status move_cylinder(const Disk& disk, std::span<const Transfer> transfers, u8 command) {
    bool const fast = disk.block_size <= longest_diagnose_18 && under_cp();
    Status status = move_once(disk, transfers, command, fast);
    if (status == Status::Ok || status == Status::NotAttached) return status;
    // Block by block: the others may be good, and DIAGNOSE 20 tells the sense.
    for (const Transfer& transfer : transfers) {
        failure = {disk.device, transfer.block, 0, {}, command == ckd::command::write_data};
        for (u32 i = 0; i < attempts; ++i) {
            status = move_once(disk, {&transfer, 1}, command, false);
            if (status != Status::Error) break;
        }
        if (status != Status::Ok) return status;
    }
    return status;
}

Status move(const Disk& disk, std::span<const Transfer> transfers, u8 command) {
    while (!transfers.empty()) {
        u32 const cylinder = (transfers[0].block - 1) / disk.blocks_per_cylinder();
        usize n = 1;
        while (n < transfers.size() && n < most_blocks &&
               (transfers[n].block - 1) / disk.blocks_per_cylinder() == cylinder) {
            ++n;
        }
        Status const status = move_cylinder(disk, transfers.first(n), command);
        if (status != Status::Ok) return status;
        transfers = transfers.subspan(n);
    }
    return Status::Ok;
}

} // namespace

const Failure& last_failure() { return failure; }

bool set_geometry(Disk& disk, u8 type, u32 block_size) {
    for (const Kind& kind : kinds) {
        if (kind.type != type) continue;
        u32 const records = ckd::records_per_track(kind.geometry, block_size);
        if (block_size < 512 || block_size > 4096 || records > most_records) return false;
        disk.type = type;
        disk.heads = kind.geometry.heads;
        disk.block_size = static_cast<u16>(block_size);
        disk.blocks_per_track = static_cast<u16>(records);
        return true;
    }
    return false;
}

Status identify(u16 device, Disk& disk) {
    disk = {};
    disk.device = device;
    if (!under_cp()) { // a 3350, unless the label says otherwise
        return machine::tio({device}) == 3 ? Status::NotAttached : Status::Ok;
    }
    machine::Diagnose registers;
    registers.rx = device;
    machine::diagnose(cp::diagnose_code::device_type, registers);
    if (registers.condition_code == 3) return Status::NotAttached;
    if (registers.ry >> 24 != dasd_class) return Status::NotDisk;
    // The bit of a read-only disk is in the status byte or in the flag byte, as CP has it.
    disk.read_only = ((registers.ry >> 8 | registers.ry) & 0x80) != 0;
    u8 const type = static_cast<u8>(registers.ry >> 16);
    auto const* kind = std::ranges::find(kinds, type, &Kind::diagnose_type);
    if (kind == std::end(kinds)) return Status::NotDisk;
    disk.type = kind->type;
    return Status::Ok;
}

Status read_label(const Disk& disk, u8* buffer, u16 length) {
    WorkArea& work = area();
    Status status = Status::Error;
    Place place{0, 0, 3};
    for (u32 i = 0; i < attempts && status == Status::Error; ++i) {
        failure = {disk.device, 3, 0, {}, false};
        compose(work.ccws, work.arguments[0], place, ckd::command::read_data, address_of(buffer),
                length, Ccw::SuppressLength);
        status = start(disk.device, work.ccws);
        // A track that holds two blocks only: the third begins the next one.
        if ((failure.sense[1] & ckd::sense1_no_record) != 0) place = {0, 1, 1};
    }
    return status;
}

Status read(const Disk& disk, std::span<const Transfer> transfers) {
    return move(disk, transfers, ckd::command::read_data);
}

Status write(const Disk& disk, std::span<const Transfer> transfers) {
    if (disk.read_only) return Status::ReadOnly;
    return move(disk, transfers, ckd::command::write_data);
}

Status format_track(const Disk& disk, u16 cylinder, u16 head) {
    WorkArea& work = area();
    auto& track = work.track;
    u32 const first = cylinder * disk.blocks_per_cylinder() + head * u32{disk.blocks_per_track} + 1;
    failure = {disk.device, first, 0, {}, true};
    compose(work.ccws, track.place, {cylinder, head, 0}, 0, 0, 0, 0);
    for (u32 i = 0; i < disk.blocks_per_track; ++i) {
        track.counts[i] = {cylinder, head, static_cast<u8>(i + 1), 0, disk.block_size};
        // Of a count that is longer than the CCW's the control unit writes the rest as zeros.
        bool const last = i + 1 == disk.blocks_per_track;
        work.ccws[3 + i] =
            Ccw(ckd::command::write_count_key_data, address_of(&track.counts[i]),
                static_cast<u8>(Ccw::SuppressLength | (last ? 0 : Ccw::ChainCommand)), 8);
    }
    return start(disk.device, work.ccws);
}

} // namespace cms::io
