// Changing lines.
#include "cms/api/console.h"
#include "cms/commands/edit/editor.h"

namespace cms::edit {

// Stores a line's new text, cut at the truncation column.
void Editor::put(EditLine* line, Text text) {
    text = text.without_trailing_blanks();
    if (text.size() > settings_.truncation) {
        say("TRUNCATED:"_e);
        text = text.substr(0, settings_.truncation);
    }
    buffer_.replace(line, text);
}

// A line as typed becomes the one behind the current line, and current.
bool Editor::add_line(Text text) {
    Line<200> line;
    if (settings_.image == Settings::Image::Off)
        line << text;
    else
        expand_tabs(settings_, text, line);
    Line<200> upper;
    for (u8 c : line.text()) upper << (settings_.upper_case ? ebcdic::upper(c) : c);
    EditLine* const added = buffer_.insert(current_, {});
    if (added == nullptr) {
        say("AVAILABLE STORAGE IS NOW FULL"_e);
        return false;
    }
    current_ = added;
    put(added, upper);
    return true;
}

void Editor::input(Text operands) {
    if (operands.empty()) return set_mode(Mode::Input);
    if (!add_line(operands)) return;
    count_for_autosave();
}

// REPLACE text: in place of the current line. Alone: deletes it and goes on in input mode.
void Editor::replace(Text operands) {
    if (!buffer_.is_line(current_)) return go_to(current_);
    EditLine* const old = current_;
    current_ = old->previous;
    buffer_.remove(old);
    if (operands.empty()) return set_mode(Mode::Input);
    add_line(operands);
    count_for_autosave();
}

void Editor::remove(Text operands) {
    u32 count = 0;
    if (!count_operand(operands, count)) return;
    if (current_ == buffer_.top()) current_ = current_->next;
    while (count > 0 && buffer_.is_line(current_)) {
        current_ = buffer_.remove(current_);
        --count;
    }
    count_for_autosave();
    if (current_ == buffer_.end())
        say("EOF:"_e);
    else
        verify_current();
}

// DSTRING /string/: the lines from the current one up to, not with, one that has the string.
void Editor::remove_to_string(Text operands) {
    operands = operands.without_leading_blanks();
    if (operands.size() < 2) return misunderstood(last_);
    Change const parsed = parse_change(operands);
    Line<130> wanted;
    for (u8 c : parsed.from) wanted << (settings_.upper_case ? ebcdic::upper(c) : c);
    EditLine* line = current_ == buffer_.top() ? current_->next : current_;
    for (EditLine* at = line == buffer_.end() ? line : line->next; buffer_.is_line(at);
         at = at->next) {
        Text const text = at->text();
        bool found = false;
        for (usize i = 0; !found && i + wanted.size() <= text.size(); ++i)
            found = text.substr(i, wanted.size()) == wanted;
        if (!found) continue;
        while (line != at) line = buffer_.remove(line);
        count_for_autosave();
        return go_to(at);
    }
    say("STRING NOT FOUND, NO DELETIONS MADE"_e);
}

// /from/to/rest
Editor::Change Editor::parse_change(Text operands) {
    operands = operands.without_leading_blanks();
    if (operands.empty()) return {};
    u8 const delimiter = operands[0];
    Change change;
    usize at = 1, start = 1;
    while (at < operands.size() && operands[at] != delimiter) ++at;
    change.from = operands.substr(start, at - start);
    if (at >= operands.size()) return change; // no second delimiter
    change.valid = true;
    start = ++at;
    while (at < operands.size() && operands[at] != delimiter) ++at;
    change.to = operands.substr(start, at - start);
    change.rest = operands.substr(at + 1);
    return change;
}

bool Editor::change_line(EditLine* line, Text from, Text to, bool all) {
    Text const text = line->text();
    Line<400> result;
    bool changed = false;
    usize at = 0;
    usize const last = std::min<usize>(settings_.zone_last, text.size());
    while (at < text.size() || (from.empty() && !changed)) {
        bool const in_zone = at + 1 >= settings_.zone_first && at + from.size() <= last;
        if ((!changed || all) && in_zone && text.substr(at, from.size()) == from) {
            result << to;
            changed = true;
            if (from.empty()) {
                result << text.substr(at);
                break;
            }
            at += from.size();
            continue;
        }
        if (at >= text.size()) break;
        result << text[at++];
    }
    if (changed) put(line, result);
    return changed;
}

// CHANGE /from/to/ [n|* [G|*]]: in the current line and those behind it.
void Editor::change(Text operands) {
    Change const parsed = parse_change(operands);
    if (!parsed.valid) return misunderstood(last_);
    Line<130> from, to;
    for (u8 c : parsed.from) from << (settings_.upper_case ? ebcdic::upper(c) : c);
    for (u8 c : parsed.to) to << (settings_.upper_case ? ebcdic::upper(c) : c);
    Fields fields(parsed.rest);
    u32 lines = 1;
    if (!count_operand(fields.next(), lines)) return;
    Text const which = fields.next();
    bool const all = which == "*"_e || (which.size() == 1 && ebcdic::upper(which[0]) == 'G'_e);
    if (!which.empty() && !all) return bad_operand(which);

    u32 changed = 0;
    if (current_ == buffer_.top() && lines > 1) current_ = current_->next;
    EditLine* line = current_;
    for (u32 i = 0; i < lines && line != buffer_.end(); ++i, line = line->next) {
        current_ = line;
        if (!buffer_.is_line(line) || !change_line(line, from, to, all)) continue;
        ++changed;
        verify(line);
    }
    if (lines != 1 && line == buffer_.end()) {
        current_ = line;
        say("EOF:"_e);
    }
    if (changed == 0) say("NOT FOUND"_e);
    count_for_autosave();
}

// ALTER char char [n|* [G|*]]: characters by themselves or as two hexadecimal digits.
void Editor::alter(Text operands) {
    Fields fields(operands);
    u8 codes[2];
    for (u8& code : codes) {
        Text const token = fields.next();
        ParsedNumber const number = parse_hex(token);
        if (token.size() == 1)
            code = token[0];
        else if (token.size() == 2 && number.valid)
            code = static_cast<u8>(number.value);
        else
            return bad_operand(token);
    }
    u32 lines = 1;
    if (!count_operand(fields.next(), lines)) return;
    bool const all = !fields.next().empty();
    EditLine* line = current_;
    u32 changed = 0;
    for (u32 i = 0; i < lines && line != buffer_.end(); ++i, line = line->next) {
        current_ = line;
        if (!buffer_.is_line(line) || !change_line(line, {&codes[0], 1}, {&codes[1], 1}, all))
            continue;
        ++changed;
        verify(line);
    }
    if (changed == 0) say("NOT FOUND"_e);
    count_for_autosave();
}

void Editor::repeat(Text operands) { count_operand(operands, repeats_); }

// OVERLAY text: characters that are not blank take the place of those below, `_` makes a blank.
void Editor::overlay(Text operands) {
    Line<200> mask;
    expand_tabs(settings_, operands, mask);
    u32 lines = repeats_;
    repeats_ = 1;
    if (current_ == buffer_.top()) return go_to(current_);
    for (EditLine* line = current_; lines > 0 && line != buffer_.end();
         line = line->next, --lines) {
        current_ = line;
        Line<200> result(line->text());
        result.at(mask.size());
        Line<200> overlaid;
        for (usize i = 0; i < result.size(); ++i) {
            u8 c = i < mask.size() ? mask.text()[i] : ' '_e;
            if (settings_.upper_case) c = ebcdic::upper(c);
            overlaid << (c == ' '_e ? result.text()[i] : c == '_'_e ? ' '_e : c);
        }
        put(line, overlaid);
        verify(line);
    }
    count_for_autosave();
}

} // namespace cms::edit
