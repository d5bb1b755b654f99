// A connection to a host: name, addresses, TCP, and TLS where it is wanted.
//
// Never blocks. Its owner waits on socket() for events() and then calls serve().
#pragma once

#include "terminal/net/name_lookup.h"
#include "terminal/net/tls.h"

#include <optional>

namespace terminal {

class Connection {
  public:
    enum class State : u8 { Closed, LookingUp, Connecting, Securing, Open };

    struct Setup {
        std::string host, port = "23";
        bool tls = false; // from the first byte on
        bool verify = true;
        std::string authorities; // see Tls
    };

    ~Connection() { close(); }
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Begins. False: see failure().
    bool open(const Setup& setup);
    void close();
    State state() const { return state_; }
    int socket() const { return lookup_ ? lookup_->descriptor() : socket_; }
    short events() const; // of poll()

    // Does what can be done now. What the host sent goes to the end of `received`. False when
    // the connection has ended: by the host, or see failure().
    bool serve(Bytes& received);
    void send(std::span<const u8> bytes);
    // What the host sends from now on is TLS, beginning with `received`, of which only
    // what was inside stays. False: see failure().
    bool start_tls(Bytes& received);
    bool secure() const { return tls_ && tls_->open(); }
    // Why it failed; empty when the host just closed.
    const std::string& failure() const { return failure_; }

  private:
    bool looked_up();
    // The next address, and the next when that fails at once.
    bool try_address();
    bool connected();
    bool secure_with(std::span<const u8> cipher, Bytes& plain);
    bool fail(std::string why);
    void flush();

    Setup setup_;
    State state_ = State::Closed;
    std::optional<NameLookup> lookup_; // while it goes on
    int socket_ = -1;
    std::deque<Address> addresses_; // yet to be tried
    std::optional<Tls> tls_;
    Bytes output_; // that the socket did not take yet
    std::string failure_;
};

} // namespace terminal
