// What the user does at the window: keys by name, the mouse, pasted text, a new size.
#pragma once

#include "s370/base/types.h"

#include <optional>
#include <string>

namespace terminal {

struct Event {
    enum class Kind : u8 { Key, Mouse, Paste, Resize } kind = Kind::Key;
    std::string text; // the key's name as key_name() has it, or what was pasted
    enum class Button : u8 { Left, Middle, Right, WheelUp, WheelDown } button = Button::Left;
    enum class Motion : u8 { Press, Drag, Release } motion = Motion::Press;
    u32 row = 0, column = 0;
};

class KeyReader {
  public:
    // After the window was opened: teaches ncurses the keys that terminfo has no names for.
    void learn();
    // The next of those that have come; none when there is no more for now.
    std::optional<Event> next();

  private:
    std::optional<Event> function(int code);
    std::optional<Event> escape();
    std::optional<Event> mouse();
    std::optional<Event> paste();
    static std::string character(u32 code);
};

} // namespace terminal
