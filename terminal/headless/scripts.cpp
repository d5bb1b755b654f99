#include "terminal/headless/scripts.h"

#include "terminal/headless/screen_text.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT: POSIX's

namespace terminal {

namespace {

constexpr usize longest_line = 1 << 20;

void write_all(int to, const std::string& text) {
    for (usize at = 0; at < text.size();) {
        auto const written = ::write(to, text.data() + at, text.size() - at);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return; // nobody reads it
        at += static_cast<usize>(written);
    }
}

} // namespace

Scripts::~Scripts() {
    for (Peer& peer : peers_) end(peer);
    stop_listening();
}

Scripts::Peer& Scripts::make(int input, int output) {
    Peer& peer = peers_.emplace_back(Interpreter(station_, *this));
    peer.input = input;
    peer.output = output;
    return peer;
}

void Scripts::add(int input, int output, bool main) {
    std::signal(SIGPIPE, SIG_IGN);
    make(input, output).main = main;
    had_main_ = had_main_ || main;
}

bool Scripts::perform(const Command& action, std::function<void(std::string)> done) {
    Peer& peer = make(-1, -1);
    peer.told = std::move(done);
    peer.unread = action.text() + '\n';
    return step();
}

std::string Scripts::listen_at(const std::string& port) {
    char* end = nullptr;
    u64 const number = std::strtoul(port.c_str(), &end, 10);
    if (*end != 0 || number > 0xFFFF) return "no such port: " + port;
    if (!port.empty()) return listen(static_cast<u16>(number));
    stop_listening();
    return {};
}

void Scripts::stop_listening() {
    if (listener_ >= 0) close(listener_);
    listener_ = -1;
    station_.script_port = 0;
}

std::string Scripts::listen(u16 port) {
    std::signal(SIGPIPE, SIG_IGN);
    stop_listening();
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int const on = 1;
    setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_, any, length) != 0 || ::listen(listener_, 8) != 0 ||
        getsockname(listener_, any, &length) != 0) {
        std::string why = std::strerror(errno);
        stop_listening();
        return why;
    }
    station_.script_port = ntohs(address.sin_port);
    return {};
}

void Scripts::accept() {
    int const client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0) make(client, client);
}

void Scripts::quit(int code) {
    quit_ = true;
    status_ = code;
}

std::string Scripts::start_file(const std::string& path, std::function<void(bool)> done) {
    int const file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return std::strerror(errno);
    Peer& peer = make(file, -1);
    peer.silent = true;
    peer.done = [done = std::move(done)](int status) { done(status == 0); };
    return {};
}

