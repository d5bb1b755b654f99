#include "cms/commands/release.h"

#include "cms/api/command.h"
#include "cms/api/volumes.h"
#include "cms/commands/device.h"
#include "cms/commands/errors.h"

namespace cms {
namespace {

constexpr Text module = "ARE"_e;

bool wanted(const api::DiskState& disk, Text operand, u16 device) {
    return operand.size() == 1 ? disk.letter == operand[0] : disk.device == device;
}

i32 not_there(Text operand) {
    Message(module, 69, 'E'_e) << "DISK '"_e << operand << "' NOT ACCESSED"_e;
    return api::rc::disk;
}

// One device can be accessed under several letters: all are given back.
i32 release(Text operand, u16 device, bool detach) {
    u8 letters[26];
    u32 count = 0;
    api::DiskState disk;
    for (api::DiskWalk walk; walk.next(disk);)
        if (wanted(disk, operand, device) && count < std::size(letters)) {
            letters[count++] = disk.letter;
            device = disk.device;
        }
    if (count == 0) return not_there(operand);
    for (u32 i = 0; i < count; ++i) {
        if (letters[i] == 'S'_e) return errors::invalid_mode(module, operand);
        i32 const code = api::release_disk(letters[i]);
        if (code == api::volume_rc::not_accessed) return not_there(operand);
        if (code != 0) return errors::invalid_parameter(module, operand);
    }
    if (!detach) return 0;
    Line<20> command("DETACH "_e);
    return api::call_cp((command << spell_device(device).text()).text());
}

} // namespace
} // namespace cms

i32 release_command(const cms::Parameters& parameters) {
    using namespace cms;
    usize const operands = parameters.options();
    if (operands == 0) return errors::no_device(module);
    if (operands > 1) return errors::invalid_parameter(module, parameters[1]);
    bool detach = false;
    for (usize i = operands + 1; i < parameters.size() && !(parameters[i] == ")"_e); ++i) {
        if (!(parameters[i] == "DET"_e)) return errors::invalid_option(module, parameters[i]);
        detach = true;
    }
    Text const operand = parameters[0];
    bool const letter = operand.size() == 1 && ebcdic::is_upper_letter(operand[0]);
    DeviceOperand const device = parse_device(operand);
    if (!letter && !device.valid) return errors::invalid_device(module, operand);
    return release(operand, device.address, detach);
}
