#include "terminal/headless/interpreter.h"

#include <algorithm>
#include <utility>

namespace terminal {

std::string lower_case(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return text;
}

const std::vector<Interpreter::Entry>& Interpreter::table() {
    using I = Interpreter;
    static const std::vector<Entry> entries{
        {"Abort", 0, 0, &I::abort},
        {"AnsiText", 0, 0, &I::nvt_text},
        {"Ascii", 0, any, &I::read_text},
        {"Ascii1", 0, any, &I::read_text},
        {"AsciiField", 0, 0, &I::read_text},
        {"Attn", 0, 0, &I::attn},
        {"BackSpace", 0, 0, &I::key},
        {"BackTab", 0, 0, &I::key},
        {"Bell", 0, 0, &I::bell},
        {"Capabilities", 0, any, &I::capabilities},
        {"CircumNot", 0, 0, &I::circum_not},
        {"Clear", 0, 0, &I::attention},
        {"Close", 0, 0, &I::disconnect},
        {"CloseScript", 0, 1, &I::close_script},
        {"Connect", 1, 1, &I::connect},
        {"CursorSelect", 0, 0, &I::key},
        {"Delete", 0, 0, &I::key},
        {"DeleteField", 0, 0, &I::key},
        {"DeleteWord", 0, 0, &I::key},
        {"Disconnect", 0, 0, &I::disconnect},
        {"Down", 0, 0, &I::key},
        {"Dup", 0, 0, &I::key},
        {"Ebcdic", 0, any, &I::read_text},
        {"Ebcdic1", 0, any, &I::read_text},
        {"EbcdicField", 0, 0, &I::read_text},
        {"Enter", 0, 0, &I::attention},
        {"Erase", 0, 0, &I::key},
        {"EraseEOF", 0, 0, &I::key},
        {"EraseInput", 0, 0, &I::key},
        {"Execute", 1, 1, &I::execute},
        {"Exit", 0, any, &I::quit},
        {"Expect", 1, 2, &I::expect},
        {"FieldEnd", 0, 0, &I::key},
        {"FieldMark", 0, 0, &I::key},
        {"HexString", 0, any, &I::hex_string},
        {"Home", 0, 0, &I::key},
        {"Info", 1, 1, &I::info},
        {"Insert", 0, 0, &I::key},
        {"Interrupt", 0, 0, &I::interrupt},
        {"Key", 1, any, &I::named_key},
        {"KeyboardDisable", 0, 1, &I::ignore},
        {"Left", 0, 0, &I::key},
        {"Left2", 0, 0, &I::key},
        {"Macro", 1, 1, &I::macro},
        {"MoveCursor", 1, 2, &I::move_cursor},
        {"MoveCursor1", 1, 2, &I::move_cursor},
        {"Newline", 0, 0, &I::key},
        {"NextWord", 0, 0, &I::key},
        {"NvtText", 0, 0, &I::nvt_text},
        {"Open", 1, 1, &I::connect},
        {"PA", 1, 1, &I::program_key},
        {"PF", 1, 1, &I::program_key},
        {"PasteString", 0, any, &I::hex_string},
        {"Pause", 0, 0, &I::pause},
        {"PreviousWord", 0, 0, &I::key},
        {"PrintText", 0, any, &I::print_text},
        {"Query", 0, 1, &I::query},
        {"Quit", 0, any, &I::quit},
        {"ReadBuffer", 0, any, &I::read_buffer},
        {"Reconnect", 0, 0, &I::reconnect},
        {"Reset", 0, 0, &I::key},
        {"Right", 0, 0, &I::key},
        {"Right2", 0, 0, &I::key},
        {"Script", 0, any, &I::script},
        {"Set", 0, any, &I::set},
        {"Show", 0, 1, &I::query},
        {"Snap", 0, any, &I::snap},
        {"Source", 1, 1, &I::source},
        {"String", 0, any, &I::string},
        {"SysReq", 0, 0, &I::attention},
        {"Tab", 0, 0, &I::key},
        {"Toggle", 1, 2, &I::toggle},
        {"ToggleInsert", 0, 0, &I::key},
        {"Trace", 0, 2, &I::trace},
        {"Transfer", 0, any, &I::transfer},
        {"Up", 0, 0, &I::key},
        {"Wait", 0, any, &I::wait_for},
        {"ignore", 0, any, &I::ignore},
    };
    return entries;
}

bool Interpreter::knows(const std::string& name) {
    auto const& all = table();
    return std::any_of(all.begin(), all.end(),
                       [&](const Entry& entry) { return same_name(entry.name, name); });
}

std::string Interpreter::names() {
    std::string text;
    for (Entry const& entry : table())
        text += std::string(text.empty() ? "" : " ") + entry.name + "()";
    return text;
}

Progress Interpreter::begin(const std::string& line) {
    Commands parsed = parse_commands(line, Unbracketed::Arguments);
    actions_ = std::move(parsed.list);
    error_ = std::move(parsed.wrong);
    data_.clear();
    waiting_ = late_ = {};
    deadline_.reset();
    return next();
}

// Runs on until an action fails or has to wait.
Progress Interpreter::next() {
    while (!actions_.empty()) {
        Action const action = std::move(actions_.front());
        actions_.erase(actions_.begin());
        Progress const progress = run(action);
        if (progress == Progress::Good && !closed_) continue;
        return progress;
    }
    return error_.empty() ? Progress::Good : fail(error_);
}

Progress Interpreter::resume() {
    if (!waiting_) return Progress::Good;
    auto const ask = std::exchange(waiting_, {}); // it may leave another behind
    Progress progress = ask();
    if (progress == Progress::Waiting) {
        if (!waiting_) waiting_ = ask;
        if (!deadline_ || Clock::now() < *deadline_) return progress;
        waiting_ = {};
        auto const late = std::exchange(late_, {});
        deadline_.reset();
        progress = late ? late() : Progress::Good;
        if (progress == Progress::Waiting) return progress;
    }
    deadline_.reset();
    late_ = {};
    return progress == Progress::Good ? next() : progress;
}

Progress Interpreter::wait(std::function<Progress()> done,
                           std::optional<Clock::time_point> deadline,
                           std::function<Progress()> late) {
    Progress const now = done();
    if (now != Progress::Waiting) return now;
    waiting_ = std::move(done);
    deadline_ = deadline;
    late_ = std::move(late);
    return now;
}

Progress Interpreter::fail(const std::string& why) {
    usize at = 0;
    while (at != std::string::npos) { // each line of it is data
        usize const end = why.find('\n', at);
        data_.push_back(why.substr(at, end == std::string::npos ? end : end - at));
        at = end == std::string::npos ? end : end + 1;
    }
    return Progress::Bad;
}

Progress Interpreter::run(const Action& action) {
    std::string const name = lower_case(action.name);
    for (Entry const& entry : table()) {
        if (lower_case(entry.name) != name) continue;
        usize const count = action.arguments.size();
        if (count >= entry.least && count <= entry.most)
            return (this->*entry.handler)({entry.name, action.arguments});
        std::string text = std::string(entry.name) + "() requires " + std::to_string(entry.least);
        if (entry.most == any)
            text = std::string(entry.name) + "() requires at least " +
                   (entry.least == 1 ? "one" : std::to_string(entry.least));
        else if (entry.most == entry.least + 1)
            text += " or " + std::to_string(entry.most);
        else if (entry.most != entry.least)
            text += " to " + std::to_string(entry.most);
        return fail(text + (entry.least == 1 && entry.most == 1 ? " argument" : " arguments"));
    }
    return fail("Unknown action: " + action.name);
}

} // namespace terminal
