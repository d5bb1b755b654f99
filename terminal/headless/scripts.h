// Runs scripts on one terminal: from a file or standard input, from other programs over a
// socket, and those that a script starts itself.
//
// Each line that a script sends is answered by lines `data: ...`, the status line and `ok` or
// `error`, as s3270 does, so that one script drives either program.
#pragma once

#include "terminal/headless/interpreter.h"

#include <list>
#include <poll.h>

namespace terminal {

class Scripts final : private ScriptHost {
  public:
    explicit Scripts(Station& station) : station_(station) {}
    ~Scripts() override;
    Scripts(const Scripts&) = delete;
    Scripts& operator=(const Scripts&) = delete;

    // A script that reads `input` and is answered on `output`; the last one that was
    // `main` ends run().
    void add(int input, int output, bool main = true);
    // Runs one action; `done` gets what it says, of several lines the one behind the other.
    // As step(): false when it ended all.
    bool perform(const Command& action, std::function<void(std::string)> done);
    // Other programs may connect to 127.0.0.1:`port` (0: any free one). Why not, or empty.
    std::string listen(u16 port);
    u16 port() const { return station_.script_port; }

    // Until the end of the main script, or Quit; the exit status.
    int run();

    // For a program with a loop of its own: what to wait for besides the session's socket,
    // for how many milliseconds (-1: for ever), and what to do then. True while it goes on.
    void descriptors(std::vector<pollfd>& wanted) const;
    int timeout() const;
    bool step();

  private:
    struct Peer {
        explicit Peer(Interpreter with) : interpreter(std::move(with)) {}
        int input = -1, output = -1;
        bool main = false, ended = false, waiting = false, silent = false;
        std::string unread;
        Interpreter interpreter;
        Interpreter::Clock::time_point began;
        int process = -1;                      // of a program that a script started
        std::function<void(int)> done;         // told how it ended
        bool failed = false;                   // a line of a file did
        std::function<void(std::string)> told; // what its only line says
    };

    std::string start_file(const std::string& path, std::function<void(bool)> done) override;
    std::string start_program(const std::vector<std::string>& words,
                              std::function<void(int)> done) override;
    void quit(int code) override;
    std::string listen_at(const std::string& port) override;

    Peer& make(int input, int output);
    void stop_listening();
    void accept();
    void read(Peer& peer);
    bool advance(Peer& peer);
    void answer(Peer& peer, bool good);
    void end(Peer& peer);

    Station& station_;
    std::list<Peer> peers_;
    int listener_ = -1;
    bool quit_ = false, had_main_ = false;
    int status_ = 0;
};

} // namespace terminal
