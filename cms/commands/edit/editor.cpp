#include "cms/commands/edit/editor.h"

#include "cms/api/command.h"
#include "cms/api/console.h"

namespace cms::edit {

// Where one name begins another's the one with the shorter abbreviation comes first.
const Editor::Subcommand Editor::subcommands[] = {
    {"CHANGE"_e, 1, &Editor::change},
    {"LOCATE"_e, 1, &Editor::locate},
    {"NEXT"_e, 1, &Editor::next},
    {"UP"_e, 1, &Editor::up},
    {"TOP"_e, 2, &Editor::top},
    {"BOTTOM"_e, 1, &Editor::bottom},
    {"TYPE"_e, 1, &Editor::type},
    {"INPUT"_e, 1, &Editor::input},
    {"DELETE"_e, 2, &Editor::remove},
    {"REPLACE"_e, 1, &Editor::replace},
    {"FIND"_e, 1, &Editor::find_columns},
    {"FILE"_e, 3, &Editor::file},
    {"SAVE"_e, 2, &Editor::save},
    {"QUIT"_e, 2, &Editor::quit},
    {"OVERLAY"_e, 1, &Editor::overlay},
    {"DOWN"_e, 2, &Editor::next},
    {"DSTRING"_e, 2, &Editor::remove_to_string},
    {"GETFILE"_e, 1, &Editor::get_file},
    {"VERIFY"_e, 1, &Editor::verify_option},
    {"ZONE"_e, 1, &Editor::zone},
    {"CASE"_e, 2, &Editor::letter_case},
    {"CMS"_e, 3, &Editor::call_cms},
    {"ALTER"_e, 2, &Editor::alter},
    {"AUTOSAVE"_e, 4, &Editor::autosave},
    {"BACKWARD"_e, 2, &Editor::backward},
    {"FMODE"_e, 2, &Editor::file_mode},
    {"FNAME"_e, 2, &Editor::file_name},
    {"FORMAT"_e, 4, &Editor::format},
    {"FORWARD"_e, 2, &Editor::forward},
    {"IMAGE"_e, 2, &Editor::image},
    {"LINEMODE"_e, 5, &Editor::line_mode},
    {"LONG"_e, 4, &Editor::long_messages},
    {"PRESERVE"_e, 3, &Editor::preserve},
    {"PROMPT"_e, 3, &Editor::prompt},
    {"RECFM"_e, 3, &Editor::record_format},
    {"RENUM"_e, 3, &Editor::renumber},
    {"REPEAT"_e, 4, &Editor::repeat},
    {"RESTORE"_e, 3, &Editor::restore},
    {"REUSE"_e, 5, &Editor::reuse},
    {"SCROLL"_e, 1, &Editor::scroll},
    {"SERIAL"_e, 3, &Editor::serial},
    {"SHORT"_e, 5, &Editor::short_messages},
    {"STACK"_e, 3, &Editor::stack},
    {"TABSET"_e, 3, &Editor::tab_set},
    {"TRUNC"_e, 2, &Editor::truncate},
    {"X"_e, 1, &Editor::macro_x},
    {"Y"_e, 1, &Editor::macro_y},
};

Editor::Editor(const api::FileId& id, const Settings& settings, bool display)
    : id_(id), settings_(settings), preserved_(settings), current_(buffer_.top()),
      display_(display), graphic_(display) {
    buffer_.set_width(settings.record_length);
}

void Editor::open(bool is_new) {
    if (is_new) say("NEW FILE:"_e);
    if (!display_) say("EDIT:"_e);
    refresh();
}

i32 Editor::run() {
    while (!done_) {
        u8 buffer[line_limit];
        take(api::read_line(buffer, api::Input::AsTyped));
    }
    return code_;
}

void Editor::take(Text line) {
    if (mode_ == Mode::Input)
        input_line(line);
    else
        obey(line);
    if (!done_) refresh();
}

void Editor::refresh() {
    if (!display_) return;
    api::Screen screen;
    compose(screen);
    display_ = api::show(screen);
    message_.clear();
}

void Editor::say(Text line) {
    if (!display_) return api::type_line(line);
    message_.clear();
    message_ << line;
}

void Editor::set_mode(Mode mode) {
    if (mode_ == mode) return;
    mode_ = mode;
    if (!display_) say(mode == Mode::Input ? "INPUT:"_e : "EDIT:"_e);
}

void Editor::input_line(Text line) {
    if (line.empty()) {
        replacing_ = false;
        return set_mode(Mode::Edit);
    }
    if (!add_line(line))
        set_mode(Mode::Edit);
    else
        count_for_autosave();
}

void Editor::misunderstood(Text line) {
    Line<line_limit> text(settings_.long_messages ? "?EDIT: "_e : "\xAC"_e);
    if (settings_.long_messages) text << line;
    say(text);
    // What an EXEC stacked behind it was meant for another state of affairs.
    if (api::stacked_lines() > 0) {
        api::clear_stack();
        say("STACKED LINES CLEARED"_e);
    }
}

void Editor::bad_operand(Text) { misunderstood(last_); }

const Editor::Subcommand* Editor::find(Text word) {
    for (const Subcommand& subcommand : subcommands)
        if (word.size() >= subcommand.shortest && subcommand.name.starts_with(word))
            return &subcommand;
    return nullptr;
}

void Editor::obey(Text line) {
    Text const stripped = line.without_leading_blanks();
    if (stripped.empty()) return;
    if (stripped[0] == '?'_e) return query_last({});
    if (stripped[0] == '='_e) return repeat_last({});
    bool const locating = stripped[0] == '/'_e;
    if (stripped[0] == '$'_e) return exec_macro(stripped);

    usize length = 0;
    Line<12> word;
    while (!locating && length < stripped.size()) {
        u8 const c = ebcdic::upper(stripped[length]);
        if (!ebcdic::is_upper_letter(c)) break;
        word << c;
        ++length;
    }
    const Subcommand* const subcommand = locating ? find("LOCATE"_e) : find(word.text());
    bool const remember =
        !(word.text() == "X"_e || word.text() == "Y"_e || word.text() == "REUSE"_e);
    if (remember && !in_macro_) {
        last_.clear();
        last_ << stripped;
    }
    if (subcommand == nullptr || length == 0) {
        if (!locating) return misunderstood(stripped);
    }
    // One blank ends the name; what follows may begin with blanks that count.
    Text operands = stripped.substr(length);
    if (!operands.empty() && operands[0] == ' '_e) operands = operands.substr(1);
    (this->*subcommand->perform)(operands);
}

void Editor::query_last(Text) { say(last_); }

void Editor::repeat_last(Text) {
    Line<130> const again = last_;
    if (again.size() > 0) obey(again);
}

// REUSE n or = n: the last subcommand, so many times.
void Editor::reuse(Text operands) {
    u32 count = 1;
    if (!count_operand(operands, count)) return;
    for (u32 i = 0; i < count && !done_; ++i) repeat_last({});
}

// X subcommand keeps it, X n obeys it n times, X alone once.
void Editor::macro(Text operands, Line<130>& kept) {
    Text const stripped = operands.without_leading_blanks();
    ParsedNumber const number = parse_decimal(stripped);
    if (!stripped.empty() && !number.valid) {
        kept.clear();
        kept << stripped;
        return;
    }
    if (in_macro_ || kept.size() == 0) return misunderstood(last_);
    in_macro_ = true;
    Line<130> const line = kept;
    u32 const times = stripped.empty() ? 1 : number.value;
    for (u32 i = 0; i < times && !done_ && buffer_.end() != current_; ++i) obey(line);
    in_macro_ = false;
}

void Editor::macro_x(Text operands) { macro(operands, x_); }
void Editor::macro_y(Text operands) { macro(operands, y_); }

// `$name` is an EXEC that stacks subcommands.
void Editor::exec_macro(Text line) {
    Line<140> command("EXEC "_e);
    command << line;
    if (api::call_line(command) == 801) misunderstood(line);
}

// CMS command: one CMS command. Only those that do not need the user area can run.
void Editor::call_cms(Text operands) {
    Text const command = operands.without_leading_blanks();
    if (command.empty()) {
        Name8 const subset("SUBSET"_e);
        api::call({&subset, 1});
        return;
    }
    i32 const code = api::call_line(command);
    Line<40> line;
    if (code == -2)
        say("INVALID SUBSET COMMAND"_e);
    else if (code == -3)
        say("UNKNOWN CP/CMS COMMAND"_e);
    else if (code != 0)
        say((line << "R("_e).decimal(u32(code), 5) << ")"_e);
}

// STACK n: lines from the current one on; STACK subcommand: that line.
void Editor::stack(Text operands) {
    Text const stripped = operands.without_leading_blanks();
    ParsedNumber number = parse_decimal(stripped);
    if (!stripped.empty() && !number.valid) return api::stack_line(stripped);
    if (stripped.empty()) number.value = 1;
    EditLine* line = buffer_.is_line(current_)   ? current_
                     : current_ == buffer_.top() ? current_->next
                                                 : current_;
    for (u32 i = 0; i < number.value && buffer_.is_line(line); ++i, line = line->next)
        api::stack_line(line->text());
}

void Editor::preserve(Text) { preserved_ = settings_; }
void Editor::restore(Text) { settings_ = preserved_; }

} // namespace cms::edit
