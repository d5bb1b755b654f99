#include "cms/commands/indfile/request.h"

#include "cms/commands/fileid.h"

namespace cms::indfile {
namespace {

Text text_of(Ending ending) {
    switch (ending) {
    case Ending::Canceled: return "Error in file transfer"_e;
    case Ending::Complete: return "File transfer complete"_e;
    case Ending::Segmented: return "File transfer complete with records segmented"_e;
    case Ending::Incomplete: return "Command incomplete"_e;
    case Ending::WriteError: return "Error writing file to host"_e;
    case Ending::ReadError: return "Error reading file from host"_e;
    case Ending::NoStorage: return "Required host storage unavailable"_e;
    case Ending::BadRequest: return "Incorrect request code"_e;
    case Ending::BadFileName: return "Invalid file name"_e;
    case Ending::BadOption:
    case Ending::OptionWithGet:
    case Ending::OptionWithAppend: return "Invalid option "_e;
    case Ending::NotFound: return "CMS file not found"_e;
    case Ending::ReadOnly: return "CMS disk is read-only"_e;
    case Ending::NotAccessed: return "CMS disk is not accessed"_e;
    case Ending::Full: return "CMS disk is full"_e;
    }
    return {};
}

Ending bad_option(Request& request, Text option, Ending why = Ending::BadOption) {
    request.bad_option = option;
    return why;
}

// One option and its value; `at` moves over both.
Ending parse_option(const Parameters& parameters, usize& at, Request& request) {
    Text const option = parameters[at];
    if (option == "ASCII"_e) {
        request.ascii = true;
    } else if (option == "CRLF"_e) {
        request.crlf = true;
    } else if (option == "APPEND"_e) {
        if (!request.put) return bad_option(request, option, Ending::OptionWithGet);
        request.append = true;
    } else if (option == "RECFM"_e || option == "LRECL"_e) {
        if (!request.put) return bad_option(request, option, Ending::OptionWithGet);
        Text const value = parameters[++at];
        if (option == "RECFM"_e) {
            if (!(value == "F"_e) && !(value == "V"_e)) return bad_option(request, option);
            request.recfm = value[0];
        } else {
            ParsedNumber const number = parse_decimal(value);
            if (!number.valid || number.value == 0 || number.value > most_lrecl)
                return bad_option(request, option);
            request.lrecl = number.value;
        }
    } else {
        return bad_option(request, option);
    }
    return Ending::Complete;
}

} // namespace

Ending parse(const Parameters& parameters, Request& request) {
    usize const operands = parameters.options();
    if (operands == 0) return Ending::Incomplete;
    request.put = parameters[0] == "PUT"_e;
    if (!request.put && !(parameters[0] == "GET"_e)) return Ending::BadRequest;
    if (operands < 3) return Ending::Incomplete;
    if (operands > 4) return Ending::BadFileName;
    Text const letter = operands > 3 ? parameters[3] : Text{};
    ModeOperand const mode = parse_mode(letter, request.put ? "A1"_e : "*"_e);
    request.file = {Name8(parameters[1]), Name8(parameters[2]), mode.mode};
    if (!mode.valid || is_any(parameters[1]) || is_any(parameters[2])) return Ending::BadFileName;
    if (request.put && request.file.letter() == '*'_e) return Ending::BadFileName;
    if (request.put && request.file.number() == ' '_e) request.file.mode.bytes[1] = '1'_e;
    for (usize at = operands + 1; at < parameters.size() && !(parameters[at] == ")"_e); ++at) {
        Ending const ending = parse_option(parameters, at, request);
        if (ending != Ending::Complete) return ending;
    }
    if (request.append && request.recfm != 0)
        return bad_option(request, "RECFM"_e, Ending::OptionWithAppend);
    if (request.append && request.lrecl != 0)
        return bad_option(request, "LRECL"_e, Ending::OptionWithAppend);
    return Ending::Complete;
}

Line<80> message(Ending ending, const Request& request) {
    Line<80> line("TRANS"_e);
    line.decimal(static_cast<u32>(ending), 2) << "   "_e << text_of(ending);
    if (!request.bad_option.blank()) line << request.bad_option.text();
    if (ending == Ending::OptionWithGet) line << " with RECEIVE"_e;
    if (ending == Ending::OptionWithAppend) line << " with APPEND"_e;
    if (!is_good(ending)) line << ": file transfer canceled"_e;
    line << "$"_e;
    return line;
}

i32 return_code(Ending ending) {
    switch (ending) {
    case Ending::Complete:
    case Ending::Segmented: return api::rc::ok;
    case Ending::NotFound: return api::rc::not_found;
    case Ending::ReadOnly:
    case Ending::NotAccessed: return api::rc::disk;
    case Ending::NoStorage: return api::rc::storage;
    case Ending::Canceled:
    case Ending::WriteError:
    case Ending::ReadError:
    case Ending::Full: return api::rc::device;
    default: return api::rc::parameter;
    }
}

} // namespace cms::indfile
