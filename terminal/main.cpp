// term370: a 3270 terminal, full-screen or driven by a script.
#include "terminal/curses/terminal_view.h"
#include "terminal/headless/script.h"

#include <clocale>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace {

constexpr const char* usage =
    "term370 [--model 3279-4-E] [--oversize COLUMNSxROWS] [--codepage PAGE]\n"
    "        [--tls] [--cafile FILE] [--noverifycert] [--reconnect]\n"
    "        [--headless | --script FILE] [L:][Y:][N:][LU,...@]HOST:PORT\n"
    "L: is TLS as --tls, Y: takes any certificate, N: does without TN3270E.\n"
    "--headless reads actions from standard input, --script from FILE, as s3270 does.\n"
    "In the full screen, Ctrl-] h shows the keys.\n";

int wrong(const char* what) {
    std::fprintf(stderr, "term370: %s\n%s", what, usage);
    return 2;
}

} // namespace

int main(int count, char** arguments) {
    std::setlocale(LC_ALL, "");
    terminal::Options options;
    std::string host, script;
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
        else if (name == "-codepage")
            options.codepage = value();
        else if (name == "-tls")
            options.tls = true;
        else if (name == "-noverifycert")
            options.verify = false;
        else if (name == "-cafile")
            options.authorities = value();
        else if (name == "-reconnect")
            options.reconnect = true;
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
    if (!host.empty()) {
        auto why = session.connect(terminal::Target::parse(host));
        if (why.empty()) why = session.wait_for_connection(10'000);
        if (!why.empty() && !options.reconnect) {
            std::fprintf(stderr, "term370: %s: %s\n", host.c_str(), why.c_str());
            return 1;
        }
    }
    if (!headless) {
        if (host.empty()) return wrong("which host?");
        return terminal::TerminalView(session).run();
    }
    int const input = script.empty() ? STDIN_FILENO : open(script.c_str(), O_RDONLY | O_CLOEXEC);
    if (input < 0) return wrong(std::strerror(errno));
    return terminal::Script(session).run(input);
}
