#include "terminal/headless/action.h"

#include <cctype>

namespace terminal {
namespace {

class Parser {
  public:
    explicit Parser(const std::string& line) : line_(line) {}

    ParsedActions run() {
        ParsedActions result;
        for (skip_blanks(); result.error.empty() && at_ < line_.size(); skip_blanks()) {
            if (std::isalnum(static_cast<u8>(line_[at_])) == 0) {
                result.error = "Action name must begin with an alphanumeric character" + column();
                break;
            }
            ScriptAction action;
            while (at_ < line_.size() && is_name(line_[at_])) action.name += line_[at_++];
            skip_blanks();
            bool const good =
                at_ < line_.size() && line_[at_] == '(' ? bracketed(action) : bare(action);
            if (good)
                result.actions.push_back(std::move(action));
            else
                result.error = error_;
            begin_ = at_;
        }
        return result;
    }

  private:
    static bool is_name(char c) {
        return std::isalnum(static_cast<u8>(c)) != 0 || c == '_' || c == '-';
    }
    void skip_blanks() {
        while (at_ < line_.size() && std::isspace(static_cast<u8>(line_[at_])) != 0) ++at_;
    }
    std::string column() const { return " at column " + std::to_string(at_ - begin_ + 1); }
    bool wrong(const char* expected) {
        error_ = std::string("Syntax error: ") + expected + " expected" + column();
        return false;
    }

    // One argument in quotation marks or without; `ends` are the characters behind it.
    std::string argument(const char* ends) {
        std::string text;
        if (at_ < line_.size() && line_[at_] == '"') {
            for (++at_; at_ < line_.size() && line_[at_] != '"'; ++at_) {
                char c = line_[at_];
                if (c == '\\' && at_ + 1 < line_.size()) c = escaped(line_[++at_], text);
                if (c != 0) text += c;
            }
            if (at_ == line_.size()) error_ = "Syntax error: unclosed \"" + column();
            if (at_ < line_.size()) ++at_;
            return text;
        }
        while (at_ < line_.size() && std::string(ends).find(line_[at_]) == std::string::npos)
            text += line_[at_++];
        return text;
    }
    // What only String() understands stays as it is.
    static char escaped(char c, std::string& text) {
        switch (c) {
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        case 'b': return '\b';
        case 'f': return '\f';
        case '"':
        case '\\': return c;
        default: text += '\\'; return c;
        }
    }

    bool bracketed(ScriptAction& action) {
        ++at_;
        skip_blanks();
        if (at_ < line_.size() && line_[at_] == ')') return ++at_, true;
        for (;;) {
            skip_blanks();
            action.arguments.push_back(argument(" \t),"));
            if (!error_.empty()) return false;
            skip_blanks();
            if (at_ >= line_.size()) return wrong("\")\"");
            char const c = line_[at_++];
            if (c == ')') return true;
            if (c != ',') return --at_, wrong("\")\" or \",\"");
        }
    }

    bool bare(ScriptAction& action) {
        while (at_ < line_.size()) {
            action.arguments.push_back(argument(" \t"));
            if (!error_.empty()) return false;
            skip_blanks();
        }
        return true;
    }

    const std::string& line_;
    usize at_ = 0;
    usize begin_ = 0; // columns count from the end of the action before
    std::string error_;
};

} // namespace

ParsedActions parse_actions(const std::string& line) { return Parser(line).run(); }

} // namespace terminal
