#include "terminal/trace/trace_file.h"

#include "terminal/trace/words.h"

#include <cerrno>
#include <cstring>
#include <ctime>

namespace terminal::trace {
namespace {

constexpr u8 iac = 255, dont = 254, do_ = 253, wont = 252, will = 251, sb = 250, se = 240,
             eor = 239;
constexpr usize bytes_a_line = 32, longest_record = 1 << 17;

std::string now() {
    std::time_t const time = std::time(nullptr);
    char text[40];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", std::localtime(&time));
    return text;
}

} // namespace

TraceFile::TraceFile(const std::string& path, const Session& session)
    : path_(path), session_(session), file_(std::fopen(path.c_str(), "w")) {
    if (!file_) error_ = std::strerror(errno);
    say("Trace started " + now());
    Options const& options = session.options();
    say("Terminal " + options.terminal_type() + ", " + std::to_string(options.alternate().rows) +
        " rows x " + std::to_string(options.alternate().columns) + " cols, code page " +
        options.codepage);
    if (session.connected()) connected(session.target());
}

void TraceFile::say(const std::string& text) {
    if (!file_) return;
    std::fprintf(file_.get(), "%s\n", text.c_str());
    std::fflush(file_.get());
}

void TraceFile::connected(const Target& target) {
    say("Connected to " + target.host + ", port " + target.port);
}
void TraceFile::disconnected() { say("Disconnected"); }

void TraceFile::dump(char direction, std::span<const u8> bytes) {
    for (usize at = 0; at < bytes.size(); at += bytes_a_line) {
        char head[24];
        std::snprintf(head, sizeof head, "%c 0x%-3x ", direction, static_cast<unsigned>(at));
        say(head + hex(bytes.subspan(at, std::min(bytes_a_line, bytes.size() - at))));
    }
}

void TraceFile::received(std::span<const u8> bytes) {
    dump('<', bytes);
    read(from_host_, bytes, true);
}

void TraceFile::sent(std::span<const u8> bytes) {
    dump('>', bytes);
    read(to_host_, bytes, false);
}

void TraceFile::words(const std::vector<std::string>& lines) {
    for (std::string const& line : lines) say("    " + line);
}

void TraceFile::read(Stream& stream, std::span<const u8> bytes, bool from_host) {
    for (u8 byte : bytes) {
        if (!stream.command.empty() || byte == iac) {
            stream.command.push_back(byte);
            if (telnet(stream, from_host)) stream.command.clear();
        } else if (stream.record.size() < longest_record) {
            stream.record.push_back(byte);
        }
    }
}

// True when the command is complete.
bool TraceFile::telnet(Stream& stream, bool from_host) {
    Bytes const& command = stream.command;
    std::string const who = from_host ? "host " : "terminal ";
    if (command.size() < 2) return false;
    switch (command[1]) {
    case iac: stream.record.push_back(iac); return true;
    case eor: {
        Words reader(session_.codepage(), session_.screen().size().columns);
        words(from_host ? reader.from_host(stream.record) : reader.to_host(stream.record));
        stream.record.clear();
        return true;
    }
    case do_:
    case dont:
    case will:
    case wont: {
        if (command.size() < 3) return false;
        static constexpr const char* verbs[] = {"WILL ", "WONT ", "DO ", "DONT "};
        say("    telnet, " + who + verbs[command[1] - will] + telnet_option_name(command[2]));
        return true;
    }
    case sb: {
        usize const size = command.size();
        if (size < 5 || command[size - 2] != iac || command[size - 1] != se)
            return size > longest_record;
        std::span<const u8> const body(command.data() + 3, size - 5);
        say("    telnet, " + who + "SB " + telnet_option_name(command[2]) + ' ' + hex(body));
        return true;
    }
    default: say("    telnet, " + who + "command " + std::to_string(command[1])); return true;
    }
}

} // namespace terminal::trace
