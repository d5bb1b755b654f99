// term370: a 3270 terminal, full-screen or driven by a script.
#include "terminal/curses/terminal_view.h"
#include "terminal/headless/scripts.h"
#include "terminal/trace/replay.h"

#include <clocale>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace {

constexpr const char* usage =
    "term370 [--model 3279-4-E] [--oversize COLUMNSxROWS] [--codepage PAGE]\n"
    "        [--headless | --script FILE] [--scriptport PORT] [--trace FILE]\n"
    "        [[LU@]HOST:PORT | --replay FILE]\n"
    "--headless reads actions from standard input, --script from FILE, as s3270 does;\n"
    "--scriptport takes them from programs that connect to 127.0.0.1:PORT.\n"
    "--trace writes what goes over the line, in bytes and in words; --replay plays such a\n"
    "file, or one of x3270's, as the host.\n"
    "In the full screen, Ctrl-] h shows the keys.\n";

int wrong(const char* what) {
    std::fprintf(stderr, "term370: %s\n%s", what, usage);
    return 2;
}

} // namespace

int main(int count, char** arguments) {
    std::setlocale(LC_ALL, "");
    terminal::Options options;
    std::string host, script, trace_file, replay_file;
    std::optional<u16> script_port;
    bool headless = false;
    for (int i = 1; i < count; ++i) {
        std::string name = arguments[i];
        if (name.starts_with("--")) name.erase(0, 1); // -model as well as --model
        auto const value = [&] { return i + 1 < count ? std::string(arguments[++i]) : ""; };
        if (name == "-help") return std::fputs(usage, stdout), 0;
        if (name == "-headless")
            headless = true;
        else if (name == "-utf8")
            continue;
        else if (name == "-script")
            script = value(), headless = true;
        else if (name == "-scriptport")
            script_port = static_cast<u16>(std::strtoul(value().c_str(), nullptr, 10));
        else if (name == "-trace")
            trace_file = value();
        else if (name == "-replay")
            replay_file = value();
        else if (name == "-codepage")
            options.codepage = value();
        else if (name == "-model") {
            if (!options.set_model(value())) return wrong("no such model");
        } else if (name == "-oversize") {
            if (!options.set_oversize(value())) return wrong("no such size");
        } else if (name.starts_with("-"))
            return wrong(("what is " + name + "?").c_str());
        else
            host = name;
    }
    auto const codepage = terminal::Codepage::named(options.codepage);
    if (!codepage) return wrong("no such code page");
    terminal::Session session(options, *codepage);
    terminal::Station station(session);
    if (!trace_file.empty()) {
        station.trace = std::make_unique<terminal::trace::TraceFile>(trace_file, session);
        if (!station.trace->error().empty()) return wrong(station.trace->error().c_str());
        session.trace(station.trace.get());
    }
    std::optional<terminal::trace::Replay> replay;
    if (!replay_file.empty()) {
        std::vector<terminal::trace::Recorded> recorded;
        if (!terminal::trace::read_trace(replay_file, recorded) || recorded.empty())
            return wrong("no such trace");
        replay.emplace(std::move(recorded), headless);
        host = "127.0.0.1:" + std::to_string(replay->port());
    }
    if (!host.empty())
        if (auto const why = session.connect(terminal::Target::parse(host)); !why.empty()) {
            std::fprintf(stderr, "term370: %s: %s\n", host.c_str(), why.c_str());
            return 1;
        }
    terminal::Scripts scripts(station);
    if (script_port)
        if (auto const why = scripts.listen(*script_port); !why.empty())
            return wrong(("script port: " + why).c_str());
    if (!headless) {
        if (host.empty()) return wrong("which host?");
        return terminal::TerminalView(session).run();
    }
    int const input = script.empty() ? STDIN_FILENO : open(script.c_str(), O_RDONLY | O_CLOEXEC);
    if (input < 0) return wrong(std::strerror(errno));
    scripts.add(input, STDOUT_FILENO);
    return scripts.run();
}
