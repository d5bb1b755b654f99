#include "terminal/transfer/request.h"

#include <array>
#include <cstdlib>
#include <map>
#include <strings.h>

namespace terminal::transfer {
namespace {

struct Option {
    const char* name;
    std::vector<std::string> values; // empty: any; {"#"}: a number
};
const std::array<Option, 16> options{{
    {"Direction", {"receive", "send"}},
    {"HostFile", {}},
    {"LocalFile", {}},
    {"Host", {"tso", "vm", "cics"}},
    {"Mode", {"ascii", "binary"}},
    {"Cr", {"auto", "remove", "add", "keep"}},
    {"Remap", {"yes", "no"}},
    {"Exist", {"keep", "replace", "append"}},
    {"Recfm", {"default", "fixed", "variable", "undefined"}},
    {"Lrecl", {"#"}},
    {"Blksize", {"#"}},
    {"Allocation", {"default", "tracks", "cylinders", "avblock"}},
    {"PrimarySpace", {"#"}},
    {"SecondarySpace", {"#"}},
    {"BufferSize", {"#"}},
    {"Avblock", {"#"}},
}};

using Given = std::map<std::string, std::string>; // by the option's own name

std::string wrong(const std::string& why) { return "Transfer(): " + why; }

// The value in full; none when it is not one of the option's. Words may be cut short.
bool accept(const Option& option, std::string& value) {
    if (option.values.empty()) return true;
    if (option.values[0] == "#")
        return !value.empty() && value.find_first_not_of("0123456789") == std::string::npos;
    for (std::string const& word : option.values) {
        if (strncasecmp(value.c_str(), word.c_str(), value.size()) != 0) continue;
        value = word;
        return true;
    }
    return false;
}

std::string collect(const std::vector<std::string>& arguments, Given& given) {
    for (usize i = 0; i < arguments.size(); ++i) {
        std::string name = arguments[i], value;
        if (auto const equals = name.find('='); equals != std::string::npos) {
            if (equals == 0 || equals + 1 == name.size())
                return wrong("Invalid option syntax: '" + name + "'");
            value = name.substr(equals + 1);
            name.erase(equals);
        } else if (i + 1 == arguments.size()) {
            return wrong("missing value after '" + name + "'");
        } else {
            value = arguments[++i];
        }
        bool known = false;
        for (Option const& option : options) {
            if (strcasecmp(name.c_str(), option.name) != 0) continue;
            known = true;
            std::string const typed = value;
            if (!accept(option, value)) return wrong("Invalid option value: '" + typed + "'");
            given[option.name] = value;
        }
        if (!known) return wrong("Unknown option: '" + name + "'");
    }
    return {};
}

// Options that make no sense together.
std::string contradiction(const Request& request, const Given& given) {
    bool const tso = request.host == Host::Tso;
    if (request.host_file.empty()) return wrong("Missing 'HostFile' option");
    if (request.local_file.empty()) return wrong("Missing 'LocalFile' option");
    if (tso && !request.receive && !request.allocation.empty() && request.primary_space == 0)
        return wrong("Missing or invalid 'PrimarySpace'");
    if (tso && !request.receive && request.allocation == "AVBLOCK" && request.average_block == 0)
        return wrong("Missing or invalid 'Avblock'");
    for (const char* name : {"Cr", "Remap"})
        if (given.contains(name) && !request.ascii)
            return wrong(std::string("'") + name + "' is only for ASCII transfers");
    for (const char* name :
         {"Recfm", "Lrecl", "Blksize", "Allocation", "PrimarySpace", "SecondarySpace", "Avblock"}) {
        if (!given.contains(name)) continue;
        std::string const quoted = std::string("'") + name + "'";
        if (request.receive) return wrong(quoted + " is only for sending files");
        if (quoted == "'Recfm'" && request.host == Host::Cics)
            return wrong("'Recfm' is only for TSO and VM hosts");
        if (quoted != "'Recfm'" && quoted != "'Lrecl'" && !tso)
            return wrong(quoted + " is only for TSO hosts");
    }
    return {};
}

} // namespace

std::string parse(const std::vector<std::string>& arguments, Request& request) {
    Given given;
    bool const defaults =
        arguments.size() == 1 && strcasecmp(arguments[0].c_str(), "defaults") == 0;
    if (!defaults)
        if (std::string why = collect(arguments, given); !why.empty()) return why;
    auto const is = [&](const char* name, const char* value) {
        auto const at = given.find(name);
        return at != given.end() && at->second == value;
    };
    auto const number = [&](const char* name) {
        auto const at = given.find(name);
        return at == given.end() ? 0u
                                 : static_cast<u32>(std::strtoul(at->second.c_str(), nullptr, 10));
    };
    request.receive = !is("Direction", "send");
    request.host = is("Host", "vm") ? Host::Vm : is("Host", "cics") ? Host::Cics : Host::Tso;
    request.host_file = given["HostFile"];
    request.local_file = given["LocalFile"];
    given.erase(request.host_file.empty() ? "HostFile" : "");
    request.ascii = !is("Mode", "binary");
    if (given.contains("Cr") && !is("Cr", "auto") && !request.ascii)
        return wrong("Invalid 'Cr' option for ASCII mode");
    request.cr = request.ascii && !is("Cr", "keep");
    request.remap = request.ascii && !is("Remap", "no");
    request.exist = is("Exist", "replace")  ? Exist::Replace
                    : is("Exist", "append") ? Exist::Append
                                            : Exist::Keep;
    request.recfm = is("Recfm", "fixed")       ? 'F'
                    : is("Recfm", "variable")  ? 'V'
                    : is("Recfm", "undefined") ? 'U'
                                               : '\0';
    request.allocation = is("Allocation", "tracks")      ? "TRACKS"
                         : is("Allocation", "cylinders") ? "CYLINDERS"
                         : is("Allocation", "avblock")   ? "AVBLOCK"
                                                         : "";
    request.lrecl = number("Lrecl");
    request.block_size = number("Blksize");
    request.primary_space = number("PrimarySpace");
    request.secondary_space = number("SecondarySpace");
    request.average_block = number("Avblock");
    request.buffer_size = number("BufferSize");
    return contradiction(request, given);
}

std::string host_command(const Request& request) {
    bool const tso = request.host == Host::Tso, cics = request.host == Host::Cics;
    std::string line = std::string("IND$FILE ") + (request.receive ? "GET " : "PUT ") +
                       request.host_file + (tso ? " " : " (");
    if (request.ascii)
        line += "ASCII";
    else if (cics)
        line += "BINARY";
    if (request.cr)
        line += " CRLF";
    else if (cics)
        line += " NOCRLF";
    if (request.receive) return line;
    if (request.exist == Exist::Append) line += " APPEND";
    auto const bracketed = [&](const char* name, u32 value) {
        if (value != 0) line += std::string(name) + '(' + std::to_string(value) + ')';
    };
    if (tso) {
        if (request.recfm != 0) {
            line += std::string(" RECFM(") + request.recfm + ')';
            bracketed(" LRECL", request.lrecl);
            bracketed(" BLKSIZE", request.block_size);
        }
        if (!request.allocation.empty()) {
            line += " SPACE(" + std::to_string(request.primary_space);
            if (request.secondary_space != 0) line += ',' + std::to_string(request.secondary_space);
            line += ") " + request.allocation;
            if (request.allocation == "AVBLOCK") bracketed("", request.average_block);
        }
    } else if (request.host == Host::Vm && request.recfm != 0) {
        line += std::string(" RECFM ") +
                (request.recfm == 'U' ? std::string() : std::string(1, request.recfm));
        if (request.lrecl != 0) line += " LRECL " + std::to_string(request.lrecl);
    }
    return line;
}

} // namespace terminal::transfer
