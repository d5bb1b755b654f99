// The full-screen face: one session in a window, until the user leaves.
//
// Waits for the keyboard, the host and signals in one place and does nothing between
// them. What a key does is in commands.cpp, what is on the window in painter.cpp.
#pragma once

#include "terminal/curses/key_reader.h"
#include "terminal/curses/painter.h"
#include "terminal/headless/scripts.h"
#include "terminal/view/fit.h"
#include "terminal/view/help.h"
#include "terminal/view/history.h"
#include "terminal/view/keymap.h"
#include "terminal/view/paste.h"

namespace terminal {

class TerminalView {
  public:
    TerminalView(Station& station, Scripts& scripts, const Looking& looking, const Fit& fit,
                 Keymap keymap)
        : station_(station), scripts_(scripts), session_(station.session), fit_(fit),
          keymap_(std::move(keymap)) {
        scene_.looking = looking;
    }

    // 0 when all went well.
    int run();

    // Whether a keymap may name this command.
    static bool knows(const Command& command);

  private:
    void wait();
    int time_to_wait() const;
    void handle(const Event& event);
    void key(const std::string& name);
    void page_key(const std::string& name);
    void command_line_key(const std::string& name);
    void mouse(const Event& event);
    void click(u32 position, const Event& event);
    void draw();
    // What an erased screen showed is kept.
    void keeping(const std::function<void()>& change);

    // Commands: a message for the user, or nothing.
    std::string execute(const Command& command);
    std::string run_all(std::string_view text);
    bool keyboard_command(const Command& command);
    std::string face_command(const Command& command);
    std::string toggle(const std::string& name);
    std::string connect(const Target& target);
    std::string scroll(const std::string& where);
    std::string select(const std::string& where);
    std::string copy();
    void paste(const std::string& text, Paste::NewLine new_line);
    const Screen& shown() const;

    // Commands on files; a transfer goes on beside all else.
    std::string start_transfer(const Command& command);
    void watch_transfer();
    std::string print_screen(const std::string& file) const;
    std::string trace(const std::string& what);

    Station& station_;
    Scripts& scripts_;
    Session& session_;
    Fit fit_;
    Window window_;
    KeyReader keys_;
    Keymap keymap_;
    History history_;
    Scene scene_;
    Keymap::Keys pending_;
    Paste paste_;
    std::string clipboard_;
    usize back_ = 0; // how many screens ago; 0 is now
    std::optional<u32> pressed_;
    i64 pressed_at_ = 0; // ms
    bool leave_ = false;
};

} // namespace terminal
