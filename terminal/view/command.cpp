#include "terminal/view/command.h"

#include <algorithm>
#include <cctype>

namespace terminal {
namespace {

constexpr std::string_view blanks = " \t\r\n", ends_of_argument = " \t\r\n),";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool is_letter(char c) { return std::isalnum(static_cast<u8>(c)) != 0; }
bool is_name(char c) { return is_letter(c) || c == '_' || c == '-'; }

struct Escape {
    char letter, meaning;
};
constexpr Escape escapes[] = {{'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'b', '\b'},
                              {'f', '\f'}, {'"', '"'},  {'\\', '\\'}};

class Parser {
  public:
    Parser(std::string_view text, Unbracketed unbracketed)
        : text_(text), unbracketed_(unbracketed) {}

    Commands run() {
        Commands out;
        for (skip_blanks(); !ended(); skip_blanks()) {
            Command command;
            if (!one(command)) {
                out.wrong = wrong_;
                break;
            }
            out.list.push_back(std::move(command));
            begin_ = at_;
        }
        return out;
    }

  private:
    bool ended() const { return at_ >= text_.size(); }
    bool at(char c) const { return !ended() && text_[at_] == c; }
    void skip_blanks() { at_ = std::min(text_.find_first_not_of(blanks, at_), text_.size()); }
    bool wrong(const std::string& what) {
        wrong_ = what + " at column " + std::to_string(at_ - begin_ + 1);
        return false;
    }

    bool one(Command& command) {
        if (!is_letter(text_[at_]))
            return wrong("Action name must begin with an alphanumeric character");
        while (!ended() && is_name(text_[at_])) command.name += text_[at_++];
        usize const end = at_;
        skip_blanks();
        if (at('(')) return bracketed(command);
        if (unbracketed_ == Unbracketed::Arguments) return bare(command);
        at_ = end;
        return ended() || blanks.find(text_[at_]) != blanks.npos ||
               wrong("Syntax error: blank expected");
    }

    bool bracketed(Command& command) {
        ++at_;
        skip_blanks();
        if (at(')')) return ++at_, true;
        for (;; ++at_) {
            skip_blanks();
            if (!argument(command, ends_of_argument)) return false;
            skip_blanks();
            if (ended()) return wrong("Syntax error: \")\" expected");
            if (at(')')) return ++at_, true;
            if (!at(',')) return wrong("Syntax error: \")\" or \",\" expected");
        }
    }

    bool bare(Command& command) {
        for (; !ended(); skip_blanks())
            if (!argument(command, blanks)) return false;
        return true;
    }

    // In quotation marks, or without, up to one of `ends`.
    bool argument(Command& command, std::string_view ends) {
        std::string& text = command.arguments.emplace_back();
        if (!at('"')) {
            usize const end = std::min(text_.find_first_of(ends, at_), text_.size());
            text = text_.substr(at_, end - at_);
            at_ = end;
            return true;
        }
        for (++at_; !at('"'); ++at_) {
            if (ended()) return wrong("Syntax error: unclosed \"");
            if (!at('\\') || at_ + 1 == text_.size()) {
                text += text_[at_];
                continue;
            }
            char const letter = text_[++at_];
            auto const* const known =
                std::find_if(std::begin(escapes), std::end(escapes),
                             [&](Escape escape) { return escape.letter == letter; });
            if (known == std::end(escapes)) text += '\\';
            text += known == std::end(escapes) ? letter : known->meaning;
        }
        ++at_;
        return true;
    }

    std::string_view text_;
    Unbracketed unbracketed_;
    usize at_ = 0;
    usize begin_ = 0; // columns count from the end of the command before
    std::string wrong_;
};

std::string quoted(const std::string& argument) {
    bool const plain = argument.find_first_of(" \t\r\n\b\f(),\"\\") == std::string::npos;
    if (plain && !argument.empty()) return argument;
    std::string out = "\"";
    for (char c : argument) {
        auto const* const known = std::find_if(std::begin(escapes), std::end(escapes),
                                               [&](Escape escape) { return escape.meaning == c; });
        if (known != std::end(escapes)) out += '\\';
        out += known != std::end(escapes) ? known->letter : c;
    }
    return out + '"';
}

} // namespace

std::string Command::text() const {
    std::string out = name;
    for (usize i = 0; i < arguments.size(); ++i) out += (i == 0 ? "(" : ",") + quoted(arguments[i]);
    return arguments.empty() ? out : out + ")";
}

Commands parse_commands(std::string_view text, Unbracketed unbracketed) {
    return Parser(text, unbracketed).run();
}

bool same_name(std::string_view name, std::string_view known) {
    return std::equal(name.begin(), name.end(), known.begin(), known.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

} // namespace terminal
