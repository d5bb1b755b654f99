#include "terminal/net/line_editor.h"

#include "terminal/model/codepage.h"

namespace terminal {
namespace {

constexpr char interrupt = 0x03, end_of_file = 0x04, backspace = 0x08, kill_line = 0x15,
               erase_word = 0x17, quit = 0x1C, rubout = 0x7F;
constexpr char telnet_interrupt[] = "\xFF\xF4", telnet_break[] = "\xFF\xF3";

bool is_control(char32_t c) { return c < 0x20 || c == rubout; }

// Han, Kana, Hangul: shown in two positions.
bool is_wide(char32_t c) { return c >= 0x2E80 && c <= 0xD7FF; }

} // namespace

std::string LineEditor::type(std::string_view characters) {
    std::string out;
    for (char c : characters) {
        switch (c) {
        case '\r':
        case '\n':
            line_ += "\r\n";
            echo("\r\n");
            out += take();
            break;
        case interrupt:
        case quit:
            echo(c == interrupt ? "^C" : "^\\");
            line_.clear();
            out += c == interrupt ? telnet_interrupt : telnet_break;
            break;
        case backspace:
        case rubout: erase_one(); break;
        case erase_word:
            while (!line_.empty() && (line_.back() == ' ' || line_.back() == '\t')) erase_one();
            while (!line_.empty() && line_.back() != ' ' && line_.back() != '\t') erase_one();
            break;
        case kill_line:
            while (!line_.empty()) erase_one();
            break;
        case end_of_file:
            add(c);
            out += take();
            break;
        default: add(c); break;
        }
    }
    return out;
}

void LineEditor::echo(std::string_view text) {
    for (char c : text) nvt_.receive(static_cast<u8>(c));
}

void LineEditor::add(char c) {
    if (line_.size() >= longest) return echo("\a");
    line_.push_back(c);
    if (!is_control(static_cast<u8>(c))) return echo(std::string_view(&c, 1));
    char const shown[] = {'^', static_cast<char>(c ^ 0x40)};
    echo(std::string_view(shown, sizeof shown));
}

void LineEditor::erase_one() {
    if (line_.empty()) return;
    usize start = line_.size() - 1; // of its last character
    while (start > 0 && (line_[start] & 0xC0) == 0x80) --start;
    std::u32string const text = from_utf8(line_.substr(start));
    char32_t const last = text.empty() ? U'?' : text.front();
    line_.erase(start);
    int const steps = is_wide(last) ? 2 : 1; // in one piece
    for (int i = is_control(last) ? 2 : 1; i > 0; --i) {
        for (int step = 0; step < steps; ++step) nvt_.step_back();
        echo(std::string(static_cast<usize>(steps), ' '));
        for (int step = 0; step < steps; ++step) nvt_.step_back();
    }
}

} // namespace terminal
