#include "terminal/curses/window.h"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <curses.h>
#include <langinfo.h>
#include <term.h>
#include <unistd.h>

#undef columns // of term.h

namespace terminal {
namespace {

std::string base64(const std::string& text) {
    constexpr const char* digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (usize at = 0; at < text.size(); at += 3) {
        u32 bits = 0;
        for (usize i = 0; i < 3; ++i)
            bits = bits << 8 | (at + i < text.size() ? static_cast<u8>(text[at + i]) : 0u);
        for (usize i = 0; i < 4; ++i)
            out += at + i <= text.size() ? digits[bits >> (18 - 6 * i) & 63] : '=';
    }
    return out;
}

// Does the terminal's description have it?
bool has(const char* sequence) {
    return sequence != nullptr && sequence != reinterpret_cast<char*>(-1);
}

// Keys pasted as one (2004), buttons and drags (1002) in decimal numbers (1006).
constexpr const char *modes_on = "\033[?2004h\033[?1002h\033[?1006h",
                     *modes_off = "\033[?1006l\033[?1002l\033[?2004l";

} // namespace

std::string Window::open() {
    if (isatty(STDOUT_FILENO) == 0) return "no window here";
    int known = 0;
    if (setupterm(nullptr, STDOUT_FILENO, &known) != OK || !has(tigetstr("cup")) ||
        newterm(nullptr, stdout, stdin) == nullptr) {
        const char* const kind = std::getenv("TERM");
        return std::string("no full-screen window here: TERM=") + (kind == nullptr ? "" : kind);
    }
    opened_ = true;
    ::raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    set_escdelay(25);
    unicode_ = std::strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    if (has_colors()) {
        start_color();
        use_default_colors();
        palette_ = COLORS;
    }
    take();
    return {};
}

void Window::close() {
    if (!opened_) return;
    opened_ = false;
    give_back();
}

// What ncurses does not know of the terminal, and it itself.
void Window::take() {
    raw(modes_on);
    set_cursor(cursor_);
}

void Window::give_back() {
    if (char* const sequence = tigetstr("Se"); has(sequence)) raw(sequence);
    raw(modes_off);
    endwin();
}

void Window::suspend() {
    give_back();
    auto const before = std::signal(SIGTSTP, SIG_DFL);
    ::kill(0, SIGTSTP);
    std::signal(SIGTSTP, before);
    take();
    redraw();
}

Size Window::size() const { return {static_cast<u32>(LINES), static_cast<u32>(COLS)}; }

void Window::raw(const std::string& sequence) {
    std::fputs(sequence.c_str(), stdout);
    std::fflush(stdout);
}

void Window::erase() { ::erase(); }

// A pair of ncurses for each combination of colours that was used.
short Window::pair(const Ink& ink) {
    if (palette_ < 8) return 0;
    auto const [at, fresh] =
        pairs_.try_emplace({ink.foreground, ink.background}, static_cast<short>(pairs_.size() + 1));
    if (at->second >= COLOR_PAIRS) return 0;
    if (fresh)
        init_pair(at->second, static_cast<short>(ink.foreground),
                  static_cast<short>(ink.background));
    return at->second;
}

u32 Window::attributes(const Style& style, short& pair_number) {
    pair_number = pair(style.ink);
    attr_t out = A_NORMAL;
    if (style.ink.bold) out |= A_BOLD;
    if (style.blink) out |= A_BLINK;
    if (style.reverse) out |= A_REVERSE;
    if (style.underscore) out |= A_UNDERLINE;
    return out;
}

void Window::put(u32 row, u32 column, char32_t character, const Style& style) {
    short pair_number;
    attr_t const look = attributes(style, pair_number);
    std::array<wchar_t, 2> const text{static_cast<wchar_t>(character), 0};
    cchar_t out;
    setcchar(&out, text.data(), look, pair_number, nullptr);
    mvadd_wch(static_cast<int>(row), static_cast<int>(column), &out);
}

void Window::text(u32 row, u32 column, std::u32string_view text, const Style& style) {
    for (char32_t c : text) {
        if (column >= size().columns) return;
        put(row, column++, c, style);
    }
}

void Window::rule(u32 row, const Style& style) {
    short pair_number;
    attr_t const look = attributes(style, pair_number);
    cchar_t out;
    setcchar(&out, unicode_ ? L"─" : L"-", look, pair_number, nullptr);
    mvhline_set(static_cast<int>(row), 0, &out, COLS);
}

void Window::show(u32 row, u32 column) {
    move(static_cast<int>(row), static_cast<int>(column));
    refresh();
}

void Window::redraw() { clearok(stdscr, TRUE); }

void Window::beep() { ::beep(); }

void Window::set_cursor(CursorShape shape) {
    cursor_ = shape;
    char* const sequence = tigetstr("Ss");
    if (!has(sequence)) return;
    raw(tparm(sequence, (shape.underline ? 3 : 1) + (shape.blinking ? 0 : 1)));
}

void Window::set_title(const std::string& title) {
    // Only where the window is known to have one.
    if (!has(tigetstr("tsl"))) return;
    raw("\033]2;" + title + "\a");
}

void Window::offer(const std::string& text) { raw("\033]52;c;" + base64(text) + "\a"); }

} // namespace terminal
