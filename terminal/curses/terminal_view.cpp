#include "terminal/curses/terminal_view.h"

#include "s370/arch/ds3270.h"

#include <array>
#include <clocale>
#include <curses.h>
#include <poll.h>
#include <string>
#include <unistd.h>

namespace terminal {

namespace aid = s370::ds3270::aid;
namespace attribute = s370::ds3270::attribute;

namespace {

constexpr int escape = 27, prefix = 29; // Esc, Ctrl-]

// Pairs 1-7 are the colours X'F1'-X'F7'; 8 is the information area.
constexpr std::array<short, 8> ncurses_colour{COLOR_WHITE, COLOR_BLUE, COLOR_RED,    COLOR_MAGENTA,
                                              COLOR_GREEN, COLOR_CYAN, COLOR_YELLOW, COLOR_WHITE};
constexpr short information_pair = 8;

// The four colours of fields without extended ones: by protection and intensity.
u8 base_colour(u8 field) {
    bool const bright = (field & attribute::nondisplay) == attribute::intensified;
    bool const closed = (field & attribute::protected_field) != 0;
    if (closed) return bright ? 7 : 1;
    return bright ? 2 : 4;
}

constexpr const char* help[] = {
    "                     Keys of the 3270",
    "",
    " Enter               Enter          PF1-PF12    F1-F12",
    " Newline             Ctrl-J         PF13-PF24   Shift-F1..F12",
    " Tab, Back Tab       Tab, Shift-Tab PFn         Esc and the number, then Enter",
    " Home                Home           PA1-PA3     Alt-1, Alt-2, Alt-3 (Ctrl-] 1 2 3)",
    " End of field        End            Clear       Ctrl-C, Alt-c",
    " Erase EOF           Ctrl-E, Alt-f  Reset       Ctrl-R, Alt-r",
    " Erase input         Ctrl-U, Alt-i  Attn        Ctrl-A, Alt-a",
    " Insert              Ins, Alt-Space SysReq      Ctrl-T, Alt-s",
    " Delete              Del            Dup         Ctrl-D, Alt-d",
    " Backspace           Backspace      Field mark  Ctrl-F, Alt-m",
    " Cursor select       Ctrl-K, Alt-k  Redraw      Ctrl-L",
    "",
    " Ctrl-] h  this page     Ctrl-] q  leave     Ctrl-] c  connect again",
    " The mouse moves the cursor.",
};

} // namespace

void TerminalView::start() {
    initscr();
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    set_escdelay(25);
    mousemask(BUTTON1_CLICKED | BUTTON1_PRESSED, nullptr);
    mouseinterval(0);
    if (has_colors()) {
        start_color();
        use_default_colors();
        for (short pair = 1; pair < information_pair; ++pair)
            init_pair(pair, ncurses_colour[static_cast<usize>(pair)], -1);
        init_pair(information_pair, COLOR_CYAN, -1);
        colours_ = true;
    }
}

int TerminalView::run() {
    start();
    draw();
    while (!leave_) {
        std::array<pollfd, 2> wanted{{{STDIN_FILENO, POLLIN, 0}, {session_.socket(), POLLIN, 0}}};
        // A signal (the window's size) ends the wait as well.
        int const ready = poll(wanted.data(), session_.connected() ? 2 : 1, -1);
        if (ready > 0 && session_.connected() && wanted[1].revents != 0) {
            if (!session_.receive()) message_ = "disconnected: Ctrl-] c connects again, q leaves";
            if (session_.take_alarm()) beep();
        }
        for (wint_t code; !leave_;) {
            int const kind = get_wch(&code);
            if (kind == ERR) break;
            key(static_cast<int>(code), kind == KEY_CODE_YES);
        }
        if (ready > 0 && (wanted[0].revents & (POLLHUP | POLLERR)) != 0) leave_ = true;
        draw();
    }
    endwin();
    return 0;
}

void TerminalView::draw() {
    Size const size = session_.screen().size();
    u32 const rows = static_cast<u32>(LINES), columns = static_cast<u32>(COLS);
    erase();
    for (u32 row = 0; row < size.rows && row < rows; ++row)
        for (u32 column = 0; column < size.columns && column < columns; ++column)
            draw_cell(row * size.columns + column, row, column);
    if (rows > size.rows) draw_information();
    u32 const cursor = session_.screen().cursor();
    move(static_cast<int>(std::min(cursor / size.columns, rows - 1)),
         static_cast<int>(std::min(cursor % size.columns, columns - 1)));
    refresh();
}

void TerminalView::draw_cell(u32 position, u32 row, u32 column) {
    Screen const& screen = session_.screen();
    Cell const& cell = screen.at(position);
    u8 const field_attribute = screen.attribute_at(position);
    Looks looks = cell.looks;
    if (auto const field = screen.field_of(position); field) {
        Looks const& of_field = screen.at(*field).looks;
        if (looks.foreground == 0) looks.foreground = of_field.foreground;
        if (looks.highlight == 0) looks.highlight = of_field.highlight;
        if (looks.character_set == 0) looks.character_set = of_field.character_set;
    }
    bool const hidden = (field_attribute & attribute::nondisplay) == attribute::nondisplay;
    char32_t shown = U' ';
    if (!cell.field && !hidden && (cell.code != 0 || cell.graphic))
        shown = cell.graphic || looks.character_set == 1 ? Codepage::graphic(cell.code)
                                                         : session_.codepage().shown(cell.code);
    bool const bright = (field_attribute & attribute::nondisplay) == attribute::intensified;
    u8 const colour = looks.foreground != 0 ? looks.foreground & 7 : base_colour(field_attribute);
    attr_t look = A_NORMAL;
    if (bright || looks.highlight == 8) look |= A_BOLD;
    if (!cell.field && !hidden) {
        if (looks.highlight == 1) look |= A_BLINK;
        if (looks.highlight == 2) look |= A_REVERSE;
        if (looks.highlight == 4) look |= A_UNDERLINE;
    }
    std::array<wchar_t, 2> const text{static_cast<wchar_t>(shown), 0};
    bool const coloured = colours_ && session_.options().colour;
    cchar_t out;
    setcchar(&out, text.data(), look,
             coloured ? static_cast<short>(colour == 0 ? 7 : colour) : short{0}, nullptr);
    mvadd_wch(static_cast<int>(row), static_cast<int>(column), &out);
}

std::string TerminalView::lock_text() const {
    switch (session_.keyboard().lock()) {
    case Lock::None: return "";
    case Lock::NotConnected: return "X Not Connected";
    case Lock::System: return "X SYSTEM";
    case Lock::Protected: return "X <-o->";
    case Lock::Numeric: return "X -o NUM";
    case Lock::Overflow: return "X o>";
    }
    return "";
}

// As on a 3278: readiness and connection, lock, insert, model, cursor.
void TerminalView::draw_information() {
    Size const size = session_.screen().size();
    int const row = static_cast<int>(size.rows) + (static_cast<u32>(LINES) > size.rows + 1 ? 1 : 0);
    if (row > static_cast<int>(size.rows)) mvhline_set(row - 1, 0, WACS_HLINE, COLS);
    u32 const cursor = session_.screen().cursor();
    std::string line = session_.in_3270_mode() ? "4A " : session_.connected() ? "4N " : "   ";
    line += message_.empty() ? lock_text() : message_;
    line.resize(std::max<usize>(line.size(), 46), ' ');
    line += session_.keyboard().insert() ? " ^ " : "   ";
    line += session_.keyboard().waiting() != 0 ? "T " : "  ";
    line += session_.options().terminal_type().substr(4);
    char place[16];
    std::snprintf(place, sizeof place, " %03u/%03u", cursor / size.columns + 1,
                  cursor % size.columns + 1);
    usize const width = static_cast<usize>(std::min(COLS, 80));
    line.resize(width > 9 ? width - 9 : 0, ' ');
    line += place;
    if (colours_) attron(COLOR_PAIR(information_pair));
    mvaddnstr(row, 0, line.c_str(), COLS);
    if (colours_) attroff(COLOR_PAIR(information_pair));
}

void TerminalView::show_help() {
    erase();
    int row = 1;
    for (const char* line : help) mvaddnstr(row++, 2, line, COLS - 2);
    mvaddnstr(row + 1, 2, " Any key goes on.", COLS - 2);
    refresh();
    nodelay(stdscr, FALSE);
    getch();
    nodelay(stdscr, TRUE);
}

void TerminalView::reconnect() { message_ = session_.connect(Target(session_.target())); }

// After Ctrl-].
void TerminalView::command() {
    nodelay(stdscr, FALSE);
    int const code = getch();
    nodelay(stdscr, TRUE);
    constexpr std::array<u8, 3> program_access{aid::pa1, aid::pa2, aid::pa3};
    switch (code) {
    case 'q': leave_ = true; break;
    case 'h':
    case '?': show_help(); break;
    case 'c': reconnect(); break;
    case '1':
    case '2':
    case '3': press(Action::Attention, program_access[static_cast<usize>(code - '1')]); break;
    default: message_ = "Ctrl-] and h, q, c, 1, 2 or 3"; break;
    }
}

namespace {
u8 pf_code(u32 number) {
    for (u32 code = 0x41; code <= 0xF9; ++code)
        if (aid::pf_number(static_cast<u8>(code)) == number) return static_cast<u8>(code);
    return 0;
}
} // namespace

// Esc and a letter is Alt; Esc, a pause and digits up to Enter is a PF key; a digit that
// comes at once with Esc is Alt and a PA key.
void TerminalView::escaped() {
    int code = getch();
    if (code >= '1' && code <= '3')
        return press(
            Action::Attention,
            std::array<u8, 3>{aid::pa1, aid::pa2, aid::pa3}[static_cast<usize>(code - '1')]);
    u32 number = 0;
    if (code == ERR) {
        message_ = "Esc";
        draw();
        timeout(3000);
        for (code = getch(); code >= '0' && code <= '9' && number < 25; code = getch())
            number = number * 10 + static_cast<u32>(code - '0');
        nodelay(stdscr, TRUE);
        message_.clear();
        if (number >= 1 && number <= 24) press(Action::Attention, pf_code(number));
        if (number != 0 || code == ERR) return;
    }
    switch (code) {
    case 'c': return press(Action::Attention, aid::clear);
    case 'r': return press(Action::Reset);
    case 'a': return session_.attention();
    case 's': return press(Action::Attention, aid::test_request);
    case 'd': return press(Action::Dup);
    case 'm': return press(Action::FieldMark);
    case 'k': return press(Action::CursorSelect);
    case 'f': return press(Action::EraseEof);
    case 'i': return press(Action::EraseInput);
    case ' ': return press(Action::ToggleInsert);
    case 'h': return show_help();
    default: return;
    }
}

void TerminalView::key(int code, bool is_function) {
    message_.clear();
    constexpr auto control = [](char letter) { return letter & 0x1F; };
    if (is_function) {
        if (code >= KEY_F(1) && code <= KEY_F(24))
            return press(Action::Attention, pf_code(static_cast<u32>(code - KEY_F0)));
        switch (code) {
        case KEY_UP: return press(Action::Up);
        case KEY_DOWN: return press(Action::Down);
        case KEY_LEFT: return press(Action::Left);
        case KEY_RIGHT: return press(Action::Right);
        case KEY_HOME: return press(Action::Home);
        case KEY_END: return press(Action::FieldEnd);
        case KEY_BTAB: return press(Action::BackTab);
        case KEY_DC: return press(Action::Delete);
        case KEY_IC: return press(Action::ToggleInsert);
        case KEY_BACKSPACE: return press(Action::EraseCharacter);
        case KEY_ENTER: return press(Action::Attention, aid::enter);
        case KEY_PPAGE: return press(Action::Attention, pf_code(7));
        case KEY_NPAGE: return press(Action::Attention, pf_code(8));
        case KEY_MOUSE: {
            MEVENT event;
            Size const size = session_.screen().size();
            if (getmouse(&event) != OK || event.x < 0 || event.y < 0) return;
            u32 const row = static_cast<u32>(event.y), column = static_cast<u32>(event.x);
            if (row < size.rows && column < size.columns)
                session_.press(
                    {.action = Action::MoveCursor, .position = row * size.columns + column});
            return;
        }
        default: return;
        }
    }
    switch (code) {
    case '\r': return press(Action::Attention, aid::enter);
    case '\n': return press(Action::Newline);
    case '\t': return press(Action::Tab);
    case escape: return escaped();
    case prefix: return command();
    case 127:
    case control('H'): return press(Action::EraseCharacter);
    case control('C'): return press(Action::Attention, aid::clear);
    case control('R'): return press(Action::Reset);
    case control('A'): return session_.attention();
    case control('T'): return press(Action::Attention, aid::test_request);
    case control('E'): return press(Action::EraseEof);
    case control('U'): return press(Action::EraseInput);
    case control('D'): return press(Action::Dup);
    case control('F'): return press(Action::FieldMark);
    case control('K'): return press(Action::CursorSelect);
    case control('L'): clearok(stdscr, TRUE); return;
    default: break;
    }
    if (code >= ' ') session_.type(static_cast<char32_t>(code));
}

} // namespace terminal
