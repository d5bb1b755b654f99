// Actions of scripts themselves: their end, other scripts, pauses.
#include "terminal/headless/interpreter.h"

#include <cstdlib>
#include <sys/wait.h>

namespace terminal {

Progress Interpreter::quit(const Action& action) {
    host_.quit(action.arguments.empty() ? 0 : std::atoi(action.arguments[0].c_str()));
    return Progress::Good;
}

Progress Interpreter::close_script(const Action& action) {
    closed_ = true;
    status_ = action.arguments.empty() ? 0 : std::atoi(action.arguments[0].c_str());
    return Progress::Good;
}

Progress Interpreter::source(const Action& action) {
    auto const ended = std::make_shared<std::optional<bool>>();
    std::string const why =
        host_.start_file(action.arguments[0], [ended](bool good) { *ended = good; });
    if (!why.empty()) return fail(action.arguments[0] + ": " + why);
    return wait([ended] {
        return !*ended ? Progress::Waiting : **ended ? Progress::Good : Progress::Bad;
    });
}

Progress Interpreter::script(const Action& action) {
    std::vector<std::string> words = action.arguments;
    while (!words.empty() && words[0].starts_with("-")) words.erase(words.begin()); // -async ...
    if (words.empty()) return fail("Script() requires at least one argument");
    auto const ended = std::make_shared<std::optional<int>>();
    std::string const why = host_.start_program(words, [ended](int code) { *ended = code; });
    if (!why.empty()) return fail(why);
    return wait([this, ended] {
        if (!*ended) return Progress::Waiting;
        if (**ended == 0) return Progress::Good;
        return fail("Script exited with status " + std::to_string(**ended));
    });
}

Progress Interpreter::execute(const Action& action) {
    int const status = std::system(action.arguments[0].c_str());
    if (status == 0) return Progress::Good;
    return fail("Command exited with status " +
                std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : status));
}

Progress Interpreter::pause(const Action&) {
    return wait([] { return Progress::Waiting; }, Clock::now() + std::chrono::milliseconds(350));
}

Progress Interpreter::bell(const Action&) {
    data_.push_back("(ding)");
    return Progress::Good;
}

// Here no task is one that could ask its user something.
Progress Interpreter::capabilities(const Action& action) {
    if (action.arguments.empty()) return Progress::Good;
    return fail(call(action) + ": cannot set on this task type");
}

// There is no information area where it could be shown.
Progress Interpreter::info(const Action&) { return Progress::Good; }

namespace {

// \r \n \b \t, \x with hexadecimal digits and \ with up to three octal ones.
std::string expanded(const std::string& text) {
    static constexpr std::string_view letters = "rnbt", controls = "\r\n\b\t";
    std::string out;
    for (usize at = 0; at < text.size();) {
        char const c = text[at++];
        if (c != '\\' || at == text.size()) {
            out += c;
            continue;
        }
        bool const hexadecimal = text[at] == 'x';
        usize const start = hexadecimal ? at + 1 : at;
        usize const after =
            text.find_first_not_of(hexadecimal ? "0123456789abcdefABCDEF" : "01234567", start);
        usize const digits =
            std::min(std::min(after, text.size()) - start, hexadecimal ? text.size() : 3);
        if (digits > 0) {
            out += static_cast<char>(
                std::strtoul(text.substr(start, digits).c_str(), nullptr, hexadecimal ? 16 : 8));
            at = start + digits;
        } else {
            usize const letter = letters.find(text[at]);
            out += letter == letters.npos ? text[at] : controls[letter];
            ++at;
        }
    }
    return out;
}

} // namespace

Progress Interpreter::expect(const Action& action) {
    if (!session().connected() || session().in_3270_mode())
        return fail("Expect() is valid only when connected in NVT mode");
    std::string const text = expanded(action.arguments[0]);
    i64 const seconds =
        action.arguments.size() == 2 ? std::strtol(action.arguments[1].c_str(), nullptr, 10) : 30;
    if (seconds < 1 || seconds > 600)
        return fail("Expect(): Invalid timeout: " + action.arguments[1]);
    return wait(
        [this, text] {
            usize const at = session().heard().find(text);
            if (at == std::string_view::npos)
                return session().connected() ? Progress::Waiting
                                             : fail("Expect(): Host disconnected");
            session().forget_heard(at + text.size());
            return Progress::Good;
        },
        Clock::now() + std::chrono::seconds(seconds),
        [this] { return fail("Expect(): Timed out"); });
}

Progress Interpreter::macro(const Action& action) {
    return fail("Macro(): No such macro: '" + action.arguments[0] + "'");
}

Progress Interpreter::abort(const Action&) {
    data_.push_back("Canceled");
    return Progress::Good;
}

} // namespace terminal
