// Actions in the manner of s3270's, read from a stream, answered on standard output.
//
// Each action is answered by lines `data: ...`, the status line and `ok` or `error`, so
// that one test script drives either program.
#pragma once

#include "terminal/session/session.h"

#include <string>
#include <vector>

namespace terminal {

class Script {
  public:
    explicit Script(Session& session) : session_(session) {}

    // Reads actions from `input` until its end or Quit; 0 when all went well.
    int run(int input);

  private:
    struct Action {
        std::string name;
        std::vector<std::string> arguments;
    };
    using Condition = bool (Script::*)() const;

    static Action parse(const std::string& line);
    bool execute(const Action& action);
    bool simple_key(const std::string& name);
    bool attention(u8 aid);
    bool number_key(const Action& action, u32 most);
    bool text(const Action& action);
    bool string(const Action& action);
    void return_to_margin(u32 column);
    bool move_cursor(const Action& action);
    bool query(const Action& action);
    bool wait(const Action& action);
    bool connect(const Action& action);
    bool set(const Action& action);
    bool fail(const std::string& why) {
        data_.push_back(why);
        return false;
    }

    // Serves the host until `done`, at most `limit` seconds; false when the time is over.
    template <typename Done>
    bool serve(Done done, double limit);
    void answer(bool good, double elapsed);

    Session& session_;
    std::vector<std::string> data_;
    bool quit_ = false;
    bool aid_wait_ = true; // attention keys wait until the host unlocks the keyboard
    u64 seen_ = 0;         // records that were there when the script looked last
};

} // namespace terminal
