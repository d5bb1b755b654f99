#include "terminal/model/nvt.h"

#include <algorithm>
#include <bit>

namespace terminal {

namespace {

constexpr u8 escape_code = 0x1B;
constexpr u8 double_byte = 8;
constexpr u32 longest_sequence = 6; // of UTF-8, as it once was

// The VT100's line-drawing set, from X'5F' on, as s3270 shows it.
constexpr std::array<char32_t, 32> lines{
    U'█', U'◆', U'▒', U'␉', U'␌', U'␍', U'␊', U'°', U'±', U'␤', U'␋', U'┘', U'┐', U'┌', U'└', U'┼',
    U'-', U'-', U'─', U'-', U'_', U'├', U'┤', U'┴', U'┬', U'│', U'≤', U'≥', U'π', U'≠', U'£', U'•'};

// Han, Kana and the like: twice as wide as the others.
constexpr bool is_wide(char32_t character) { return character >= 0x2E80 && character <= 0x9FFF; }

// The seven colours of ECMA-48, as a 3279 numbers its own.
constexpr std::array<u8, 8> colours{0xF0, 0xF2, 0xF4, 0xF6, 0xF1, 0xF3, 0xF5, 0xF7};

} // namespace

void Nvt::reset() {
    state_ = State::Text;
    start();
}

void Nvt::start() {
    missing_ = 0;
    modes_ = saved_modes_ = {};
    pen_ = saved_pen_ = {};
    once_.reset();
    saved_cursor_ = 0;
    top_ = 1;
    bottom_ = rows();
    tabs_.assign(columns(), false);
    for (u32 at = 0; at < columns(); at += 8) tabs_[at] = true;
    wrap_held_ = false;
}

void Nvt::receive(u8 byte) {
    if (heard_.size() == 2 * most_heard) heard_.erase(0, most_heard);
    heard_ += static_cast<char>(byte);
    switch (state_) {
    case State::Text: return text(byte);
    case State::Utf8: return utf8(byte);
    case State::Escape: return escape(byte);
    case State::Designate:
        if (byte == '0' || byte == 'A' || byte == 'B') pen_.sets[designated_] = byte;
        state_ = State::Text;
        return;
    case State::Control: return control(byte);
    case State::Private: return private_control(byte);
    case State::Greater: // a secondary device attribute is not told
        if (byte < '0' || byte > '9') state_ = State::Text;
        return;
    case State::Title:
    case State::TitleText: return title(byte);
    }
}

void Nvt::go(u32 row, u32 column) {
    screen_.move_cursor(std::min(row, rows() - 1) * columns() + std::min(column, columns() - 1));
    wrap_held_ = false;
}

void Nvt::text(u8 byte) {
    switch (byte) {
    case 0x07: bell_ = true; return;
    case 0x08: return backspace();
    case 0x09: return tab();
    case 0x0A:
    case 0x0B: return line_feed();
    case 0x0C: screen_.erase(screen_.alternate()); return;
    case 0x0D:
        go(row(), 0);
        if (modes_.newline) line_feed();
        return;
    case 0x0E: pen_.set = 1; return;
    case 0x0F: pen_.set = 0; return;
    case escape_code: state_ = State::Escape; return;
    default: break;
    }
    if (byte < 0x20 || (byte >= 0x7F && byte < 0xA0)) return;
    if (byte < 0x80) return print(byte);
    if (!begin_character(byte)) print(U'?');
}

bool Nvt::begin_character(u8 byte) {
    u32 const length = static_cast<u32>(std::countl_one(byte));
    if (length < 2 || length > longest_sequence) return false;
    state_ = State::Utf8;
    missing_ = length - 1;
    partial_ = byte & (0x7Fu >> length);
    least_ = length == 2 ? 0x80 : 1u << (5 * length - 4);
    well_formed_ = true;
    return true;
}

// As many bytes as the first one says are taken before they are looked at. What is no
// UTF-8 then shows as a question mark, and its last byte counts again.
void Nvt::utf8(u8 byte) {
    state_ = State::Text;
    if (missing_ == 0) { // the mode began anew inside of a character: here is another first byte
        if (byte > 0 && byte < 0x80) return print(byte);
        if (begin_character(byte)) return;
        print(U'?');
        return text(byte);
    }
    well_formed_ = well_formed_ && (byte & 0xC0) == 0x80;
    partial_ = partial_ << 6 | (byte & 0x3F);
    if (--missing_ > 0) {
        state_ = State::Utf8;
        return;
    }
    if (well_formed_ && partial_ >= least_) return print(partial_);
    print(U'?');
    text(byte);
}

void Nvt::print(char32_t character) {
    wrap_if_held();
    if (modes_.insert) insert_characters(1);
    if (is_wide(character)) return print_wide(character);
    u8 const set = pen_.sets[once_.value_or(pen_.set)];
    if (set == '0' && character >= 0x5F && character <= 0x7E) character = lines[character - 0x5F];
    if (set == 'A' && character == U'#') character = U'£';
    once_.reset();
    blank_other_half();
    put(character, 0);
    advance();
}

// Into two positions, as a double-byte character; the second one holds a blank.
void Nvt::print_wide(char32_t character) {
    if (column() + 1 == columns()) {
        if (!modes_.wrap) return;
        put(U' ', 0);
        screen_.move_cursor(screen_.next(screen_.cursor()));
    }
    if (screen_.at(screen_.cursor()).text == U' ') blank_other_half();
    put(character, double_byte);
    screen_.move_cursor(screen_.next(screen_.cursor()));
    put(U' ', double_byte);
    advance();
}

// Of the wide character whose one half is about to be overwritten.
void Nvt::blank_other_half() {
    u32 const at = screen_.cursor();
    Cell const& half = screen_.at(at);
    if (half.looks.character_set != double_byte || half.text == 0) return;
    Cell& other = screen_.at(half.text == U' ' ? screen_.previous(at) : screen_.next(at));
    other.text = U' ';
    other.looks.character_set = 0;
}

void Nvt::put(char32_t character, u8 character_set) {
    Cell& cell = screen_.at(screen_.cursor());
    Looks looks = pen_.looks;
    looks.character_set = character_set;
    looks.input_control = cell.looks.input_control;
    if (!colour_)
        looks.foreground = cell.looks.foreground, looks.background = cell.looks.background;
    cell = {};
    cell.looks = looks;
    cell.text = character;
}

void Nvt::advance() {
    if (column() + 1 == columns())
        wrap_held_ = modes_.wrap; // the next character goes to the next row
    else if (modes_.wrap && row() >= bottom_)
        go(row(), 0); // below the scrolling region, by observation
    else
        screen_.move_cursor(screen_.cursor() + 1);
}

void Nvt::wrap_if_held() {
    if (!wrap_held_) return;
    wrap_held_ = false;
    if (column() + 1 == columns()) screen_.at(screen_.cursor()).looks.wrapped = true;
    if (row() + 1 < bottom_)
        screen_.move_cursor(screen_.cursor() + 1);
    else if (row() >= bottom_)
        go(row(), 0);
    else {
        scroll();
        go(row(), 0);
    }
}

void Nvt::escape(u8 byte) {
    state_ = State::Text;
    switch (byte) {
    case '(':
    case ')':
    case '*':
    case '+':
        designated_ = static_cast<u8>(byte - '(');
        state_ = State::Designate;
        return;
    case '7':
        saved_cursor_ = screen_.cursor();
        saved_pen_ = pen_;
        return;
    case '8':
        pen_ = saved_pen_;
        screen_.move_cursor(saved_cursor_ < screen_.size().cells() ? saved_cursor_ : 0);
        wrap_held_ = false;
        return;
    case 'E': return next_line();
    case 'H': tabs_[column()] = true; return;
    case 'M': return reverse_index();
    case 'N': once_ = u8{2}; return;
    case 'O': once_ = u8{3}; return;
    case 'n': pen_.set = 2; return;
    case 'o': pen_.set = 3; return;
    case 'c':
        use_second_screen(false);
        other_screen_.clear();
        screen_.erase(screen_.alternate());
        return reset();
    case '[':
    case ']':
        parameters_ = {};
        parameter_ = 0;
        state_ = byte == '[' ? State::Control : State::Title;
        return;
    default: return;
    }
}

void Nvt::control(u8 byte) {
    u32& parameter = parameters_[parameter_];
    if (byte >= '0' && byte <= '9') {
        parameter = std::min(parameter * 10 + (byte - '0'), 100'000u);
        return;
    }
    if (byte == ';') {
        if (parameter_ + 1 < most_parameters)
            ++parameter_;
        else
            state_ = State::Text;
        return;
    }
    sequence(byte);
    // Only now: the echo of an answer begins inside of the sequence that asked for it.
    state_ = byte == '?' ? State::Private : byte == '>' ? State::Greater : State::Text;
}

void Nvt::sequence(u8 byte) {
    u32 const first = parameters_[0], second = parameters_[1];
    u32 const count = std::max(first, 1u), other = std::max(second, 1u);
    switch (byte) {
    case '@': return insert_characters(count);
    case 'A': return go(row() - std::min(row(), count), column());
    case 'B': return go(row() + count, column());
    case 'C':
        if (column() + 1 < columns()) go(row(), column() + count);
        return;
    case 'D':
        if (wrap_held_)
            wrap_held_ = false;
        else if (column() > 0)
            screen_.move_cursor(screen_.cursor() - std::min(column(), count));
        return;
    case 'G': return go(row(), count - 1);
    case 'H':
    case 'f': return go(count - 1, other - 1);
    case 'J': return erase_display(first);
    case 'K': return erase_line(first);
    case 'L': return insert_lines(count);
    case 'M': return delete_lines(count);
    case 'P': return delete_characters(count);
    case 'c':
        if (first == 0) answer_("\033[?1;2c");
        return;
    case 'd': return go(count - 1, column());
    case 'g':
        if (first == 0) tabs_[column()] = false;
        if (first == 3) tabs_.assign(tabs_.size(), false);
        return;
    case 'h':
    case 'l':
        if (first == 4) modes_.insert = byte == 'h';
        if (first == 20) modes_.newline = byte == 'h';
        return;
    case 'm': return select_looks();
    case 'n': return report(first);
    case 'r': return set_region(first, second);
    default: return;
    }
}

void Nvt::private_control(u8 byte) {
    if (byte >= '0' && byte <= '9') {
        u32& parameter = parameters_[parameter_];
        parameter = std::min(parameter * 10 + (byte - '0'), 100'000u);
        return;
    }
    state_ = State::Text;
    for (usize at = 0; at <= parameter_; ++at) set_private_mode(parameters_[at], byte);
}

void Nvt::set_private_mode(u32 mode, u8 verb) {
    bool Modes::*which = nullptr;
    switch (mode) {
    case 1: which = &Modes::application_cursor; break;
    case 7: which = &Modes::wrap; break;
    case 45: which = &Modes::reverse_wrap; break;
    case 47:
    case 1049: which = &Modes::second_screen; break;
    case 2:
        if (verb == 'h') pen_.sets = {'B', 'B', 'B', 'B'};
        return;
    default: return;
    }
    switch (verb) {
    case 'h': modes_.*which = true; break;
    case 'l': modes_.*which = false; break;
    case 's': saved_modes_.*which = modes_.*which; return;
    case 'r': modes_.*which = saved_modes_.*which; break;
    default: return;
    }
    use_second_screen(modes_.second_screen);
}

// The title of a window is read over: it has no place on a 3270.
void Nvt::title(u8 byte) {
    if (state_ == State::Title) {
        if (byte == ';')
            state_ = State::TitleText;
        else if (byte < '0' || byte > '9')
            state_ = State::Text;
    } else if (byte < 0x20 || byte == 0x7F) {
        state_ = State::Text;
    }
}

void Nvt::select_looks() {
    Looks& looks = pen_.looks;
    for (usize at = 0; at <= parameter_; ++at) {
        u32 const what = parameters_[at];
        auto const set = [&](u32 bit) { looks.highlight = static_cast<u8>(looks.highlight | bit); };
        if (what == 0) looks = {};
        if (what == 1) set(8);
        if (what == 4) set(4);
        if (what == 5) set(1);
        if (what == 7) set(2);
        if (what >= 30 && what <= 37) looks.foreground = colours[what - 30];
        if (what >= 40 && what <= 47) looks.background = colours[what - 40];
        if (what == 39) looks.foreground = 0;
        if (what == 49) looks.background = 0;
    }
}

} // namespace terminal
