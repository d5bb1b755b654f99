#include "terminal/trace/replay.h"

#include "terminal/net/thread.h"

#include <array>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace terminal::trace {
namespace {

constexpr int milliseconds_between_looks = 50;

// IAC DO TERMINAL TYPE and what follows, as 3270 hosts negotiate.
constexpr std::array<u8, 21> negotiation{0xFF, 0xFD, 0x18, 0xFF, 0xFA, 0x18, 0x01,
                                         0xFF, 0xF0, 0xFF, 0xFD, 0x19, 0xFF, 0xFB,
                                         0x19, 0xFF, 0xFD, 0x00, 0xFF, 0xFB, 0x00};

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// The word behind `before`, up to a comma or a blank.
std::optional<std::string> word_after(const std::string& line, const char* before) {
    auto const found = line.find(before);
    if (found == std::string::npos) return std::nullopt;
    auto const at = found + std::strlen(before);
    return line.substr(at, line.find_first_of(", ", at) - at);
}

// "Terminal IBM-3279-4-E, 43 rows x 80 cols, code page 1047", or x3270's "Model 3279-4-E, ...".
void read_heading(const std::string& line, Recording& recording) {
    bool const ours = line.starts_with("Terminal ");
    if (recording.model || (!ours && !line.starts_with(" Model "))) return;
    recording.model = word_after(line, ours ? "Terminal " : " Model ");
    recording.codepage = word_after(line, ", code page ");
    u32 rows = 0, columns = 0;
    auto const size = line.find(", ");
    if (size != std::string::npos &&
        std::sscanf(line.c_str() + size, ", %5u rows x %5u cols", &rows, &columns) == 2)
        recording.size = Size{rows, columns};
}

void read_line(const std::string& line, Recording& recording) {
    if (!line.starts_with("< 0x") && !line.starts_with("> 0x"))
        return read_heading(line, recording);
    std::vector<Recorded>& records = recording.records;
    bool const from_host = line[0] == '<';
    usize at = 4;
    u32 offset = 0;
    for (; at < line.size() && digit(line[at]) >= 0; ++at)
        offset = offset << 4 | static_cast<u32>(digit(line[at]));
    while (at < line.size() && line[at] == ' ') ++at;
    // The number says whether the line goes on with the read before it.
    if (records.empty() || offset == 0 || records.back().from_host != from_host)
        records.push_back({from_host, {}});
    Bytes& bytes = records.back().bytes;
    for (; at + 1 < line.size() && digit(line[at]) >= 0 && digit(line[at + 1]) >= 0; at += 2)
        bytes.push_back(static_cast<u8>(digit(line[at]) << 4 | digit(line[at + 1])));
}

} // namespace

bool read_trace(const std::string& path, Recording& recording) {
    std::ifstream file(path);
    if (!file) return false;
    for (std::string line; std::getline(file, line);) read_line(line, recording);
    return true;
}

void use_recorded(const Recording& recording, Options& options) {
    bool const dynamic = recording.model == "IBM-DYNAMIC";
    if (dynamic)
        options.set_model("2");
    else if (recording.model && !options.set_model(*recording.model))
        options.name = *recording.model;
    if (recording.codepage && Codepage::named(*recording.codepage))
        options.codepage = *recording.codepage;
    auto const size = recording.size;
    if (size && (dynamic || *size != options.alternate()))
        options.set_oversize(std::to_string(size->columns) + 'x' + std::to_string(size->rows));
}

Replay::Replay(std::vector<Recorded> recorded, bool all)
    : recorded_(std::move(recorded)), all_(all) {
    usize first = 0;
    while (first < recorded_.size() && !recorded_[first].from_host) ++first;
    if (first < recorded_.size() &&
        (recorded_[first].bytes.empty() || recorded_[first].bytes[0] != 0xFF))
        recorded_.insert(recorded_.begin(), {true, {negotiation.begin(), negotiation.end()}});
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_, any, length) != 0 || listen(listener_, 1) != 0 ||
        getsockname(listener_, any, &length) != 0)
        return;
    port_ = ntohs(address.sin_port);
    thread_ = thread_without_signals([this] { serve(); });
}

Replay::~Replay() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
    if (listener_ >= 0) close(listener_);
}

void Replay::serve() {
    pollfd wanted{listener_, POLLIN, 0};
    while (!stop_ && poll(&wanted, 1, milliseconds_between_looks) <= 0) {}
    if (stop_) return;
    int const client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    bool good = true;
    for (Recorded const& one : recorded_) {
        if (stop_ || !good) break;
        if (!one.from_host) {
            good = all_ || expect(client, one.bytes);
            continue;
        }
        std::span<const u8> rest(one.bytes);
        while (good && !rest.empty()) {
            auto const sent = send(client, rest.data(), rest.size(), MSG_NOSIGNAL);
            good = sent > 0;
            if (good) rest = rest.subspan(static_cast<usize>(sent));
        }
    }
    ended_ = true;
    // The screen stays to be looked at until the terminal goes.
    std::array<u8, 4096> unread;
    wanted = {client, POLLIN, 0};
    while (!stop_ && good) {
        if (poll(&wanted, 1, milliseconds_between_looks) <= 0) continue;
        if (recv(client, unread.data(), unread.size(), 0) <= 0) break;
    }
    close(client);
}

// As many bytes as the trace has; when they differ, what else has come is taken for them.
bool Replay::expect(int client, std::span<const u8> wanted) {
    Bytes got;
    pollfd ready{client, POLLIN, 0};
    while (got.size() < wanted.size() && !stop_) {
        bool const began = !got.empty();
        int const found = poll(&ready, 1, milliseconds_between_looks);
        if (found == 0 && began && got[0] != wanted[0]) break;
        if (found == 0 && began && got.size() >= 2 && got[got.size() - 2] == 0xFF &&
            got.back() == 0xEF)
            break; // a whole record, but a shorter one
        if (found <= 0) continue;
        std::array<u8, 4096> piece;
        usize const most = std::min(piece.size(), wanted.size() - got.size());
        auto const count = recv(client, piece.data(), most, 0);
        if (count <= 0) return false;
        got.insert(got.end(), piece.begin(), piece.begin() + count);
    }
    bool const same = std::equal(got.begin(), got.end(), wanted.begin(), wanted.end());
    ++(same ? equal_ : different_);
    return true;
}

} // namespace terminal::trace
