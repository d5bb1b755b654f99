#include "cms/program/exec.h"

#include "cms/api/clock.h"
#include "cms/api/command.h"
#include "cms/api/console.h"
#include "cms/api/message.h"

namespace cms {
namespace {

constexpr usize most_tokens = 19;

// `+++ R(00028) +++`
void type_return_code(i32 code) {
    Line<24> line("+++ R("_e);
    if (code < 0) line << '-'_e;
    line.decimal(code < 0 ? u32(-code) : u32(code), code < 0 ? 4 : 5) << ") +++"_e;
    api::type_line(line);
}

} // namespace

i32 Exec::run(Name8 name, std::span<const Name8> arguments) {
    symbols_.name = name;
    ExecError error = symbols_.set_arguments(arguments);
    while (error == ExecError::None && !done_) error = step();
    if (error == ExecError::None) return exit_code_;
    Line<line_limit> text("ERROR IN EXEC FILE "_e);
    text << name << ", LINE "_e;
    text.decimal(symbols_.line_number) << " - "_e << exec_error_text(error);
    api::message("EXT"_e, 72, 'E'_e, text);
    return i32(error);
}

ExecError Exec::step() {
    if (lines_to_read_ > 0) {
        --lines_to_read_;
        u8 buffer[line_limit];
        return execute(api::read_line(buffer));
    }
    u32 line = next_;
    ExecError const error = loops_.arrive(symbols_, in_sequence_, line);
    if (error != ExecError::None) return error;
    if (line > source_.count()) {
        done_ = true;
        return loops_.inside() ? ExecError::EndInLoop : ExecError::None;
    }
    symbols_.line_number = line;
    next_ = line + 1;
    in_sequence_ = true;
    return execute(source_.statement(line));
}

ExecError Exec::execute(Text line) {
    line = line.without_leading_blanks();
    if (line.empty() || line[0] == '*'_e) return ExecError::None;
    ExecTokens tokens;
    ExecError const error = tokens.scan(line);
    if (error != ExecError::None) return error;
    bool const labelled = tokens[0].starts_with("-"_e);
    if (tokens.size() - labelled > most_tokens) return ExecError::TooManyTokens;
    return execute(labelled ? tokens.from(1) : tokens);
}

ExecError Exec::execute(const ExecTokens& tokens) {
    if (tokens.size() == 0) return ExecError::None;
    bool const symbol = tokens[0].starts_with("&"_e);
    if (symbol && tokens[1] == "="_e) return assign(tokens);
    if (symbol) {
        bool known = false;
        ExecError const error = control(tokens, known);
        if (known) return error;
        if (!symbols_.defined(tokens[0]) && tokens[0].size() > 1 &&
            std::count(tokens[0].begin(), tokens[0].end(), '&'_e) == 1)
            return ExecError::ControlWord;
    }
    ExecTokens substituted;
    ExecError const error = symbols_.substitute(tokens, 0, substituted);
    if (error != ExecError::None || substituted.size() == 0) return error;
    if (is_exec_keyword(substituted[0])) {
        bool known = false;
        ExecError const failure = control(substituted, known);
        return known ? failure : ExecError::ControlWord;
    }
    return command(substituted);
}

ExecError Exec::control(const ExecTokens& tokens, bool& known) {
    struct Word {
        Text name;
        ExecError (Exec::*perform)(const ExecTokens&);
    };
    static constexpr Word words[] = {
        {"&ARGS"_e, &Exec::set_arguments},  {"&BEGEMSG"_e, &Exec::begin_block},
        {"&BEGPUNC"_e, &Exec::begin_block}, {"&BEGSTAC"_e, &Exec::begin_block},
        {"&BEGTYPE"_e, &Exec::begin_block}, {"&CONTROL"_e, &Exec::set_control},
        {"&EMSG"_e, &Exec::error_message},  {"&EXIT"_e, &Exec::leave},
        {"&GOTO"_e, &Exec::go_to},          {"&HEX"_e, &Exec::hexadecimal},
        {"&IF"_e, &Exec::if_statement},     {"&LOOP"_e, &Exec::loop},
        {"&PUNCH"_e, &Exec::punch},         {"&READ"_e, &Exec::read},
        {"&SKIP"_e, &Exec::skip},           {"&SPACE"_e, &Exec::space},
        {"&STACK"_e, &Exec::stack},         {"&TIME"_e, &Exec::time},
        {"&TYPE"_e, &Exec::type},
    };
    known = true;
    if (trace_ == Trace::All && is_exec_keyword(tokens[0])) trace(tokens);
    if (tokens[0] == "&CONTINU"_e) return ExecError::None;
    if (tokens[0] == "&ERROR"_e) {
        on_error_ = tokens.from(1);
        return ExecError::None;
    }
    for (const Word& word : words)
        if (word.name == tokens[0]) return (this->*word.perform)(tokens);
    known = false;
    return ExecError::None;
}

ExecError Exec::assign(const ExecTokens& tokens) {
    if (trace_ == Trace::All) trace(tokens);
    if (is_exec_keyword(tokens[0])) return ExecError::Assignment;
    Name8 target, value;
    ExecError error = symbols_.substitute(tokens[0], target, 1);
    if (error == ExecError::None) error = evaluate(symbols_, tokens, 2, value);
    if (error == ExecError::None && target.text().size() < 2) error = ExecError::Assignment;
    return error != ExecError::None ? error : symbols_.assign(target.text(), value.text());
}

ExecError Exec::command(const ExecTokens& tokens) {
    if (trace_ >= Trace::Cms) trace(tokens);
    ExecTokens upper;
    for (Name8 token : tokens.span()) {
        for (u8& c : token.bytes) c = ebcdic::upper(c);
        upper.add(token.text());
    }
    i32 const code = api::call(upper.span(), !messages_);
    symbols_.return_code = code;
    if (timing_) type_times();
    if (code == 0) return ExecError::None;
    if (trace_ == Trace::Error) trace(tokens);
    if (trace_ != Trace::Off) type_return_code(code);
    return after_error();
}

ExecError Exec::after_error() {
    if (on_error_.size() == 0) return ExecError::None;
    if (in_error_action_) return ExecError::ErrorAction;
    in_error_action_ = true;
    ExecTokens const action = on_error_;
    ExecError const error = execute(action);
    in_error_action_ = false;
    return error;
}

void Exec::trace(const ExecTokens& tokens) {
    Line<line_limit> line;
    if (trace_time_) line << api::read_clock().time.text() << ' '_e;
    line << tokens.joined();
    api::type_line(line);
}

void Exec::type_times() {
    api::Clock const now = api::read_clock();
    auto hundredths = [](Line<60>& line, Microseconds used) {
        u64 const value = used.count / 10'000;
        line.decimal(value / 100) << '.'_e;
        line.decimal(value % 100, 2);
    };
    Line<60> line("T="_e);
    hundredths(line, now.virtual_cpu - virtual_start_);
    line << '/'_e;
    hundredths(line, now.total_cpu - total_start_);
    line << ' '_e << now.time;
    api::type_line(line);
    virtual_start_ = now.virtual_cpu;
    total_start_ = now.total_cpu;
}

} // namespace cms
