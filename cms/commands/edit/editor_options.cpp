// Settings of the editor that its user changes.
#include "cms/commands/edit/editor.h"

namespace cms::edit {
namespace {

u8 first_letter(Text operands) {
    Text const operand = Fields(operands).next();
    return operand.empty() ? ' '_e : ebcdic::upper(operand[0]);
}

bool is_word(Text operand, Text word) {
    if (operand.empty() || operand.size() > word.size()) return false;
    for (usize i = 0; i < operand.size(); ++i)
        if (ebcdic::upper(operand[i]) != word[i]) return false;
    return true;
}

} // namespace

void Editor::letter_case(Text operands) {
    switch (first_letter(operands)) {
    case ' '_e: return say(settings_.upper_case ? "U"_e : "M"_e);
    case 'U'_e: settings_.upper_case = true; return;
    case 'M'_e: settings_.upper_case = false; return;
    default: return bad_operand(operands);
    }
}

void Editor::image(Text operands) {
    Text const operand = Fields(operands).next();
    using Image = Settings::Image;
    if (operand.empty())
        return say(settings_.image == Image::Off  ? "OFF"_e
                   : settings_.image == Image::On ? "ON"_e
                                                  : "CANON"_e);
    if (is_word(operand, "ON"_e))
        settings_.image = Image::On;
    else if (is_word(operand, "OFF"_e))
        settings_.image = Image::Off;
    else if (is_word(operand, "CANON"_e))
        settings_.image = Image::Canonical;
    else
        bad_operand(operand);
}

void Editor::tab_set(Text operands) {
    u32 tabs[Settings::most_tabs], count = 0;
    for (Fields fields(operands); !fields.empty() && count < Settings::most_tabs;) {
        ParsedNumber const column = parse_decimal(fields.next());
        if (!column.valid || column.value == 0 || column.value > settings_.record_length ||
            (count > 0 && column.value <= tabs[count - 1]))
            return bad_operand(operands);
        tabs[count++] = column.value;
    }
    if (count == 0) return bad_operand(operands);
    std::copy_n(tabs, count, settings_.tabs);
    settings_.tab_count = count;
}

void Editor::truncate(Text operands) {
    Text const operand = Fields(operands).next();
    if (operand.empty()) return say(Line<8>().decimal(settings_.truncation));
    ParsedNumber column = parse_decimal(operand);
    if (operand == "*"_e) column = {true, settings_.record_length};
    if (!column.valid || column.value == 0 || column.value > settings_.record_length)
        return bad_operand(operand);
    settings_.truncation = column.value;
}

// VERIFY [ON|OFF] [[first] last|*]
void Editor::verify_option(Text operands) {
    Fields fields(operands);
    if (fields.empty()) {
        Line<40> line;
        line.decimal(settings_.verify_first) << ' '_e;
        return say(line.decimal(settings_.verify_last));
    }
    bool on = true;
    if (is_word(fields.peek(), "ON"_e))
        fields.next();
    else if (is_word(fields.peek(), "OFF"_e)) {
        fields.next();
        on = false;
    }
    u32 columns[2] = {}, count = 0;
    while (!fields.empty() && count < 2)
        if (!count_operand(fields.next(), columns[count++])) return;
    u32 const first = count == 2 ? columns[0] : 1;
    u32 const last =
        count == 0 ? settings_.verify_last : std::min(columns[count - 1], settings_.record_length);
    if (!fields.empty() || first == 0 || last < first) return bad_operand(operands);
    settings_.verify = on;
    if (count == 0) return;
    settings_.verify_first = first;
    settings_.verify_last = last;
}

// ZONE [first [last|*]]
void Editor::zone(Text operands) {
    Fields fields(operands);
    if (fields.empty()) {
        Line<40> line;
        line.decimal(settings_.zone_first) << ' '_e;
        return say(line.decimal(settings_.zone_last));
    }
    u32 first = 1, last = 0;
    if (!count_operand(fields.next(), first) ||
        !count_operand(fields.next(), last, settings_.truncation))
        return;
    if (first == ~u32{0}) first = 1;
    last = std::min(last, settings_.record_length);
    if (first == 0 || last < first) return say("ZONE ERROR"_e);
    settings_.zone_first = first;
    settings_.zone_last = last;
}

// SERIAL OFF|ON|ALL|seq [step]
void Editor::serial(Text operands) {
    Fields fields(operands);
    Text const what = fields.next();
    u32 step = 10;
    if (what.empty()) return bad_operand(operands);
    if (is_word(what, "OFF"_e)) {
        settings_.serial = false;
        return;
    }
    if (!count_operand(fields.next(), step, 10)) return;
    if (settings_.recfm != 'F'_e || settings_.record_length != 80 || step == 0)
        return bad_operand(operands);
    settings_.serial = true;
    settings_.serial_step = step;
    settings_.serial_all = is_word(what, "ALL"_e);
    if (!is_word(what, "ON"_e) && !settings_.serial_all) {
        Line<3> name;
        for (u8 c : what.substr(0, 3)) name << ebcdic::upper(c);
        settings_.serial_name = name.text();
    }
    settings_.truncation = std::min(settings_.truncation, 72u);
    settings_.zone_last = std::min(settings_.zone_last, settings_.truncation);
}

// FORMAT DISPLAY|LINE
void Editor::format(Text operands) {
    switch (first_letter(operands)) {
    case 'D'_e: display_ = graphic_; return;
    case 'L'_e:
        if (display_) api::clear_display();
        display_ = false;
        return;
    default: return bad_operand(operands);
    }
}

void Editor::line_mode(Text operands) {
    switch (first_letter(operands)) {
    case 'L'_e: settings_.linemode = Settings::Lines::Left; return;
    case 'R'_e: settings_.linemode = Settings::Lines::Right; return;
    case 'O'_e: settings_.linemode = Settings::Lines::Off; return;
    default: return bad_operand(operands);
    }
}

void Editor::prompt(Text operands) { count_operand(operands, settings_.prompt, 10); }

// RENUM [start [step]]: line numbers at the left of BASIC programs.
void Editor::renumber(Text operands) {
    if (!id_.type.text().starts_with("VSB"_e) && !id_.type.text().starts_with("BAS"_e) &&
        !(id_.type.text() == "FREEFORT"_e))
        return say("WRONG FILE FORMAT FOR RENUM"_e);
    Fields fields(operands);
    u32 start = 10, step = 10;
    if (!count_operand(fields.next(), start, 10) || !count_operand(fields.next(), step, start))
        return;
    u64 number = start;
    for (EditLine* line = buffer_.top()->next; buffer_.is_line(line);
         line = line->next, number += step) {
        Text const text = line->text();
        usize digits = 0;
        while (digits < text.size() && ebcdic::is_digit(text[digits])) ++digits;
        Line<200> renumbered;
        renumbered.decimal(number % 100'000, 5) << text.substr(digits);
        put(line, renumbered);
    }
    verify_current();
}

void Editor::long_messages(Text) { settings_.long_messages = true; }
void Editor::short_messages(Text) { settings_.long_messages = false; }

} // namespace cms::edit
