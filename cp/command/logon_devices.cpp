#include "cp/command/logon_devices.h"

#include "cp/command/link.h"
#include "cp/guest/disk.h"
#include "cp/guest/unit_record.h"
#include "cp/guest/virtual_console.h"
#include "cp/guest/virtual_display.h"
#include "cp/io/devices.h"

namespace cp {

using directory::DeviceEntry;
using directory::Statement;

namespace {

namespace flag = directory::device_flag;

bool is_reader(const DeviceEntry& device) {
    return (device.flags & flag::reader) != 0 || device.type == 0x2501 || device.type == 0x3505;
}
bool is_punch(const DeviceEntry& device) {
    return (device.flags & flag::punch) != 0 || device.type == 0x3525;
}

// A device without a real one behind it; false when its address is in use.
bool create_local(VirtualMachine& machine, const DeviceEntry& device) {
    s370::DeviceAddress const address{device.address};
    u8 const spool_class = device.spool_class;
    if (device.statement == Statement::Console)
        return attach_console(machine, address, device.type, spool_class) != nullptr;
    if (is_reader(device))
        return attach_reader(machine, address, device.type, spool_class) != nullptr;
    if (is_punch(device))
        return attach_punch(machine, address, device.type, spool_class) != nullptr;
    return attach_printer(machine, address, device.type, spool_class) != nullptr;
}

bool is_display(u16 type) {
    return type == 0x3270 || type == 0x3138 || type == 0x3148 || type == 0x3158;
}

// A real disk that CP has not mounted, and nobody else has.
bool dedicate(VirtualMachine& machine, const DeviceEntry& device) {
    if ((device.flags & flag::by_volume) != 0) return false;
    RealDevice* const real = find_device({device.real_address});
    if (real == nullptr || volume_on(*real) != nullptr || dedicated_to(*real) != nullptr)
        return false;
    return attach_dedicated_disk(machine, {device.address}, *real) != nullptr;
}

LinkRequest link_request(const VirtualMachine& machine, const DeviceEntry& device) {
    LinkRequest request;
    bool const minidisk = device.statement == Statement::Minidisk;
    request.owner = minidisk ? machine.userid : device.link_userid;
    request.from = {minidisk ? device.address : device.link_address};
    request.to = {device.address};
    request.has_mode = parse_link_mode(device.mode.text(), request.mode);
    return request;
}

Task<> create_device(const Caller& caller, DeviceEntry device) {
    VirtualMachine& machine = caller.machine();
    Line<3> address;
    address.hex(device.address, 3);

    switch (device.statement) {
    case Statement::Console:
    case Statement::Spool:
        if (!create_local(machine, device))
            co_await caller.fail("LOG"_e, 92, address, "DEV"_e, address);
        break;
    case Statement::Minidisk:
    case Statement::Link:
        if ((device.flags & flag::temporary) != 0)
            co_await caller.fail("LOG"_e, 91, address);
        else
            co_await link_disk(caller, link_request(machine, device));
        break;
    case Statement::Dedicate: {
        if (dedicate(machine, device)) break;
        Line<6> real;
        if ((device.flags & flag::by_volume) != 0)
            real << device.volume;
        else
            real.hex(device.real_address, 3);
        co_await caller.fail("LOG"_e, 90, address, real);
        break;
    }
    case Statement::Special: {
        if (is_display(device.type)) {
            if (attach_display(machine, {device.address}, device.type) == nullptr)
                co_await caller.fail("LOG"_e, 92, address, "DEV"_e, address);
            break;
        }
        Line<6> type;
        if (device.type == directory::type_ctca)
            type << "CTCA"_e;
        else if (device.type == directory::type_timer)
            type << "TIMER"_e;
        else
            type.hex(device.type, 4);
        co_await caller.fail("LOG"_e, 90, address, type);
        break;
    }
    }
}

} // namespace

Task<> create_devices(Session& session, DirectoryUser* user) {
    Caller const caller(session, Caller::Origin::Logon);
    for (;;) {
        DeviceEntry device{};
        bool more = false;
        more = co_await user->next_device(&device);
        if (!more) break;
        co_await create_device(caller, device);
    }
    if (user->damaged()) {
        Text const userid = session.machine().userid.text();
        co_await caller.fail("LOG"_e, 93, userid);
    }
}

} // namespace cp
