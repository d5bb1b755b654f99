// The full-screen face: the 3270 screen in a window of ncurses, with the operator
// information area below it when there is a row for it.
#pragma once

#include "terminal/session/session.h"

#include <string>

namespace terminal {

class TerminalView {
  public:
    explicit TerminalView(Session& session) : session_(session) {}

    // Until the user leaves; 0 when all went well.
    int run();

  private:
    void start();
    void draw();
    void draw_cell(u32 position, u32 row, u32 column);
    void draw_information();
    std::string lock_text() const;
    std::string connection_sign() const;
    void show_help();
    void key(int code, bool is_function);
    void escaped();
    void command();
    void press(Action action, u8 code = 0) { session_.press({action, code}); }
    void reconnect();

    Session& session_;
    bool leave_ = false;
    bool colours_ = false;
    std::string message_;
    u32 typed_digits_ = 0; // of Esc and a number
};

} // namespace terminal
