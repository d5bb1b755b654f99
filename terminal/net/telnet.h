// Telnet as 3270 hosts speak it: negotiation, and records between EOR marks.
//
// RFC 854, 885 (END OF RECORD), 856 (BINARY), 1091 (TERMINAL TYPE), 1576. Knows no
// socket. Hercules compares our answers byte by byte: nothing is ever offered
// unasked, and each request is answered in the order in which it came.
#pragma once

#include "terminal/model/data_stream.h"

#include <bitset>

namespace terminal {

class Telnet {
  public:
    // `type`: IBM-3279-2-E or the like, perhaps with @LU.
    explicit Telnet(std::string type) : type_(std::move(type)) {}

    // In the order in which they came: answers go out before what follows is acted on.
    struct Item {
        enum Kind : u8 { Answer, Record } kind;
        Bytes bytes;
    };
    using Received = std::vector<Item>;
    // Any piece of the stream, as it comes from the network.
    Received receive(std::span<const u8> piece);

    // The record with IAC doubled and EOR after it.
    static Bytes wrap(std::span<const u8> record);
    // The Attn key outside TN3270E.
    static Bytes attention() { return {0xFF, 0xF3}; }

    // Both sides binary and with EOR, and the terminal type told.
    bool in_3270_mode() const;

  private:
    enum class State : u8 { Data, Command, Option, Sub, SubCommand };
    static constexpr usize longest_record = 1 << 17, longest_sub = 1 << 10;

    void data(u8 byte, Received& out);
    void command(u8 byte, Received& out);
    void option(u8 option, Received& out);
    void subnegotiation(Received& out);

    std::string type_;
    State state_ = State::Data;
    u8 verb_ = 0;
    Bytes record_, sub_;
    std::bitset<256> ours_, theirs_; // options in force
    bool type_told_ = false;
};

} // namespace terminal