std::string Scripts::start_program(const std::vector<std::string>& words,
                                   std::function<void(int)> done) {
    std::array<int, 2> to{}, from{}; // the program's: what it reads, what it writes
    if (pipe2(to.data(), O_CLOEXEC) != 0) return std::strerror(errno);
    if (pipe2(from.data(), O_CLOEXEC) != 0) return std::strerror(errno);
    int const its_input = dup(to[0]), its_output = dup(from[1]); // not closed at exec
    close(to[0]);
    close(from[1]);
    std::vector<std::string> environment;
    for (char** at = environ; *at != nullptr; ++at) environment.emplace_back(*at);
    environment.push_back("X3270OUTPUT=" + std::to_string(its_input));
    environment.push_back("X3270INPUT=" + std::to_string(its_output));
    std::vector<char*> arguments, variables;
    for (std::string const& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    for (std::string& variable : environment) variables.push_back(variable.data());
    arguments.push_back(nullptr);
    variables.push_back(nullptr);
    pid_t process = -1;
    int const why =
        posix_spawnp(&process, arguments[0], nullptr, nullptr, arguments.data(), variables.data());
    close(its_input);
    close(its_output);
    if (why != 0) {
        close(to[1]);
        close(from[0]);
        return "exec(" + words[0] + ") failed: " + std::strerror(why);
    }
    Peer& peer = make(from[0], to[1]);
    peer.process = process;
    peer.done = std::move(done);
    return {};
}

void Scripts::end(Peer& peer) {
    if (peer.ended) return;
    peer.ended = true;
    int status = peer.failed ? 1 : peer.interpreter.status();
    if (!peer.main) {
        if (peer.input >= 0) close(peer.input);
        if (peer.output >= 0 && peer.output != peer.input) close(peer.output);
    }
    if (peer.process >= 0) {
        int code = 0;
        waitpid(peer.process, &code, 0);
        if (!peer.interpreter.closed()) status = WIFEXITED(code) ? WEXITSTATUS(code) : 128;
    }
    if (peer.done) peer.done(status);
}

void Scripts::read(Peer& peer) {
    std::array<char, 4096> piece;
    auto const got = ::read(peer.input, piece.data(), piece.size());
    if (got > 0 && peer.unread.size() < longest_line) {
        peer.unread.append(piece.data(), static_cast<usize>(got));
        return;
    }
    // A last line without its end is one, too.
    if (got == 0 && !peer.unread.empty() && !peer.unread.ends_with('\n')) {
        peer.unread += '\n';
        return;
    }
    if (got < 0 && errno == EINTR) return;
    end(peer);
}

void Scripts::answer(Peer& peer, bool good) {
    if (peer.told) {
        std::string text;
        for (std::string const& line : peer.interpreter.data())
            text += (text.empty() ? "" : "; ") + line;
        peer.told(text);
        return end(peer);
    }
    if (peer.silent) {
        peer.failed = peer.failed || !good;
        if (!good) end(peer);
        return;
    }
    std::string out;
    for (std::string const& line : peer.interpreter.data()) out += "data: " + line + '\n';
    double const took =
        std::chrono::duration<double>(Interpreter::Clock::now() - peer.began).count();
    char time[32];
    std::snprintf(time, sizeof time, " %.3f\n", took);
    out += status_text(station_.session) + time + (good ? "ok\n" : "error\n");
    write_all(peer.output, out);
}

// As many lines as there are, until one has to wait; false when nothing could be done.
bool Scripts::advance(Peer& peer) {
    bool moved = false;
    while (!peer.ended && !quit_) {
        Progress progress{};
        if (peer.waiting) {
            progress = peer.interpreter.resume();
        } else {
            auto const end = peer.unread.find('\n');
            if (end == std::string::npos) break;
            std::string line = peer.unread.substr(0, end);
            peer.unread.erase(0, end + 1);
            if (line.ends_with('\r')) line.pop_back();
            peer.began = Interpreter::Clock::now();
            progress = peer.interpreter.begin(line);
        }
        peer.waiting = progress == Progress::Waiting;
        if (peer.waiting) break;
        moved = true;
        if (quit_) break;
        answer(peer, progress == Progress::Good);
        if (peer.interpreter.closed()) end(peer);
    }
    return moved;
}

void Scripts::descriptors(std::vector<pollfd>& wanted) const {
    if (listener_ >= 0) wanted.push_back({listener_, POLLIN, 0});
    for (Peer const& peer : peers_)
        if (!peer.ended && !peer.waiting) wanted.push_back({peer.input, POLLIN, 0});
}

int Scripts::timeout() const {
    using Milliseconds = std::chrono::milliseconds;
    constexpr Milliseconds longest{60'000};
    std::optional<Milliseconds> least;
    for (Peer const& peer : peers_) {
        auto const deadline = peer.interpreter.deadline();
        if (!peer.waiting || !deadline) continue;
        auto const left = std::chrono::ceil<Milliseconds>(*deadline - Interpreter::Clock::now());
        least = std::min(least.value_or(longest), std::max(left, Milliseconds{0}));
    }
    return least ? static_cast<int>(least->count()) : -1;
}

bool Scripts::step() {
    std::vector<pollfd> ready;
    descriptors(ready);
    poll(ready.data(), ready.size(), 0);
    for (pollfd const& one : ready) {
        if (one.revents == 0) continue;
        if (one.fd == listener_) {
            accept();
            continue;
        }
        for (Peer& peer : peers_)
            if (!peer.ended && peer.input == one.fd) {
                read(peer);
                break;
            }
    }
    // One script's end may be what another waits for.
    for (bool moved = true; moved && !quit_;) {
        moved = false;
        for (Peer& peer : peers_) moved = advance(peer) || moved;
        moved =
            std::erase_if(peers_, [](const Peer& peer) { return peer.ended && !peer.main; }) > 0 ||
            moved;
    }
    bool const main_ended = had_main_ && std::all_of(peers_.begin(), peers_.end(), [](auto& peer) {
                                return !peer.main || peer.ended;
                            });
    return !quit_ && !main_ended;
}

int Scripts::run() {
    while (step()) {
        Session& session = station_.session;
        std::vector<pollfd> wanted{{session.socket(), session.events(), 0}};
        descriptors(wanted);
        int limit = timeout();
        if (int const own = session.wait_limit(); own >= 0)
            limit = limit < 0 ? own : std::min(limit, own);
        if (poll(wanted.data(), wanted.size(), limit) < 0) continue;
        if (wanted[0].revents != 0 || session.wait_limit() == 0) session.receive();
    }
    return status_;
}

} // namespace terminal
