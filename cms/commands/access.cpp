#include "cms/commands/access.h"

#include "cms/api/volumes.h"
#include "cms/commands/device.h"
#include "cms/commands/errors.h"
#include "cms/commands/fileid.h"

namespace cms {
namespace {

constexpr Text module = "ACC"_e;

struct Request {
    api::Access access;
    bool no_disk = false;
};

bool is_letter(Text text) { return text.size() == 1 && ebcdic::is_upper_letter(text[0]); }

// `A`, or `B/A` for a read-only extension.
i32 parse_letters(Text token, Request& request) {
    bool const extension = token.size() == 3 && token[1] == '/'_e;
    if (!is_letter(token.substr(0, extension ? 1 : 8)) ||
        (extension && !is_letter(token.substr(2))))
        return errors::invalid_mode(module, token);
    request.access.letter = token[0];
    if (extension) request.access.parent = token[2];
    return 0;
}

i32 parse_options(const Parameters& parameters, Request& request) {
    for (usize i = parameters.options() + 1; i < parameters.size(); ++i) {
        Text const option = parameters[i];
        if (option == ")"_e) break;
        if (option == "NODISK"_e)
            request.no_disk = true;
        else if (option == "ERASE"_e)
            request.access.erase = true;
        else if (!(option == "NOPROF"_e))
            return errors::invalid_option(module, option);
    }
    return 0;
}

i32 parse(const Parameters& parameters, Request& request) {
    usize const operands = parameters.options();
    if (operands > 5) return errors::invalid_parameter(module, parameters[5]);
    if (operands > 0) {
        DeviceOperand const device = parse_device(parameters[0]);
        if (!device.valid) return errors::invalid_device(module, parameters[0]);
        request.access.device = device.address;
        if (operands < 2) return errors::invalid_mode(module, {});
        if (i32 const code = parse_letters(parameters[1], request)) return code;
    }
    if (operands > 2) request.access.only.name = parameters[2];
    if (operands > 3) request.access.only.type = parameters[3];
    if (operands > 4) {
        ModeOperand const mode = parse_mode(parameters[4], {});
        if (!mode.valid) return errors::invalid_mode(module, parameters[4]);
        request.access.only.mode = mode.mode;
    }
    return parse_options(parameters, request);
}

i32 access_failed(i32 code, const api::Access& access) {
    Line<12> const disk = spell_disk(access.letter, access.device, true);
    switch (code) {
    case api::volume_rc::read_write_elsewhere:
        Message(module, 59, 'E'_e)
            << spell_device(access.device) << " ALREADY ACCESSED AS READ/WRITE '"_e << access.other
            << "' DISK"_e;
        return api::rc::disk;
    case api::volume_rc::no_files:
        Message(module, 60, 'E'_e) << "FILE(S) '"_e << api::spell(access.only)
                                   << "' NOT FOUND. DISK '"_e << disk << "' WILL NOT BE ACCESSED"_e;
        return api::rc::not_found;
    case api::volume_rc::not_attached:
        Message(module, 113, 'S'_e) << disk << " NOT ATTACHED"_e;
        return api::rc::device;
    case api::volume_rc::mode: return errors::invalid_mode(module, Text(&access.letter, 1));
    case api::volume_rc::storage: return errors::no_storage(module);
    case api::volume_rc::parameter:
        return errors::invalid_device(module, spell_device(access.device));
    case api::volume_rc::unsupported:
        Message(module, 114, 'S'_e) << "'"_e << disk << "' IS AN UNSUPPORTED DEVICE TYPE"_e;
        return api::rc::conflict;
    default: // not a CMS disk, or it cannot be read
        Message(module, 112, 'S'_e) << "DISK '"_e << disk << "' DEVICE ERROR"_e;
        return api::rc::device;
    }
}

void tell(const api::Access& access) {
    Line<4> const device = spell_device(access.device);
    if (access.replaced != 0 && access.replaced != access.device)
        Message(module, 724, 'I'_e)
            << device << " REPLACES "_e << spell_disk(access.letter, access.replaced);
    if (!access.writable)
        api::type_message(Line<24>("DMSACC723I "_e)
                          << spell_disk(access.letter, access.device) << " R/O"_e);
    if (access.also != ' '_e)
        Message(module, 725, 'I'_e) << device << " ALSO = '"_e << access.also << "' DISK"_e;
}

} // namespace
} // namespace cms

i32 access_command(const cms::Parameters& parameters) {
    using namespace cms;
    Request request;
    if (i32 const code = parse(parameters, request)) return code;
    if (request.no_disk) return 0;
    i32 const code = api::access_disk(request.access);
    if (code != 0) return access_failed(code, request.access);
    tell(request.access);
    return 0;
}
