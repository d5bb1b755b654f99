#include "terminal/net/tls.h"

#include <array>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace terminal {

void Tls::Free::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }
void Tls::Free::operator()(ssl_st* connection) const { SSL_free(connection); }

Tls::Tls(const Setup& setup) : context_(SSL_CTX_new(TLS_client_method())) {
    if (!context_) {
        fail();
        return;
    }
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(context_.get(), setup.verify ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
    int const good =
        setup.authorities.empty()
            ? SSL_CTX_set_default_verify_paths(context_.get())
            : SSL_CTX_load_verify_locations(context_.get(), setup.authorities.c_str(), nullptr);
    connection_.reset(SSL_new(context_.get()));
    BIO *const in = BIO_new(BIO_s_mem()), *const out = BIO_new(BIO_s_mem());
    if (good != 1 || !connection_ || in == nullptr || out == nullptr) {
        fail();
        return;
    }
    SSL_set_bio(connection_.get(), in, out); // which owns them now
    SSL_set_connect_state(connection_.get());
    X509_VERIFY_PARAM* const wanted = SSL_get0_param(connection_.get());
    if (X509_VERIFY_PARAM_set1_ip_asc(wanted, setup.host.c_str()) != 1) {
        SSL_set1_host(connection_.get(), setup.host.c_str());
        SSL_set_tlsext_host_name(connection_.get(), setup.host.c_str());
    }
}

bool Tls::fail() {
    long const why = connection_ ? SSL_get_verify_result(connection_.get()) : X509_V_OK;
    std::array<char, 256> text{};
    if (why != X509_V_OK)
        failure_ = std::string("host certificate: ") + X509_verify_cert_error_string(why);
    else if (auto const code = ERR_get_error(); code != 0)
        ERR_error_string_n(code, text.data(), text.size()), failure_ = text.data();
    else
        failure_ = "TLS failed";
    ERR_clear_error();
    return false;
}

bool Tls::receive(std::span<const u8> cipher, Bytes& plain) {
    if (!failure_.empty()) return false;
    BIO* const in = SSL_get_rbio(connection_.get());
    if (!cipher.empty()) BIO_write(in, cipher.data(), static_cast<int>(cipher.size()));
    auto const wait = [&](int result) {
        int const why = SSL_get_error(connection_.get(), result);
        return why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE;
    };
    if (!open_) {
        ERR_clear_error();
        int const result = SSL_do_handshake(connection_.get());
        if (result != 1) return wait(result) || fail();
        open_ = true;
    }
    std::array<u8, 16384> piece;
    for (;;) {
        ERR_clear_error();
        int const got = SSL_read(connection_.get(), piece.data(), static_cast<int>(piece.size()));
        if (got <= 0) {
            if (SSL_get_error(connection_.get(), got) == SSL_ERROR_ZERO_RETURN) {
                failure_ = "the host ended TLS";
                return false;
            }
            return wait(got) || fail();
        }
        plain.insert(plain.end(), piece.begin(), piece.begin() + got);
    }
}

bool Tls::send(std::span<const u8> plain) {
    if (!failure_.empty() || plain.empty()) return failure_.empty();
    ERR_clear_error();
    int const sent = SSL_write(connection_.get(), plain.data(), static_cast<int>(plain.size()));
    return sent == static_cast<int>(plain.size()) || fail();
}

Bytes Tls::take_output() {
    if (!connection_) return {};
    BIO* const out = SSL_get_wbio(connection_.get());
    Bytes cipher(BIO_ctrl_pending(out));
    if (!cipher.empty()) BIO_read(out, cipher.data(), static_cast<int>(cipher.size()));
    return cipher;
}

} // namespace terminal
