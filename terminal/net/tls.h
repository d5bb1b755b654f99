// TLS between a socket and a telnet stream: bytes in, bytes out, by OpenSSL.
//
// Knows no socket, so that nothing here can block. The certificate of the host is
// verified, its name included, unless the user said otherwise.
#pragma once

#include "terminal/model/data_stream.h"

#include <memory>
#include <string>

struct ssl_ctx_st;
struct ssl_st;

namespace terminal {

class Tls {
  public:
    struct Setup {
        std::string host; // its name or address, which the certificate must have
        bool verify = true;
        std::string authorities; // a file of certificates in PEM; empty: the system's
    };
    explicit Tls(const Setup& setup);

    // Ciphertext of the host; what was in it goes to the end of `plain`. Called with nothing,
    // begins. False: see failure().
    bool receive(std::span<const u8> cipher, Bytes& plain);
    bool send(std::span<const u8> plain);
    // Ciphertext for the host, since it was asked last.
    Bytes take_output();
    bool open() const { return open_; } // the handshake is over
    const std::string& failure() const { return failure_; }

  private:
    bool fail();
    struct Free {
        void operator()(ssl_ctx_st* context) const;
        void operator()(ssl_st* connection) const;
    };

    std::unique_ptr<ssl_ctx_st, Free> context_;
    std::unique_ptr<ssl_st, Free> connection_;
    bool open_ = false;
    std::string failure_;
};

} // namespace terminal
