// term370: a 3270 terminal, full-screen or driven by a script.
#include "terminal/command_line.h"
#include "terminal/curses/terminal_view.h"
#include "terminal/headless/scripts.h"
#include "terminal/trace/replay.h"

#include <clocale>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sys/ioctl.h>
#include <unistd.h>

namespace {

int wrong(const std::string& what) {
    std::fprintf(stderr, "term370: %s\n", what.c_str());
    return 2;
}

terminal::Size window_size() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0) return {};
    return {size.ws_row, size.ws_col};
}

// What is wrong with the file, if anything.
std::string read_keymap(const std::string& file, terminal::Keymap& keymap) {
    std::ifstream in(file);
    if (!in) return std::strerror(errno);
    std::string const text{std::istreambuf_iterator<char>(in), {}};
    return keymap.read(text, terminal::TerminalView::knows);
}

} // namespace

int main(int count, char** arguments) {
    std::setlocale(LC_ALL, "");
    auto line = terminal::parse_command_line({arguments + 1, arguments + count});
    if (line.help) return std::fputs(terminal::usage, stdout), 0;
    if (!line.wrong.empty()) return wrong(line.wrong + "\n" + terminal::usage);
    terminal::trace::Recording recording;
    if (!line.replay.empty()) {
        if (!terminal::trace::read_trace(line.replay, recording))
            return wrong(line.replay + ": " + std::strerror(errno));
        if (recording.records.empty()) return wrong(line.replay + ": no trace is in it");
        // The terminal that the trace is of, unless another one was named.
        if (line.fit.model && !line.fit.window && !line.options.oversize) {
            use_recorded(recording, line.options);
            line.fit.model = false;
        }
    }
    if (!line.headless) terminal::fit(line.options, line.fit, window_size());
    auto const codepage = terminal::Codepage::named(line.options.codepage);
    if (!codepage) return wrong("no such code page: " + line.options.codepage);
    auto keymap = terminal::Keymap::standard();
    if (!line.keymap.empty())
        if (auto const why = read_keymap(line.keymap, keymap); !why.empty())
            return wrong(line.keymap + ": " + why);
    terminal::Session session(line.options, *codepage);
    session.keyboard().use_numeric_lock(line.numeric_lock);
    terminal::Station station(session);
    if (!line.trace.empty()) {
        station.trace = std::make_unique<terminal::trace::TraceFile>(line.trace, session);
        if (!station.trace->error().empty())
            return wrong(line.trace + ": " + station.trace->error());
        session.trace(station.trace.get());
    }
    std::optional<terminal::trace::Replay> replay;
    if (!line.replay.empty()) {
        replay.emplace(std::move(recording.records), line.headless);
        line.host = "127.0.0.1:" + std::to_string(replay->port());
    }
    terminal::Scripts scripts(station);
    if (line.script_port)
        if (auto const why = scripts.listen(*line.script_port); !why.empty())
            return wrong("script port: " + why);
    if (!line.host.empty()) {
        auto why = session.connect(terminal::Target::parse(line.host));
        if (why.empty()) why = session.wait_for_connection(10'000);
        if (!why.empty() && !line.options.reconnect) return wrong(line.host + ": " + why), 1;
    }
    if (!line.headless)
        return terminal::TerminalView(station, scripts, line.looking, line.fit, std::move(keymap))
            .run();
    int const input =
        line.script.empty() ? STDIN_FILENO : open(line.script.c_str(), O_RDONLY | O_CLOEXEC);
    if (input < 0) return wrong(line.script + ": " + std::strerror(errno));
    scripts.add(input, STDOUT_FILENO);
    return scripts.run();
}
