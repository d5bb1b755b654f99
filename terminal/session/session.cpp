#include "terminal/session/session.h"

#include "s370/arch/ds3270.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace terminal {

namespace {

Size size_of(u32 number) {
    for (auto const& model : s370::ds3270::models)
        if (model.number == number) return {model.rows, model.columns};
    return {};
}

constexpr u32 most_cells = 0x3FFF; // what a 14-bit address reaches

} // namespace

bool Options::set_model(std::string text) {
    if (text.starts_with("IBM-")) text.erase(0, 4);
    bool colours = true;
    if (text.starts_with("3278-") || text.starts_with("3279-")) {
        colours = text[3] == '9';
        text.erase(0, 5);
    }
    if (text != "" && text.substr(1) != "" && text.substr(1) != "-E") return false;
    if (text.empty() || text[0] < '2' || text[0] > '5') return false;
    model = static_cast<u32>(text[0] - '0');
    colour = colours;
    return true;
}

bool Options::set_oversize(const std::string& text) {
    char* after = nullptr;
    u64 const columns = std::strtoul(text.c_str(), &after, 10);
    if (*after != 'x') return false;
    u64 const rows = std::strtoul(after + 1, &after, 10);
    Size const least = size_of(model);
    if (*after != 0 || columns < least.columns || rows < least.rows || columns > most_cells ||
        rows > most_cells || columns * rows > most_cells)
        return false;
    oversize = Size{static_cast<u32>(rows), static_cast<u32>(columns)};
    return true;
}

Size Options::alternate() const { return oversize ? *oversize : size_of(model); }

std::string Options::terminal_type() const {
    if (!name.empty()) return name;
    if (oversize) return "IBM-DYNAMIC";
    return std::string("IBM-327") + (colour ? '9' : '8') + '-' + std::to_string(model) + "-E";
}

Target Target::parse(std::string text) {
    Target target;
    if (auto const at = text.find('@'); at != std::string::npos) {
        target.lu = text.substr(0, at);
        text.erase(0, at + 1);
    }
    if (text.starts_with("[")) {
        auto const close = text.find(']');
        target.host = text.substr(1, close - 1);
        text.erase(0, close == std::string::npos ? text.size() : close + 1);
    } else {
        auto const colon = text.find(':');
        target.host = text.substr(0, colon);
        text.erase(0, colon == std::string::npos ? text.size() : colon);
    }
    if (text.starts_with(":")) target.port = text.substr(1);
    return target;
}

Session::Session(const Options& options, const Codepage& codepage)
    : options_(options), codepage_(codepage), screen_(size_of(2), options.alternate()),
      stream_(screen_, Features{options.colour, codepage.ccsid()}),
      keyboard_(screen_, stream_, [this](const Bytes& bytes) { send(Telnet::wrap(bytes)); }) {}

std::string Session::connect(const Target& target) {
    disconnect();
    target_ = target;
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (int const code = getaddrinfo(target.host.c_str(), target.port.c_str(), &hints, &found))
        return gai_strerror(code);
    std::string why = "no address";
    for (addrinfo* at = found; at != nullptr && socket_ < 0; at = at->ai_next) {
        int const candidate =
            ::socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC, at->ai_protocol);
        if (candidate < 0) continue;
        if (::connect(candidate, at->ai_addr, at->ai_addrlen) == 0) {
            socket_ = candidate;
        } else {
            why = std::strerror(errno);
            close(candidate);
        }
    }
    freeaddrinfo(found);
    if (socket_ < 0) return why;
    if (wire_ != nullptr) wire_->connected(target_);
    int const on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    telnet_ = std::make_unique<Telnet>(options_.terminal_type() +
                                       (target.lu.empty() ? "" : "@" + target.lu));
    stream_.reset();
    keyboard_.connect();
    records_ = 0;
    received_ = sent_ = {};
    text_.clear();
    return {};
}

void Session::disconnect() {
    if (socket_ >= 0) close(socket_);
    if (socket_ >= 0 && wire_ != nullptr) wire_->disconnected();
    socket_ = -1;
    keyboard_.disconnect();
    if (listener_ != nullptr) listener_->lost();
}

bool Session::receive() {
    std::array<u8, 16384> piece;
    auto const got = recv(socket_, piece.data(), piece.size(), 0);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) return true;
    if (got <= 0) {
        disconnect();
        return false;
    }
    std::span<const u8> rest(piece.data(), static_cast<usize>(got));
    if (wire_ != nullptr) wire_->received(rest);
    received_.bytes += rest.size();
    auto const received = telnet_->receive(rest);
    for (Telnet::Item const& item : received) {
        if (item.kind == Telnet::Item::Answer)
            send(item.bytes);
        else
            record(item.bytes);
    }
    return connected();
}

void Session::record(std::span<const u8> bytes) {
    auto const outcome = stream_.receive(bytes);
    ++received_.records;
    // The first record shows that the host is there, whatever it says of the keyboard.
    if (++records_ == 1) keyboard_.restore();
    refused_ = outcome.refused;
    alarm_ = alarm_ || outcome.alarm;
    for (Bytes const& reply : outcome.replies) send(Telnet::wrap(reply));
    if (outcome.restore_keyboard)
        keyboard_.restore();
    else if (outcome.written)
        keyboard_.host_wrote();
    if (outcome.lock_keyboard) keyboard_.wait_for_write();
    if (listener_ == nullptr) return;
    for (Bytes const& field : outcome.transfers) {
        if (listener_ != nullptr) listener_->structured_field(field);
    }
    if (outcome.written && listener_ != nullptr) listener_->written();
}

void Session::send(std::span<const u8> bytes) {
    if (wire_ != nullptr && socket_ >= 0) wire_->sent(bytes);
    sent_.bytes += bytes.size();
    if (bytes.size() >= 2 && bytes[bytes.size() - 2] == 0xFF && bytes.back() == 0xEF)
        ++sent_.records;
    while (!bytes.empty() && socket_ >= 0) {
        auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return disconnect();
        bytes = bytes.subspan(static_cast<usize>(sent));
    }
}

bool Session::type(char32_t character) {
    if (auto const code = codepage_.typed(character))
        return keyboard_.press({Action::Character, *code});
    auto const symbol = Codepage::typed_graphic(character);
    return symbol && keyboard_.press({Action::Character, *symbol, true});
}

void Session::attention() { send(Telnet::attention()); }

} // namespace terminal
