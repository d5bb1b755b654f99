#include "cms/commands/format.h"

#include "cms/api/volumes.h"
#include "cms/commands/device.h"
#include "cms/commands/errors.h"
#include "cms/commands/fileid.h"

namespace cms {
namespace {

constexpr Text module = "FOR"_e;

struct Request {
    api::Format format;
    u8 letter = ' '_e;
};

i32 parse_block_size(Text token, Request& request) {
    ParsedNumber size = parse_decimal(token);
    if (token.size() == 2 && token[1] == 'K'_e) {
        size = parse_decimal(token.substr(0, 1));
        size.value *= 1024;
    }
    for (u32 valid : {512u, 800u, 1024u, 2048u, 4096u})
        if (size.valid && size.value == valid) {
            request.format.block_size = valid;
            return 0;
        }
    return errors::invalid_parameter(module, token);
}

i32 parse(const Parameters& parameters, Request& request) {
    usize const operands = parameters.options();
    if (operands == 0) return errors::no_device(module);
    DeviceOperand const device = parse_device(parameters[0]);
    if (!device.valid) return errors::invalid_device(module, parameters[0]);
    request.format.device = device.address;
    Text const mode = parameters[1];
    if (operands < 2 || mode.size() != 1 || !ebcdic::is_upper_letter(mode[0]) || mode[0] == 'S'_e)
        return errors::invalid_mode(module, operands < 2 ? Text{} : mode);
    request.letter = mode[0];
    if (operands > 2) {
        ParsedNumber const cylinders = parse_decimal(parameters[2]);
        if (!cylinders.valid || cylinders.value == 0)
            return errors::invalid_parameter(module, parameters[2]);
        request.format.cylinders = cylinders.value;
    }
    if (operands > 3) return errors::invalid_parameter(module, parameters[3]);
    for (usize i = operands + 1; i < parameters.size() && !(parameters[i] == ")"_e); ++i) {
        Text const option = parameters[i];
        if (option == "RECOMP"_e)
            request.format.kind = api::FormatKind::Recompute;
        else if (option == "LABEL"_e)
            request.format.kind = api::FormatKind::Label;
        else if (option == "BLKSIZE"_e || option == "BLKSZ"_e) {
            if (i32 const code = parse_block_size(parameters[++i], request)) return code;
        } else
            return errors::invalid_option(module, option);
    }
    return 0;
}

i32 format_failed(i32 code, const Request& request) {
    Line<12> const disk = spell_disk(request.letter, request.format.device, true);
    switch (code) {
    case api::volume_rc::not_attached:
        Message(module, 113, 'S'_e)
            << "DEVICE '"_e << spell_device(request.format.device) << "' NOT ATTACHED"_e;
        return api::rc::device;
    case api::volume_rc::unsupported:
        Message(module, 114, 'S'_e)
            << "'"_e << spell_device(request.format.device) << "' IS AN UNSUPPORTED DEVICE TYPE"_e;
        return api::rc::conflict;
    case api::volume_rc::read_only:
        Message(module, 37, 'E'_e) << "DISK '"_e << disk << "' IS READ/ONLY"_e;
        return api::rc::disk;
    case api::volume_rc::label_io:
        Message(module, 126, 'S'_e) << "ERROR WRITING LABEL ON DISK '"_e << disk << "'"_e;
        return api::rc::device;
    case api::volume_rc::cannot_recompute:
        api::message(module, 214, 'W'_e, "CANNOT RECOMPUTE WITHOUT LOSS OF DATA. NO CHANGE"_e);
        return 8;
    case api::volume_rc::not_accessed:
    case api::volume_rc::not_cms:
        Message(module, 69, 'E'_e) << "DISK '"_e << disk << "' NOT ACCESSED"_e;
        return api::rc::disk;
    case api::volume_rc::storage: return errors::no_storage(module);
    case api::volume_rc::parameter:
        return errors::invalid_parameter(module,
                                         Line<10>().decimal(request.format.cylinders).text());
    default:
        Message(module, 125, 'S'_e) << "PERMANENT UNIT CHECK ON DISK '"_e << disk << "'"_e;
        return api::rc::device;
    }
}

// True when the user says yes.
bool confirmed(const Request& request) {
    u8 buffer[line_limit];
    Message(module, 603, 'R'_e) << "FORMAT WILL ERASE ALL FILES ON DISK '"_e
                                << spell_disk(request.letter, request.format.device, true)
                                << "'. DO YOU WISH TO CONTINUE? (YES/NO):"_e;
    Text const answer = api::read_line(buffer).without_leading_blanks();
    if (answer == "YES"_e || answer == "Y"_e) return true;
    api::message(module, 705, 'I'_e, "DISK REMAINS UNCHANGED"_e);
    return false;
}

Name<6> ask_label() {
    u8 buffer[line_limit];
    api::message(module, 605, 'R'_e, "ENTER DISK LABEL:"_e);
    return Name<6>(Fields(api::read_line(buffer)).next());
}

// Everything under the letter, and the disk wherever it was, goes first.
void release_old(const Request& request) {
    u8 letters[26];
    u32 count = 0;
    api::DiskState disk;
    for (api::DiskWalk walk; walk.next(disk);)
        if (disk.device == request.format.device && count < std::size(letters))
            letters[count++] = disk.letter;
    for (u32 i = 0; i < count; ++i) api::release_disk(letters[i]);
}

i32 access_again(const Request& request) {
    api::Access access;
    access.device = request.format.device;
    access.letter = request.letter;
    i32 const code = api::access_disk(access);
    return code == 0 ? 0 : format_failed(code, request);
}

i32 format(Request& request) {
    bool const whole = request.format.kind == api::FormatKind::Format;
    if (whole && !confirmed(request)) return 0;
    if (request.format.kind != api::FormatKind::Recompute) request.format.label = ask_label();
    release_old(request);
    if (whole) Message(module, 733, 'I'_e) << "FORMATTING DISK '"_e << request.letter << "'"_e;
    i32 const code = api::format_disk(request.format);
    if (code != 0) {
        if (!whole) access_again(request);
        return format_failed(code, request);
    }
    if (request.format.kind != api::FormatKind::Label)
        (Message(module, 732, 'I'_e) << "'"_e).decimal(request.format.cylinders)
            << "' CYLINDERS FORMATTED ON '"_e
            << spell_disk(request.letter, request.format.device, true) << "'"_e;
    return access_again(request);
}

} // namespace
} // namespace cms

i32 format_command(const cms::Parameters& parameters) {
    cms::Request request;
    if (i32 const code = cms::parse(parameters, request)) return code;
    return cms::format(request);
}
