#include "terminal/view/command.h"

#include <algorithm>

namespace terminal {
namespace {

bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

class Parser {
  public:
    explicit Parser(std::string_view text) : text_(text) {}

    Commands run() {
        Commands out;
        for (blanks(); at_ < text_.size() && out.wrong.empty(); blanks()) {
            Command command;
            while (letter(peek())) command.name += text_[at_++];
            if (command.name.empty())
                out.wrong = std::string("unexpected '") + text_[at_] + "'";
            else if (peek() == '(' && !arguments(command))
                out.wrong = "')' or '\"' is missing";
            out.list.push_back(std::move(command));
        }
        return out;
    }

  private:
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void blanks() {
        while (peek() == ' ' || peek() == '\t') ++at_;
    }

    bool arguments(Command& command) {
        ++at_;
        for (blanks(); peek() != ')'; blanks()) {
            std::string argument;
            if (peek() == '"') {
                if (!quoted(argument)) return false;
            } else {
                while (peek() != ',' && peek() != ')' && peek() != '\0') argument += text_[at_++];
                while (argument.ends_with(' ')) argument.pop_back();
            }
            command.arguments.push_back(argument);
            blanks();
            if (peek() == ',')
                ++at_;
            else if (peek() != ')')
                return false;
        }
        ++at_;
        return true;
    }

    bool quoted(std::string& argument) {
        for (++at_; peek() != '"'; ++at_) {
            if (at_ >= text_.size()) return false;
            char c = text_[at_];
            if (c == '\\' && at_ + 1 < text_.size()) {
                c = text_[++at_];
                c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
            }
            argument += c;
        }
        ++at_;
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace

std::string Command::text() const {
    std::string out = name;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string shown;
        for (char c : arguments[i])
            shown += c == '\n' ? std::string("\\n") : c == '\t' ? "\\t" : std::string(1, c);
        out += (i == 0 ? "(" : ",") + shown;
    }
    return arguments.empty() ? out : out + ")";
}

Commands parse_commands(std::string_view text) { return Parser(text).run(); }

bool same_name(std::string_view name, std::string_view known) {
    return std::equal(name.begin(), name.end(), known.begin(), known.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

} // namespace terminal
