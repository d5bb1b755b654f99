// A host that plays a recorded trace: term370's own, or x3270's.
//
// Listens on the loopback interface and serves one terminal in a thread of its own. Where
// the trace has something from the terminal, it waits until the terminal has sent as much;
// with `all` it does not wait. A trace without the negotiation at its start gets one.
#pragma once

#include "terminal/session/session.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace terminal::trace {

struct Recorded {
    bool from_host = false;
    Bytes bytes; // of one read or write
};

// What a trace has for us: the lines `< 0x...` and `> 0x...`, and what its first ones say
// of the terminal that made it.
struct Recording {
    std::vector<Recorded> records;
    std::optional<std::string> model, codepage;
    std::optional<Size> size; // of its larger screen
};
// False: no such file.
bool read_trace(const std::string& path, Recording& recording);
// Makes of `options` the terminal of the recording; what is not named there stays.
void use_recorded(const Recording& recording, Options& options);

class Replay {
  public:
    Replay(std::vector<Recorded> recorded, bool all);
    ~Replay();
    Replay(const Replay&) = delete;
    Replay& operator=(const Replay&) = delete;

    // Where the terminal has to connect to; 0: it could not listen.
    u16 port() const { return port_; }
    // Everything has been sent.
    bool ended() const { return ended_; }
    // Answers of the terminal that were as recorded, and those that differed.
    u32 equal() const { return equal_; }
    u32 different() const { return different_; }

  private:
    void serve();
    bool expect(int client, std::span<const u8> wanted);

    std::vector<Recorded> recorded_;
    bool all_;
    int listener_ = -1;
    u16 port_ = 0;
    std::atomic<bool> stop_ = false, ended_ = false;
    std::atomic<u32> equal_ = 0, different_ = 0;
    std::thread thread_;
};

} // namespace terminal::trace
