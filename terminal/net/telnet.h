// Telnet as 3270 hosts speak it: negotiation, and records between EOR marks.
//
// RFC 854, 856 (BINARY), 857 (ECHO), 858 (SUPPRESS GO AHEAD), 860 (TIMING MARK), 885 (END
// OF RECORD), 1073 (NAWS), 1091 (TERMINAL TYPE), 1572 (NEW ENVIRON), 1576 (TN3270), START
// TLS (option 46), and RFC 2355 by way of Tn3270e. Knows no socket. Hercules compares our
// answers byte by byte: nothing is ever offered unasked, but that who marks the ends of
// his records gets ours marked too, and each request is answered where it came.
#pragma once

#include "terminal/net/tn3270e.h"

#include <array>
#include <bitset>
#include <string>
#include <vector>

namespace terminal {

// Who owns a Telnet: told what happens, in the order in which it does.
class TelnetUser {
  public:
    virtual void send(std::span<const u8> bytes) = 0;           // to the host, as they are
    virtual void record(const Record& record) = 0;              // of the 3270 data stream
    virtual void system_services(std::span<const u8> data) = 0; // SSCP-LU-DATA
    virtual void bind(std::span<const u8> image) = 0;
    virtual void unbind() = 0;
    virtual void text(u8 byte) = 0; // of the network virtual terminal
    virtual void mode_changed() = 0;
    virtual void start_tls() = 0; // what the host sends next is TLS
    virtual void give_up(const char* why) = 0;

  protected:
    ~TelnetUser() = default;
};

// BINARY and the like; its number where it has no name here.
std::string telnet_option_name(u8 option);

class Telnet {
  public:
    enum class Mode : u8 {
        Negotiating, // and nothing agreed upon that would show anything
        Line,        // a network virtual terminal; we echo and send whole lines
        Character,   // one where the host echoes
        Classic,     // TN3270 of RFC 1576
        Unbound,     // TN3270E from here on: no application has the terminal
        Text,        // its virtual terminal
        Bound,       // its 3270 data stream
        System,      // the system services control point
    };

    struct Setup {
        std::string type;             // IBM-3279-2-E or the like
        std::vector<std::string> lus; // to be asked for, one after the other
        Size window;
        bool may_start_tls = true;
        std::string user = "UNKNOWN"; // told to a host that asks for USER
        bool sparse_text = false;     // see Options
    };
    Telnet(TelnetUser& user, Setup setup)
        : user_(user), setup_(std::move(setup)), extended_(*this) {}

    // Any piece of the stream, as it comes from the network. How much of it was taken: all,
    // but where TLS starts.
    usize receive(std::span<const u8> piece);

    Mode mode() const { return mode_; }
    bool in_3270_mode() const {
        return mode_ == Mode::Classic || mode_ == Mode::Bound || mode_ == Mode::System;
    }
    bool in_text_mode() const {
        return mode_ == Mode::Line || mode_ == Mode::Character || mode_ == Mode::Text;
    }
    bool extended_mode() const { return mode_ >= Mode::Unbound; }
    bool echoes() const { return theirs_[echo]; } // the host does, so we need not
    // The LU we were given or asked for last.
    const std::string& lu() const { return lu_; }
    const Tn3270e& extended() const { return extended_; }

    // Options in force, and functions of TN3270E, by their names.
    std::string options_of_terminal() const { return option_names(ours_); }
    std::string options_of_host() const { return option_names(theirs_); }
    std::string extended_functions() const { return extended_.function_names(); }

    // A record for the host: header before it, IAC doubled, EOR after it.
    Bytes wrap(std::span<const u8> record);
    // What RFC 2355 wants said of the record that began with `header`.
    Bytes response(std::span<const u8> header, DataStream::Refusal refusal, bool replied) const {
        return extended_.response(header, refusal, replied);
    }
    // False where nobody can be told of it.
    bool attention();
    void interrupt(); // the process of the host
    // False where the key goes the way of the others, by the data stream.
    bool system_request();
    // The connection has become TLS: it cannot do so twice.
    void secured() { secure_ = true; }

  private:
    friend class Tn3270e;
    enum class State : u8 { Data, Command, Option, Sub, SubCommand };
    static constexpr usize longest_record = 1 << 17, record_step = 1 << 13, longest_sub = 1 << 10;
    static constexpr u8 echo = 1;

    bool plain_text() const { return mode_ == Mode::Line || mode_ == Mode::Character; }
    void data(u8 byte);
    void command(u8 byte);
    void store(u8 byte) {
        if (length_ == buffer_.size() && length_ < longest_record)
            buffer_.resize(length_ + record_step);
        if (length_ < buffer_.size()) buffer_[length_] = byte;
        ++length_;
    }
    void record_ended();
    void option(u8 option);
    void offered(u8 option);
    void asked(u8 option);
    void answer(u8 verb, u8 option);
    void subnegotiation();
    void tell_type();
    void tell_window();
    void tell_environment();
    void negotiate_tls();

    static std::string option_names(const std::bitset<256>& options);
    void next_lu();
    void first_lu() { next_lu_ = 0; }
    // The mode that follows from the options; tells the user of a change.
    void settle();
    void change(Mode mode);

    TelnetUser& user_;
    Setup setup_;
    Tn3270e extended_;
    State state_ = State::Data;
    Mode mode_ = Mode::Negotiating;
    u8 verb_ = 0;
    Bytes buffer_;     // of records, whatever they are for
    usize length_ = 0; // of the one that comes
    Bytes sub_;
    std::bitset<256> ours_, theirs_; // options in force
    usize next_lu_ = 0;              // of setup_.lus, to be asked for
    std::string lu_;
    bool type_deferred_ = false; // until the environment was told
    bool environment_told_ = false;
    bool tls_promised_ = false, tls_starts_ = false, secure_ = false, given_up_ = false;
};

} // namespace terminal
