#include "cp/start.h"

#include "cp/control/dispatch.h"
#include "cp/guest/identification.h"
#include "cp/guest/used_time.h"
#include "cp/io/dump.h"
#include "cp/io/synchronous.h"
#include "cp/paging/pages.h"
#include "s370/machine/storage.h"

extern "C" u8 nucleus_end[];

namespace cp {

using namespace s370;

namespace {

constexpr u32 smallest_storage = 1024 * 1024;
constinit RealDevice* console = nullptr;

u8* take_pages(u32 count) { return frame_pool.take(count); }
bool give_pages(u8* pages, u32 count) {
    if (!frame_pool.owns(pages)) return false;
    frame_pool.give(pages, count);
    return true;
}

RealDevice* find_console() {
    for (RealDevice& device : real_devices())
        if (device.device_class() == DeviceClass::Console) return &device;
    return nullptr;
}

void type(Text line) {
    if (console != nullptr) type_synchronously(console->address(), line);
}

// Mmm dd yyyy, as the compiler says it, as MM/DD/YY.
Line<8> numeric_date(Text date) {
    constexpr Text months = "JanFebMarAprMayJunJulAugSepOctNovDec"_e;
    u32 month = 1;
    while (month < 12 && months.substr(3 * month - 3, 3) != date.substr(0, 3)) ++month;
    Line<8> line;
    line.decimal(month, 2) << '/'_e;
    line << (date[4] == ' '_e ? '0'_e : date[4]) << date[5] << '/'_e << date.substr(9, 2);
    return line;
}

void type_banner(u32 storage) {
    constexpr EbcdicLiteral built(__DATE__); // Mmm dd yyyy
    Text const date(built.bytes, sizeof built.bytes - 1);
    Line<80> banner("CAMBRIDGE/370 VERSION 1 LEVEL 0; CREATED ON "_e);
    type(banner << numeric_date(date));
    Line<80> line("DMKCPI952I "_e);
    line.decimal(storage / 1024, 5) << "K SYSTEM STORAGE"_e;
    type(line);
}

void tell_duplicate(const RealDevice& device, const Volume& mounted) {
    Line<80> line("DMKCPI954E DASD "_e);
    line.hex(device.address().value, 3) << " VOLID "_e << mounted.name().text();
    line << " NOT MOUNTED, DUPLICATE OF DASD "_e;
    type(line.hex(mounted.device().address().value, 3));
}

// Where a dump goes; without it CP runs, and ends without one.
Task<> read_system_areas(Volume* system) {
    SystemAreas areas;
    IoResult const result =
        co_await system->read_record({0, 0}, areas_record, &areas, sizeof areas);
    if (!result.ok() || Text(areas.mark, sizeof areas.mark) != areas_mark) co_return;
    dump_place.disk = system->device().address();
    dump_place.area = areas.dump;
    dump_place.has_disk = true;
}

Task<> start_system(DeviceAddress ipl_device) {
    co_await mount_volumes(ipl_device, tell_duplicate);
    RealDevice* const loaded = find_device(ipl_device);
    Volume* const system = loaded == nullptr ? nullptr : volume_on(*loaded);
    if (system != nullptr) co_await read_system_areas(system);
    co_await start_users(system, console);
    type("DMKCPI966I INITIALIZATION COMPLETE"_e);
}

void start(DeviceAddress ipl_device) {
    u32 const storage = machine::storage_size();
    u32 const first_frame = round_up(machine::real_address(nucleus_end), page_size);
    VERIFY(storage >= smallest_storage, Abend::CPI001);
    frame_pool.initialize(first_frame, storage);
    free_storage::initialize(nullptr, 0);
    free_storage::grow_from({take_pages, give_pages});
    learn_outer_levels();
    measure_register_load();
    discover_devices();
    console = find_console();
    if (console != nullptr) {
        dump_place.console = console->address();
        dump_place.has_console = true;
    }
    dump_place.storage_size = storage;
    set_abend_action(write_dump);
    type_banner(storage);
    spawn(start_system(ipl_device));
    dispatch();
}

} // namespace
} // namespace cp

void cp_start(u32 ipl_device) {
    cp::start({static_cast<u16>(ipl_device)});
    __builtin_unreachable();
}
