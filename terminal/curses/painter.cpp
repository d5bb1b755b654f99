#include "terminal/curses/painter.h"

#include "s370/arch/ds3270.h"
#include "terminal/view/key_panel.h"
#include "terminal/view/status_line.h"

#include <algorithm>

namespace terminal {
namespace {

namespace attribute = s370::ds3270::attribute;

std::u32string wide(const std::string& text) { return from_utf8(text); }

class Painter {
  public:
    Painter(Window& window, const Session& session, const Screen& screen, Scene& scene)
        : window_(window), session_(session), screen_(screen),
          scene_(scene), frame_{frame_ink(scene.looking.theme, window.palette())} {}

    void run() {
        Size const size = screen_.size();
        scene_.layout =
            arrange(window_.size(), size, screen_.cursor(), scene_.looking.panel, scene_.layout);
        scene_.image = appearance(screen_, session_.codepage(), scene_.looking.rendering);
        window_.erase();
        if (scene_.page) return page(*scene_.page);
        image();
        if (scene_.layout.title) title();
        if (scene_.layout.separator) window_.rule(*scene_.layout.separator, frame_);
        if (scene_.layout.panel) panel(*scene_.layout.panel);
        information();
        if (scene_.command_line) return command_line();
        Layout const& layout = scene_.layout;
        window_.show(layout.top + screen_.cursor() / size.columns - layout.rows.first,
                     screen_.cursor() % size.columns - layout.columns.first);
    }

  private:
    Style style(const Appearance& cell) const {
        bool const one_colour = !session_.options().colour && scene_.looking.theme == Theme::Colour;
        Theme const theme = one_colour ? Theme::Green : scene_.looking.theme;
        return {ink_of(cell, theme, window_.palette()), cell.blink, cell.reverse, cell.underscore};
    }

    void image() {
        Layout const& layout = scene_.layout;
        u32 const columns = screen_.size().columns, cursor = screen_.cursor();
        for (u32 r = 0; r < layout.rows.count; ++r)
            for (u32 c = 0; c < layout.columns.count; ++c) {
                u32 const row = layout.rows.first + r, column = layout.columns.first + c;
                Appearance cell = scene_.image[row * columns + column];
                if (scene_.looking.crosshair && cell.character == U' ' && window_.unicode()) {
                    if (row == cursor / columns) cell.character = U'┄';
                    if (column == cursor % columns) cell.character = U'┆';
                }
                if (scene_.selection && scene_.selection->holds(row * columns + column, columns))
                    cell.reverse = !cell.reverse;
                if (cell != Appearance{})
                    window_.put(layout.top + r, c, cell.character, style(cell));
            }
    }

    void labels(const std::vector<Label>& all, u32 row) {
        for (Label const& label : all) {
            Style style = frame_;
            style.reverse = !label.command.empty();
            window_.text(row + label.row, label.column, wide(label.text), style);
        }
    }

    // It may cover rows of the image.
    void panel(u32 row) {
        std::u32string const blank(window_.size().columns, U' ');
        for (u32 i = 0; i < panel_rows; ++i) window_.text(row + i, 0, blank, frame_);
        labels(panel_labels(), row);
    }

    void title() {
        Target const& target = session_.target();
        std::string text = "term370 ";
        if (!target.host.empty())
            text += (session_.lu().empty() ? "" : session_.lu() + "@") + target.host + ":" +
                    target.port + " " + session_.options().terminal_type();
        auto const buttons = title_labels(window_.size().columns);
        if (!buttons.empty()) text = text.substr(0, buttons.front().column - 1);
        window_.text(*scene_.layout.title, 0, wide(text), frame_);
        labels(buttons, *scene_.layout.title);
    }

    Status status() const {
        Keyboard const& keyboard = session_.keyboard();
        u32 const cursor = screen_.cursor(), columns = screen_.size().columns;
        Status out;
        out.connected = session_.connected();
        out.connecting = session_.connecting();
        out.in_3270_mode = session_.in_3270_mode();
        out.in_text_mode = session_.in_text_mode();
        out.sna = session_.mode() >= Telnet::Mode::Unbound;
        out.system = session_.mode() == Telnet::Mode::System;
        out.secure = session_.secure();
        out.lock = keyboard.lock();
        out.waiting = keyboard.unanswered();
        out.insert = keyboard.insert();
        out.typed_ahead = keyboard.waiting();
        u8 const field = screen_.attribute_at(cursor);
        out.numeric = (field & attribute::skip) == attribute::numeric;
        out.notice = scene_.notice;
        if (out.notice.empty() && !out.connected && !out.connecting)
            out.notice = session_.target().host.empty() ? "Ctrl-] : Connect(host:port)"
                                                        : "Ctrl-] c connects again";
        if (scene_.back != 0) out.notice = "screen -" + std::to_string(scene_.back);
        out.refused = session_.refused();
        out.lu = session_.lu();
        out.row = cursor / columns;
        out.column = cursor % columns;
        return out;
    }

    void information() {
        Status const now = status();
        Layout const& layout = scene_.layout;
        if (layout.information_covers && !pressing(now)) return;
        u32 const width = std::min(window_.size().columns, std::max(screen_.size().columns, 80u));
        auto const line = status_line(now, width, window_.unicode());
        Style style = frame_;
        style.reverse = layout.information_covers; // it is not the host's
        window_.text(layout.information, 0, line, style);
    }

    void command_line() {
        std::u32string line = U"Command: " + wide(*scene_.command_line);
        u32 const width = window_.size().columns;
        if (line.size() + 1 > width) line.erase(0, line.size() + 1 - width);
        u32 const column = static_cast<u32>(line.size());
        line.resize(width, U' ');
        window_.text(scene_.layout.information, 0, line, {frame_.ink, false, true, false});
        window_.show(scene_.layout.information, column);
    }

    void page(Page& page) {
        Size const size = window_.size();
        usize const room = size.rows > 2 ? size.rows - 2 : 1;
        page.scroll(0, room);
        window_.text(0, 0, wide(page.title), {frame_.ink, false, true, false});
        for (usize i = 0; i < room && page.first + i < page.lines.size(); ++i)
            window_.text(static_cast<u32>(i) + 1, 0, wide(page.lines[page.first + i]), frame_);
        bool const more = page.first + room < page.lines.size();
        window_.text(size.rows - 1, 0,
                     more ? U"PageDown shows more, any other key goes back" : U"Any key goes back",
                     frame_);
        window_.show(size.rows - 1, 0);
    }

    Window& window_;
    const Session& session_;
    const Screen& screen_;
    Scene& scene_;
    Style frame_;
};

} // namespace

void paint(Window& window, const Session& session, const Screen& screen, Scene& scene) {
    Painter(window, session, screen, scene).run();
}

} // namespace terminal
