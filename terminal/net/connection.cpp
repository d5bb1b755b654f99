#include "terminal/net/connection.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace terminal {

bool Connection::fail(std::string why) {
    failure_ = std::move(why);
    close();
    return false;
}

void Connection::close() {
    if (socket_ >= 0) {
        flush();
        ::close(socket_);
    }
    socket_ = -1;
    state_ = State::Closed;
    lookup_.reset();
    tls_.reset();
    output_.clear();
    addresses_.clear();
}

bool Connection::open(const Setup& setup) {
    close();
    failure_.clear();
    setup_ = setup;
    lookup_.emplace(setup_.host, setup_.port);
    if (lookup_->descriptor() < 0) return fail(std::strerror(errno));
    state_ = State::LookingUp;
    return looked_up();
}

// Goes on where the addresses are known.
bool Connection::looked_up() {
    auto const* const result = lookup_->result();
    if (result == nullptr) return true;
    addresses_ = result->addresses;
    failure_ = result->failure;
    lookup_.reset();
    return try_address();
}

bool Connection::try_address() {
    std::string why = failure_.empty() ? "no address" : failure_;
    while (!addresses_.empty()) {
        Address const address = std::move(addresses_.front());
        addresses_.pop_front();
        if (socket_ >= 0) ::close(socket_);
        socket_ =
            ::socket(address.family, address.type | SOCK_CLOEXEC | SOCK_NONBLOCK, address.protocol);
        if (socket_ < 0) continue;
        int const on = 1;
        setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        setsockopt(socket_, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
        setsockopt(socket_, SOL_SOCKET, SO_OOBINLINE, &on, sizeof on);
        state_ = State::Connecting;
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(address.name.data()),
                      static_cast<socklen_t>(address.name.size())) == 0)
            return connected();
        if (errno == EINPROGRESS) return true;
        why = std::strerror(errno);
    }
    return fail(why);
}

bool Connection::connected() {
    state_ = State::Open;
    if (!setup_.tls) return true;
    Bytes nothing;
    return start_tls(nothing);
}

short Connection::events() const {
    bool const writing = state_ == State::Connecting || !output_.empty();
    return static_cast<short>(writing ? POLLIN | POLLOUT : POLLIN);
}

bool Connection::start_tls(Bytes& received) {
    tls_.emplace(Tls::Setup{setup_.host, setup_.verify, setup_.authorities});
    state_ = State::Securing;
    Bytes const cipher = std::exchange(received, {});
    return secure_with(cipher, received);
}

bool Connection::secure_with(std::span<const u8> cipher, Bytes& plain) {
    bool const good = tls_->receive(cipher, plain);
    Bytes const out = tls_->take_output();
    output_.insert(output_.end(), out.begin(), out.end());
    flush();
    if (!good) return fail(tls_->failure());
    if (tls_->open()) state_ = State::Open;
    return true;
}

bool Connection::serve(Bytes& received) {
    if (state_ == State::Closed) return false;
    if (state_ == State::LookingUp) return looked_up();
    if (state_ == State::Connecting) {
        pollfd ready{socket_, POLLOUT, 0};
        if (poll(&ready, 1, 0) <= 0) return true;
        int error = 0;
        socklen_t length = sizeof error;
        getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &length);
        if (error == 0) return connected();
        failure_ = std::strerror(error);
        return try_address();
    }
    flush();
    std::array<u8, 16384> piece;
    auto const got = recv(socket_, piece.data(), piece.size(), 0);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) return true;
    if (got < 0) return fail(errno == ECONNRESET ? "" : std::strerror(errno));
    if (got == 0) return fail("");
    std::span<const u8> const bytes(piece.data(), static_cast<usize>(got));
    if (tls_) return secure_with(bytes, received);
    received.insert(received.end(), bytes.begin(), bytes.end());
    return true;
}

void Connection::send(std::span<const u8> bytes) {
    if (state_ < State::Securing) return;
    if (tls_) {
        tls_->send(bytes);
        Bytes const out = tls_->take_output();
        output_.insert(output_.end(), out.begin(), out.end());
    } else {
        output_.insert(output_.end(), bytes.begin(), bytes.end());
    }
    flush();
}

// What the socket does not take now goes with the next call; an error shows when it is read.
void Connection::flush() {
    usize sent = 0;
    while (sent < output_.size() && state_ != State::Connecting) {
        auto const taken =
            ::send(socket_, output_.data() + sent, output_.size() - sent, MSG_NOSIGNAL);
        if (taken < 0 && errno == EINTR) continue;
        if (taken <= 0) break;
        sent += static_cast<usize>(taken);
    }
    output_.erase(output_.begin(), output_.begin() + static_cast<std::ptrdiff_t>(sent));
}

} // namespace terminal
