// TN3270 Enhancements: which device, which functions, and headers of records.
//
// RFC 2355. Contention resolution and keyboard restoration, its later additions, are not
// asked for, as the x3270 family of Debian does not.
#pragma once

#include "terminal/model/data_stream.h"

#include <bitset>

namespace terminal {

class Telnet;

class Tn3270e {
  public:
    static constexpr usize header_length = 5;
    enum class Part : u8 { Unbound, Text, Data, System };

    explicit Tn3270e(Telnet& telnet);

    bool negotiated() const { return negotiated_; }
    Part part() const { return part_; }
    bool bound() const { return bound_; } // an application said so
    // Those in force; empty without TN3270E.
    std::string function_names() const;
    // As before any negotiation, but that no function comes back which was not agreed upon.
    void forget();

    // What came between SB and SE, from the option's number on; ends with SE.
    void subnegotiation(std::span<const u8> sub);
    void record(const Record& record);

    // Bytes of RFC 2355 before a record of ours; counts it.
    Bytes header();
    // The answer to a record with such a header; empty when it wants none.
    Bytes response(std::span<const u8> header, DataStream::Refusal refusal, bool replied) const;
    // SYSREQ: changes between the application and the system. False: not agreed upon.
    bool system_request();

  private:
    void text(std::span<const u8> bytes);
    void request_device();
    void device(std::span<const u8> sub);
    void functions(std::span<const u8> sub);
    void send_functions(u8 verb);
    void agreed(std::bitset<256> functions);
    void withdraw();
    bool has(u8 function) const { return functions_[function]; }

    Telnet& telnet_;
    bool negotiated_ = false;
    bool bound_ = false;
    Part part_ = Part::Unbound;
    std::bitset<256> functions_; // ours, and after negotiation those in force
    u32 sequence_ = 0;
};

} // namespace terminal
