// The control words of the CMS EXEC language.
#include "cms/api/cards.h"
#include "cms/api/clock.h"
#include "cms/api/command.h"
#include "cms/api/console.h"
#include "cms/program/exec.h"

namespace cms {

// Operand `which` after substitution; `otherwise` where there is none.
ExecNumber Exec::number(const ExecTokens& tokens, usize which, i32 otherwise) const {
    if (which >= tokens.size()) return {true, otherwise};
    Name8 value;
    if (symbols_.substitute(tokens[which], value) != ExecError::None) return {};
    return parse_exec_number(value.text());
}

void Exec::branch(u32 line) {
    next_ = line;
    in_sequence_ = false;
    lines_to_read_ = 0;
}

u32 Exec::find_label(Text label) const {
    u32 const count = source_.count(), here = symbols_.line_number;
    for (u32 i = 0; i < count; ++i) {
        u32 const line = (here + i) % count + 1; // from the next line on, round by the top
        Text const word = Fields(source_.statement(line)).next().substr(0, 8);
        if (word == label) return line;
    }
    return 0;
}

ExecError Exec::set_arguments(const ExecTokens& tokens) {
    ExecTokens values;
    ExecError const error = symbols_.substitute(tokens, 1, values);
    return error != ExecError::None ? error : symbols_.set_arguments(values.span());
}

// &BEGTYPE, &BEGSTACK, &BEGEMSG and &BEGPUNCH take the lines up to &END as they are.
ExecError Exec::begin_block(const ExecTokens& tokens) {
    Text const word = tokens[0];
    bool all = false, last_first = false;
    for (usize i = 1; i < tokens.size(); ++i) {
        if (tokens[i] == "ALL"_e)
            all = true;
        else if (tokens[i] == "LIFO"_e)
            last_first = true;
        else if (!(tokens[i] == "FIFO"_e))
            return ExecError::Syntax;
    }
    for (u32 line = next_; line <= source_.count(); ++line) {
        Text const text = all ? source_.line(line) : source_.statement(line);
        if (Fields(text).next() == "&END"_e) {
            next_ = line + 1;
            return ExecError::None;
        }
        if (word == "&BEGTYPE"_e)
            api::type_line(text);
        else if (word == "&BEGSTAC"_e)
            api::stack_line(text, last_first);
        else if (word == "&BEGEMSG"_e)
            api::type_message(text);
        else
            api::punch_card(text);
    }
    return ExecError::Syntax; // no &END
}

ExecError Exec::set_control(const ExecTokens& tokens) {
    ExecTokens words;
    ExecError const error = symbols_.substitute(tokens, 1, words);
    if (error != ExecError::None) return error;
    for (usize i = 0; i < words.size(); ++i) {
        Text const word = words[i];
        if (word == "OFF"_e)
            trace_ = Trace::Off;
        else if (word == "ERROR"_e)
            trace_ = Trace::Error;
        else if (word == "CMS"_e)
            trace_ = Trace::Cms;
        else if (word == "ALL"_e)
            trace_ = Trace::All;
        else if (word == "TIME"_e)
            trace_time_ = true;
        else if (word == "NOTIME"_e)
            trace_time_ = false;
        else if (word == "MSG"_e)
            messages_ = true;
        else if (word == "NOMSG"_e)
            messages_ = false;
        else if (!(word == "PACK"_e) && !(word == "NOPACK"_e))
            return ExecError::Syntax;
    }
    return ExecError::None;
}

ExecError Exec::go_to(const ExecTokens& tokens) {
    Name8 target;
    ExecError const error = symbols_.substitute(tokens[1], target);
    if (error != ExecError::None) return error;
    u32 line = 0;
    if (target.text() == "TOP"_e)
        line = 1;
    else if (target.bytes[0] == '-'_e)
        line = find_label(target.text());
    else if (ExecNumber const n = parse_exec_number(target.text()); n.valid && n.value > 0)
        line = u32(n.value);
    if (line == 0 || line > source_.count()) return ExecError::SkipOrGoto;
    branch(line);
    return ExecError::None;
}

ExecError Exec::skip(const ExecTokens& tokens) {
    ExecNumber const lines = number(tokens, 1, 1);
    if (!lines.valid) return ExecError::SkipOrGoto;
    i32 const here = i32(symbols_.line_number);
    i32 const line = lines.value >= 0 ? here + 1 + lines.value : here + lines.value;
    if (line < 1 || lines.value > i32(source_.count())) return ExecError::SkipOrGoto;
    if (lines.value != 0) branch(u32(line));
    return ExecError::None;
}

ExecError Exec::if_statement(const ExecTokens& tokens) {
    if (tokens.size() < 4) return ExecError::Condition;
    bool holds = false;
    ExecError const error = test_condition(symbols_, tokens, 1, holds);
    if (error != ExecError::None || !holds) return error;
    if (tokens.size() == 4) return ExecError::Syntax;
    return execute(tokens.from(4));
}

ExecError Exec::loop(const ExecTokens& tokens) {
    if (tokens.size() < 3) return ExecError::Syntax;
    u32 const here = symbols_.line_number;
    ExecLoops::Loop loop;
    loop.first = here + 1;
    Name8 range, rounds;
    ExecError error = symbols_.substitute(tokens[1], range);
    if (error != ExecError::None) return error;
    if (range.bytes[0] == '-'_e) {
        loop.last = find_label(range.text());
        if (loop.last <= here) return ExecError::EndInLoop;
    } else {
        ExecNumber const lines = parse_exec_number(range.text());
        if (!lines.valid || lines.value < 1) return ExecError::Syntax;
        loop.last = here + u32(lines.value);
        if (loop.last > source_.count()) return ExecError::EndInLoop;
    }

    bool skip_all = false;
    error = symbols_.substitute(tokens[2], rounds);
    if (error != ExecError::None) return error;
    if (tokens.size() > 3) {
        loop.conditional = loop.endless = true;
        loop.condition = tokens.from(2);
        error = test_condition(symbols_, loop.condition, 0, skip_all);
        if (error != ExecError::None) return error;
    } else if (rounds.text() == "*"_e) {
        loop.endless = true;
    } else {
        ExecNumber const count = parse_exec_number(rounds.text());
        if (!count.valid || count.value < 0) return ExecError::Syntax;
        loop.left = u32(count.value);
        skip_all = count.value == 0;
    }
    if (!skip_all) return loops_.enter(loop) ? ExecError::None : ExecError::LoopNesting;
    next_ = loop.last + 1;
    return ExecError::None;
}

ExecError Exec::read(const ExecTokens& tokens) {
    Name8 what;
    ExecError error = symbols_.substitute(tokens[1], what);
    if (error != ExecError::None) return error;
    bool const arguments = what.text() == "ARGS"_e, variables = what.text() == "VARS"_e;
    if (!arguments && !variables) {
        ExecNumber const lines = number(tokens, 1, 1);
        if (!lines.valid || lines.value < 0) return ExecError::Syntax;
        lines_to_read_ = u32(lines.value);
        return ExecError::None;
    }
    u8 buffer[line_limit];
    Name8 words[ExecSymbols::most_arguments + 2];
    usize const count = api::tokenize(api::read_line(buffer), words);
    if (arguments) return symbols_.set_arguments({words, count});
    for (usize i = 2; i < tokens.size(); ++i) {
        Name8 target;
        error = symbols_.substitute(tokens[i], target, 1);
        if (error == ExecError::None && target.bytes[0] != '&'_e) error = ExecError::Syntax;
        if (error == ExecError::None)
            error = symbols_.assign(target.text(), i - 2 < count ? words[i - 2].text() : Text{});
        if (error != ExecError::None) return error;
    }
    return ExecError::None;
}

ExecError Exec::space(const ExecTokens& tokens) {
    ExecNumber const lines = number(tokens, 1, 1);
    if (!lines.valid || lines.value < 0) return ExecError::Syntax;
    for (i32 i = 0; i < lines.value; ++i) api::type_line({});
    return ExecError::None;
}

ExecError Exec::stack(const ExecTokens& tokens) {
    ExecTokens words;
    ExecError const error = symbols_.substitute(tokens, 1, words);
    if (error != ExecError::None) return error;
    bool const lifo = words[0] == "LIFO"_e, fifo = words[0] == "FIFO"_e;
    usize const first = lifo || fifo ? 1 : 0;
    if (words.size() == first + 1 && (words[first] == "HT"_e || words[first] == "RT"_e))
        api::halt_typing(words[first] == "HT"_e);
    else
        api::stack_line(words.joined(first), lifo);
    return ExecError::None;
}

ExecError Exec::time(const ExecTokens& tokens) {
    Text const word = tokens[1];
    if (word == "OFF"_e)
        timing_ = false;
    else if (word == "ON"_e || word == "RESET"_e) {
        if (word == "ON"_e) timing_ = true;
        api::Clock const now = api::read_clock();
        virtual_start_ = now.virtual_cpu;
        total_start_ = now.total_cpu;
    } else if (word == "TYPE"_e)
        type_times();
    else
        return ExecError::Syntax;
    return ExecError::None;
}

ExecError Exec::type(const ExecTokens& tokens) {
    ExecTokens words;
    ExecError const error = symbols_.substitute(tokens, 1, words);
    if (error == ExecError::None) api::type_line(words.joined());
    return error;
}

ExecError Exec::error_message(const ExecTokens& tokens) {
    ExecTokens words;
    ExecError const error = symbols_.substitute(tokens, 1, words);
    if (error != ExecError::None) return error;
    Line<line_limit> line("DMS"_e);
    line << words.joined();
    api::type_message(words[0].starts_with("DMS"_e) ? words.joined().text() : line.text());
    return error;
}

ExecError Exec::punch(const ExecTokens& tokens) {
    ExecTokens words;
    ExecError const error = symbols_.substitute(tokens, 1, words);
    if (error == ExecError::None) api::punch_card(words.joined());
    return error;
}

ExecError Exec::hexadecimal(const ExecTokens& tokens) {
    if (!(tokens[1] == "ON"_e) && !(tokens[1] == "OFF"_e)) return ExecError::Syntax;
    symbols_.hexadecimal = tokens[1] == "ON"_e;
    return ExecError::None;
}

ExecError Exec::leave(const ExecTokens& tokens) {
    ExecNumber const code = number(tokens, 1, 0);
    if (!code.valid) return ExecError::Conversion;
    exit_code_ = code.value;
    done_ = true;
    return ExecError::None;
}

} // namespace cms
