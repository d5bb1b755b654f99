#include "terminal/curses/terminal_view.h"

#include "terminal/view/key_panel.h"

#include <array>
#include <chrono>
#include <csignal>
#include <poll.h>
#include <unistd.h>

namespace terminal {
namespace {

volatile std::sig_atomic_t told_to_leave = 0, told_to_stop = 0;

void leave_handler(int) { told_to_leave = 1; }
void stop_handler(int) { told_to_stop = 1; }

i64 milliseconds() {
    using namespace std::chrono;
    return duration_cast<std::chrono::milliseconds>(steady_clock::now().time_since_epoch()).count();
}

constexpr i64 double_click = 400; // ms

} // namespace

void TerminalView::keeping(const std::function<void()>& change) {
    Screen const before = session_.screen();
    change();
    if (session_.screen().erasures() != before.erasures()) history_.keep(before);
}

const Screen& TerminalView::shown() const {
    return back_ == 0 ? session_.screen() : history_.back(back_);
}

int TerminalView::run() {
    if (auto const why = window_.open(); !why.empty()) {
        std::fprintf(stderr, "term370: %s (try --headless)\n", why.c_str());
        return 1;
    }
    keys_.learn();
    struct sigaction leaving {};
    leaving.sa_handler = leave_handler;
    for (int signal : {SIGTERM, SIGHUP}) sigaction(signal, &leaving, nullptr);
    struct sigaction stopping {};
    stopping.sa_handler = stop_handler;
    sigaction(SIGTSTP, &stopping, nullptr);
    window_.set_cursor(scene_.looking.cursor);
    window_.set_title("term370 " + session_.target().host + ":" + session_.target().port);
    while (!leave_ && told_to_leave == 0) {
        draw();
        wait();
        if (std::exchange(told_to_stop, 0) != 0) window_.suspend();
        while (auto const event = keys_.next()) {
            handle(*event);
            if (leave_) break;
        }
        if (paste_.more())
            if (auto const why = paste_.go_on(session_); !why.empty()) scene_.notice = why;
    }
    window_.close();
    return 0;
}

void TerminalView::draw() {
    scene_.back = back_;
    paint(window_, session_, shown(), scene_);
}

// In milliseconds; -1 when nothing has its time.
int TerminalView::time_to_wait() const {
    bool const transferring = station_.transfer && station_.transfer->running();
    int least = transferring ? 1000 : -1;
    for (int limit : {session_.wait_limit(), scripts_.timeout()})
        if (limit >= 0 && (least < 0 || limit < least)) least = limit;
    return least;
}

// Signals are let in only here, so that none comes between looking and waiting.
void TerminalView::wait() {
    sigset_t all, open;
    sigemptyset(&all);
    for (int signal : {SIGWINCH, SIGTERM, SIGHUP, SIGTSTP}) sigaddset(&all, signal);
    sigprocmask(SIG_BLOCK, &all, &open);
    std::vector<pollfd> wanted{{STDIN_FILENO, POLLIN, 0},
                               {session_.socket(), session_.events(), 0}};
    scripts_.descriptors(wanted);
    int const limit = time_to_wait();
    timespec const time{limit / 1000, limit % 1000 * 1'000'000L};
    bool signalled = told_to_leave != 0 || told_to_stop != 0;
    if (!signalled)
        signalled = ppoll(wanted.data(), wanted.size(), limit < 0 ? nullptr : &time, &open) < 0;
    sigprocmask(SIG_SETMASK, &open, nullptr);
    if (signalled) return;
    if ((wanted[0].revents & (POLLHUP | POLLERR)) != 0) leave_ = true;
    if (wanted[1].revents != 0 || session_.wait_limit() == 0) {
        keeping([&] { session_.receive(); });
        if (session_.take_alarm()) window_.beep();
        if (session_.socket() < 0)
            scene_.notice = session_.failure().empty() ? "disconnected" : session_.failure();
    }
    keeping([&] {
        if (!scripts_.step()) leave_ = true;
    });
    watch_transfer();
}

void TerminalView::handle(const Event& event) {
    switch (event.kind) {
    case Event::Kind::Resize: return;
    case Event::Kind::Paste: return paste(event.text, Paste::NewLine::NextRow);
    case Event::Kind::Mouse: return mouse(event);
    case Event::Kind::Key: break;
    }
    scene_.notice.clear();
    if (scene_.page)
        page_key(event.text);
    else if (scene_.command_line)
        command_line_key(event.text);
    else
        key(event.text);
}

void TerminalView::key(const std::string& name) {
    pending_.push_back(name);
    auto const match = keymap_.find(pending_);
    if (match.commands == nullptr && match.more) {
        for (std::string const& part : pending_) scene_.notice += part + " ";
        return;
    }
    Keymap::Keys const keys = std::exchange(pending_, {});
    if (match.commands != nullptr) {
        for (Command const& command : *match.commands)
            if (auto const why = execute(command); !why.empty()) scene_.notice = why;
        return;
    }
    auto const typed = keys[0] == "Space" ? std::u32string(U" ") : from_utf8(keys[0]);
    scene_.selection.reset();
    back_ = 0;
    bool const waiting = session_.keyboard().lock() != Lock::None;
    if (keys.size() != 1 || typed.size() != 1)
        scene_.notice = "X -f  no function: " + keys.back();
    else if (!session_.type(typed[0]) && !waiting && session_.keyboard().lock() == Lock::None)
        scene_.notice = "X -f  not in code page " + session_.options().codepage;
}

void TerminalView::page_key(const std::string& name) {
    int const room = static_cast<int>(window_.size().rows) - 2;
    usize const limit = room > 0 ? static_cast<usize>(room) : 1;
    if (name == "PageDown" || name == "Space")
        scene_.page->scroll(room, limit);
    else if (name == "PageUp")
        scene_.page->scroll(-room, limit);
    else if (name == "Down" || name == "Up")
        scene_.page->scroll(name == "Down" ? 1 : -1, limit);
    else {
        // What begins a longer key is more than a way back.
        scene_.page.reset();
        if (keymap_.find({name}).more) key(name);
    }
}

void TerminalView::command_line_key(const std::string& name) {
    std::string& line = *scene_.command_line;
    auto const typed = name == "Space" ? std::u32string(U" ") : from_utf8(name);
    if (name == "Enter") {
        std::string const text = line;
        scene_.command_line.reset();
        scene_.notice = run_all(text);
    } else if (name == "Backspace") {
        std::u32string all = from_utf8(line);
        if (!all.empty()) all.pop_back();
        line.clear();
        for (char32_t c : all) append_utf8(line, c);
    } else if (name == "Ctrl-U") {
        line.clear();
    } else if (typed.size() == 1) {
        append_utf8(line, typed[0]);
    } else {
        scene_.command_line.reset();
    }
}

void TerminalView::mouse(const Event& event) {
    if (event.motion == Event::Motion::Press) scene_.notice.clear();
    if (event.button == Event::Button::WheelUp || event.button == Event::Button::WheelDown) {
        bool const up = event.button == Event::Button::WheelUp;
        if (scene_.page)
            page_key(up ? "Up" : "Down");
        else
            scene_.notice = scroll(up ? "Backward" : "Forward");
        return;
    }
    bool const pressed = event.motion == Event::Motion::Press;
    if (scene_.page) {
        if (pressed) scene_.page.reset();
        return;
    }
    Layout const& layout = scene_.layout;
    std::string command;
    if (layout.title == event.row)
        command = command_at(title_labels(window_.size().columns), 0, event.column);
    if (layout.panel && event.row >= *layout.panel && event.row < *layout.panel + panel_rows)
        command = command_at(panel_labels(), event.row - *layout.panel, event.column);
    else if (event.row >= layout.top && event.row < layout.top + layout.rows.count &&
             event.column < layout.columns.count)
        return click((event.row - layout.top + layout.rows.first) * shown().size().columns +
                         event.column + layout.columns.first,
                     event);
    if (pressed && !command.empty()) scene_.notice = run_all(command);
}

// In the image: a click moves the cursor, a drag marks and copies, a second click marks
// the word.
void TerminalView::click(u32 position, const Event& event) {
    if (event.button == Event::Button::Middle) {
        if (event.motion == Event::Motion::Press) paste(clipboard_, Paste::NewLine::NextRow);
        return;
    }
    if (event.button != Event::Button::Left) return;
    u32 const columns = shown().size().columns;
    switch (event.motion) {
    case Event::Motion::Press: {
        bool const twice = pressed_ == position && milliseconds() - pressed_at_ < double_click;
        pressed_ = position;
        pressed_at_ = milliseconds();
        scene_.selection.reset();
        if (twice) {
            scene_.selection = word_at(position, scene_.image, columns);
            scene_.notice = copy();
        } else if (back_ == 0) {
            session_.press({.action = Action::MoveCursor, .position = position});
        }
        return;
    }
    case Event::Motion::Drag:
        if (pressed_) scene_.selection = Selection{*pressed_, position};
        return;
    case Event::Motion::Release:
        if (scene_.selection && pressed_ && scene_.selection->from == *pressed_ &&
            scene_.selection->to != *pressed_)
            scene_.notice = copy();
        return;
    }
}

} // namespace terminal
