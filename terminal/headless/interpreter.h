// What the actions of a script do, in the manner of s3270's: names, arguments, error texts.
//
// An action that has to wait for the host leaves a condition behind; whoever runs the script
// serves the host and asks again. So several scripts can use one session.
#pragma once

#include "terminal/headless/screen_text.h"
#include "terminal/headless/station.h"
#include "terminal/view/command.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace terminal {

enum class Progress : u8 { Good, Bad, Waiting };

// Who can run other scripts for an action.
class ScriptHost {
  public:
    virtual ~ScriptHost() = default;
    // Runs the lines of a file, or a program that speaks actions on the descriptors that
    // X3270INPUT and X3270OUTPUT name. `done` gets its exit status, or 0.
    virtual std::string start_file(const std::string& path, std::function<void(bool)> done) = 0;
    virtual std::string start_program(const std::vector<std::string>& words,
                                      std::function<void(int)> done) = 0;
    virtual void quit(int code) = 0;
    // Programs may connect to 127.0.0.1:`port` from now on, or, without a port, no more.
    // What is wrong, or empty.
    virtual std::string listen_at(const std::string& port) = 0;
};

class Interpreter {
  public:
    using Clock = std::chrono::steady_clock;

    Interpreter(Station& station, ScriptHost& host) : station_(station), host_(host) {}

    // Begins a line. Waiting: resume() until it says otherwise.
    Progress begin(const std::string& line);
    Progress resume();
    // When resume() should be called at the latest, though nothing came from the host.
    std::optional<Clock::time_point> deadline() const { return deadline_; }

    const std::vector<std::string>& data() const { return data_; }
    bool closed() const { return closed_; } // by CloseScript
    int status() const { return status_; }  // of CloseScript

    static bool knows(const std::string& name);
    // All names, as Query(Actions) tells them.
    static std::string names();

  private:
    using Action = Command;
    using Handler = Progress (Interpreter::*)(const Action&);
    struct Entry {
        const char* name;
        u32 least, most; // arguments
        Handler handler;
    };
    static const std::vector<Entry>& table();
    static constexpr u32 any = 99;

    Session& session() { return station_.session; }
    const Session& session() const { return station_.session; }
    Progress next();
    Progress run(const Action& action);
    Progress fail(const std::string& why);
    // Until `done` says other than Waiting, or the time is over; then `late`.
    Progress wait(std::function<Progress()> done,
                  std::optional<Clock::time_point> deadline = std::nullopt,
                  std::function<Progress()> late = {});
    std::string call(const Action& action) const { return action.name + "()"; }

    // Keys: actions_keys.cpp
    Progress key(const Action& action);
    Progress press(u8 aid);
    Progress attention(const Action& action);
    Progress program_key(const Action& action);
    Progress attn(const Action& action);
    Progress interrupt(const Action& action);
    Progress string(const Action& action);
    Progress hex_string(const Action& action);
    Progress paste(std::u32string text);
    Progress paste_on();
    Progress named_key(const Action& action);
    Progress circum_not(const Action& action);
    Progress move_cursor(const Action& action);
    Progress type_on();
    void return_to_margin(u32 column);
    struct Typed {
        char32_t character; // 0: none
        u8 aid = 0;
        std::optional<terminal::Action> key;
        std::optional<u8> code; // EBCDIC
    };
    Progress type(std::vector<Typed> keys, bool in_string);
    Progress refused();

    // What is on the screen: actions_screen.cpp
    Progress read_text(const Action& action);
    Progress read_buffer(const Action& action);
    Progress snap(const Action& action);
    Progress query(const Action& action);
    std::vector<std::pair<std::string, std::string>> facts() const;
    Progress print_text(const Action& action);
    Progress nvt_text(const Action& action);

    // The session: actions_session.cpp and actions_settings.cpp
    Progress connect(const Action& action);
    Progress connected();
    Progress reconnect(const Action& action);
    Progress disconnect(const Action& action);
    Progress wait_for(const Action& action);
    // What Wait(InputField) waits for.
    bool awaits_input() const;
    Progress await(const std::string& what, double seconds, const std::string& name);
    Progress await_place(const std::string& what, double seconds,
                         std::vector<std::string> arguments);
    Progress await_condition(std::function<bool()> met, double seconds, const std::string& name);
    std::vector<std::pair<std::string, std::string>> settings();
    Progress set(const Action& action);
    Progress apply(const std::string& name, const std::string& value);
    Progress toggle(const Action& action);
    Progress trace(const Action& action);
    Progress switch_trace(bool on, std::string path);
    Progress transfer(const Action& action);
    Progress transfer_end();

    // Scripts: actions_script.cpp
    Progress quit(const Action& action);
    Progress close_script(const Action& action);
    Progress source(const Action& action);
    Progress script(const Action& action);
    Progress execute(const Action& action);
    Progress pause(const Action& action);
    Progress bell(const Action& action);
    Progress capabilities(const Action& action);
    Progress info(const Action& action);
    Progress ignore(const Action&) { return Progress::Good; }
    Progress expect(const Action& action);
    Progress macro(const Action& action);
    Progress abort(const Action& action);

    Station& station_;
    ScriptHost& host_;
    std::vector<Action> actions_; // of the line, from the one that is due
    std::string error_;           // that ends the line after them
    std::vector<std::string> data_;
    std::function<Progress()> waiting_, late_;
    std::optional<Clock::time_point> deadline_;
    std::vector<Typed> typing_;
    bool in_string_ = false, typed_ = false; // what typing_ is of; some of it went
    std::optional<u32> margin_;              // the column where String() began
    struct Pasting {
        std::u32string rest;
        u32 start = 0, row = 0; // where it began; the row of the last character
    };
    Pasting pasting_;
    u64 seen_ = 0; // records that were there when the script last read the screen
    bool closed_ = false;
    int status_ = 0;

    // Snap() keeps the screen as it is.
    std::shared_ptr<const Picture> picture_;
};

std::string lower_case(std::string text);
// true, on and set; false, off and clear. False: neither.
bool truth(const std::string& text, bool& value);

} // namespace terminal
