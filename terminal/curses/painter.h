// Draws a session and what lies over it.
#pragma once

#include "terminal/curses/window.h"
#include "terminal/session/session.h"
#include "terminal/view/help.h"
#include "terminal/view/layout.h"
#include "terminal/view/selection.h"

namespace terminal {

// What the user chose.
struct Looking {
    Theme theme = Theme::Colour;
    Panel panel = Panel::IfRoom;
    Rendering rendering;
    CursorShape cursor;
    bool crosshair = false;
};

struct Scene {
    Looking looking;
    Layout layout; // as it was drawn last
    std::string notice;
    std::optional<std::string> command_line; // being typed
    std::optional<Page> page;
    std::optional<Selection> selection;
    usize back = 0;                // this screen was, so many ago
    std::vector<Appearance> image; // as it was drawn last
};

// `screen` is the session's, or one that was.
void paint(Window& window, const Session& session, const Screen& screen, Scene& scene);

} // namespace terminal
