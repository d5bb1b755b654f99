#include "terminal/net/line_editor.h"

namespace terminal {
namespace {

constexpr char interrupt = 0x03, end_of_file = 0x04, backspace = 0x08, kill_line = 0x15,
               erase_word = 0x17, quit = 0x1C, rubout = 0x7F;
constexpr char telnet_interrupt[] = "\xFF\xF4", telnet_break[] = "\xFF\xF3";

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == rubout; }

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
    if (!is_control(c)) return echo(std::string_view(&c, 1));
    char const shown[] = {'^', static_cast<char>(c ^ 0x40)};
    echo(std::string_view(shown, sizeof shown));
}

void LineEditor::erase_one() {
    if (line_.empty()) return;
    bool const wide = is_control(line_.back()); // shown as two characters
    while (line_.size() > 1 && (line_.back() & 0xC0) == 0x80) line_.pop_back(); // of UTF-8
    line_.pop_back();
    for (int i = wide ? 2 : 1; i > 0; --i) {
        nvt_.step_back();
        echo(" ");
        nvt_.step_back();
    }
}

} // namespace terminal
