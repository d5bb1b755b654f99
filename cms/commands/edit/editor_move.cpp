// Moving the current line pointer, showing and finding lines.
#include "cms/api/console.h"
#include "cms/commands/edit/editor.h"

namespace cms::edit {

void Editor::verify(EditLine* line) {
    if (!settings_.verify || display_) return;
    if (line == buffer_.top()) return say("TOF:"_e);
    if (line == buffer_.end()) return say("EOF:"_e);
    say(line->text().substr(settings_.verify_first - 1,
                            settings_.verify_last - settings_.verify_first + 1));
}

void Editor::go_to(EditLine* line) {
    current_ = line;
    if (display_ && !buffer_.is_line(line)) say(line == buffer_.top() ? "TOF:"_e : "EOF:"_e);
    verify_current();
}

bool Editor::count_operand(Text operands, u32& count, u32 otherwise) {
    Text const operand = Fields(operands).next();
    count = otherwise;
    if (operand.empty()) return true;
    if (operand == "*"_e) {
        count = ~u32{0};
        return true;
    }
    ParsedNumber const number = parse_decimal(operand);
    if (!number.valid) {
        bad_operand(operand);
        return false;
    }
    count = number.value;
    return true;
}

void Editor::move_down(u32 count) {
    EditLine* line = current_;
    while (count-- > 0 && line != buffer_.end()) line = line->next;
    go_to(line);
}

void Editor::move_up(u32 count) {
    EditLine* line = current_;
    while (count-- > 0 && line != buffer_.top()) line = line->previous;
    go_to(line);
}

void Editor::top(Text) { go_to(buffer_.top()); }
void Editor::bottom(Text) { go_to(buffer_.end()->previous); }

void Editor::next(Text operands) {
    u32 count = 0;
    if (count_operand(operands, count)) move_down(count);
}

void Editor::up(Text operands) {
    u32 count = 0;
    if (count_operand(operands, count)) move_up(count);
}

void Editor::forward(Text operands) { next(operands); }
void Editor::backward(Text operands) { up(operands); }

// Screens of 19 lines: SCROLL [n|*|U [n]].
void Editor::scroll(Text operands) {
    constexpr u32 lines = 19;
    Fields fields(operands);
    u8 const first = ebcdic::upper(fields.peek().empty() ? ' '_e : fields.peek()[0]);
    if (first == 'U'_e) fields.next();
    u32 screens = 0;
    if (!count_operand(fields.rest(), screens)) return;
    u32 const count = screens > 100'000 ? ~u32{0} : screens * lines;
    if (first == 'U'_e)
        move_up(count);
    else
        move_down(count);
}

// TYPE [m [n]]: m lines from the current one, n columns; the last is the current line then.
void Editor::type(Text operands) {
    Fields fields(operands);
    u32 count = 0, columns = 0;
    u32 const width = settings_.verify_last - settings_.verify_first + 1;
    if (!count_operand(fields.next(), count) || !count_operand(fields.next(), columns, width))
        return;
    EditLine* line = current_;
    EditLine* last = line;
    for (u32 i = 0; i < count && line != nullptr; ++i, line = line->next) {
        last = line;
        if (line == buffer_.end()) break;
        if (display_) continue;
        if (line == buffer_.top())
            say("TOF:"_e);
        else
            say(line->text().substr(columns == width ? settings_.verify_first - 1 : 0, columns));
    }
    if (last == buffer_.end()) return go_to(last);
    current_ = last;
}

// From the line behind the current one; from the top when that is at the end.
template <typename Match>
void Editor::search(Match match) {
    EditLine* line = current_ == buffer_.end() ? buffer_.top()->next : current_->next;
    for (; line != nullptr && buffer_.is_line(line); line = line->next)
        if (match(line->text())) return go_to(line);
    say("NOT FOUND"_e);
    current_ = buffer_.end();
    if (display_) return;
    verify_current();
}

namespace {

// Where `wanted` begins in columns [first, last) of `text`; text.size() or more when nowhere.
usize position(Text text, Text wanted, usize first, usize last) {
    last = std::min(last, text.size());
    for (usize at = first; at + wanted.size() <= last; ++at)
        if (text.substr(at, wanted.size()) == wanted) return at;
    return ~usize{0};
}

} // namespace

void Editor::locate(Text operands) {
    operands = operands.without_leading_blanks();
    if (operands.size() < 2) return misunderstood(last_);
    u8 const delimiter = operands[0];
    usize end = 1;
    while (end < operands.size() && operands[end] != delimiter) ++end;
    Line<130> wanted;
    for (u8 c : operands.substr(1, end - 1))
        wanted << (settings_.upper_case ? ebcdic::upper(c) : c);
    if (wanted.size() == 0) return misunderstood(last_);
    search([&](Text text) {
        return position(text, wanted, settings_.zone_first - 1, settings_.zone_last) != ~usize{0};
    });
}

// FIND text: characters that are not blank must be in the same columns.
void Editor::find_columns(Text operands) {
    Line<160> wanted;
    expand_tabs(settings_, operands, wanted);
    Line<160> const pattern = wanted;
    search([&](Text text) {
        for (usize i = 0; i < pattern.size(); ++i) {
            u8 c = pattern.text()[i];
            if (c == ' '_e) continue;
            if (settings_.upper_case) c = ebcdic::upper(c);
            if (i >= text.size() ? c != '_'_e : c != text[i]) return false;
        }
        return true;
    });
}

} // namespace cms::edit
