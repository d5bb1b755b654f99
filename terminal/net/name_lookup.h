// The addresses of a host, looked up in a thread of its own: names may take half a minute.
//
// Its owner waits until descriptor() is readable and then asks for the result(). One that is
// destroyed before leaves the thread to its end, and nobody hears of it.
#pragma once

#include "terminal/model/data_stream.h"

#include <deque>
#include <memory>
#include <string>

namespace terminal {

struct Address {
    int family, type, protocol; // of socket()
    Bytes name;                 // a sockaddr
};

class NameLookup {
  public:
    // Begins. A port may be a service's name.
    NameLookup(const std::string& host, const std::string& port);

    // To be waited on; -1 when there can be none.
    int descriptor() const;
    struct Result {
        std::deque<Address> addresses;
        std::string failure; // why there are none
    };
    // nullptr as long as nothing is known.
    const Result* result() const;

  private:
    struct Question;
    std::shared_ptr<Question> question_;
};

} // namespace terminal
