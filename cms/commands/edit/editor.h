// The CMS editor (DMSEDI): lines of a file in storage, a current line, subcommands.
//
// GC20-1818 VM/370 CMS Command and Macro Reference, "EDIT Subcommands". What is
// read comes from the program stack or the terminal, one line at a time; on a 3270
// the screen shows the surroundings of the current line after each.
#pragma once

#include "cms/api/display.h"
#include "cms/commands/edit/buffer.h"
#include "cms/commands/edit/settings.h"

namespace cms::edit {

class Editor {
  public:
    Editor(const api::FileId& id, const Settings& settings, bool display);

    // Takes over the lines of an existing file; 0 or the return code of EDIT.
    i32 load(const api::FileState& file);
    // Types how the file begins: NEW FILE: or nothing, then EDIT:.
    void open(bool is_new);
    // Reads and obeys lines until the editor ends; its return code.
    i32 run();
    // One line as typed.
    void take(Text line);

    bool done() const { return done_; }
    void compose(api::Screen& screen);

  private:
    enum class Mode : u8 { Edit, Input };
    struct Subcommand {
        Text name;
        u8 shortest;
        void (Editor::*perform)(Text operands);
    };
    static const Subcommand subcommands[];
    static const Subcommand* find(Text word);

    // editor.cpp
    void obey(Text line);
    void input_line(Text line);
    void set_mode(Mode mode);
    void say(Text line);
    void misunderstood(Text line);
    void bad_operand(Text operand);
    void refresh();
    void repeat_last(Text);
    void query_last(Text);
    void macro(Text operands, Line<130>& kept);
    void macro_x(Text operands);
    void macro_y(Text operands);
    void exec_macro(Text line);
    void call_cms(Text operands);
    void stack(Text operands);
    void preserve(Text);
    void restore(Text);
    void reuse(Text operands);

    // editor_move.cpp
    void go_to(EditLine* line);
    void verify(EditLine* line);
    void verify_current() { verify(current_); }
    bool count_operand(Text operands, u32& count, u32 otherwise = 1);
    void move_down(u32 count);
    void move_up(u32 count);
    void top(Text);
    void bottom(Text);
    void next(Text operands);
    void up(Text operands);
    void forward(Text operands);
    void backward(Text operands);
    void scroll(Text operands);
    void type(Text operands);
    void locate(Text operands);
    void find_columns(Text operands);
    template <typename Match>
    void search(Match match);

    // editor_change.cpp
    struct Change {
        Text from, to, rest;
        bool valid = false;
    };
    static Change parse_change(Text operands);
    bool change_line(EditLine* line, Text from, Text to, bool all);
    bool add_line(Text text);
    void put(EditLine* line, Text text);
    void change(Text operands);
    void alter(Text operands);
    void remove(Text operands);
    void remove_to_string(Text operands);
    void input(Text operands);
    void replace(Text operands);
    void overlay(Text operands);
    void repeat(Text operands);

    // editor_files.cpp
    bool write(const api::FileId& id);
    void serialize(u32 number, std::span<u8> record) const;
    bool target(Text operands, api::FileId& id);
    void save(Text operands);
    void file(Text operands);
    void quit(Text);
    void get_file(Text operands);
    void autosave(Text operands);
    void file_name(Text operands);
    void file_mode(Text operands);
    void record_format(Text operands);
    void count_for_autosave();

    // editor_options.cpp
    void letter_case(Text operands);
    void image(Text operands);
    void tab_set(Text operands);
    void truncate(Text operands);
    void verify_option(Text operands);
    void zone(Text operands);
    void serial(Text operands);
    void format(Text operands);
    void line_mode(Text operands);
    void prompt(Text operands);
    void renumber(Text operands);
    void long_messages(Text);
    void short_messages(Text);

    api::FileId id_;
    Settings settings_, preserved_;
    Buffer buffer_;
    EditLine* current_;
    Mode mode_ = Mode::Edit;
    bool display_; // the screen is shown after each subcommand
    bool graphic_; // it could be
    bool done_ = false;
    i32 code_ = 0;
    u32 repeats_ = 1;       // of the next OVERLAY
    u32 changes_ = 0;       // since the last AUTOSAVE
    bool in_macro_ = false; // X and Y do not run each other for ever
    bool replacing_ = false;
    Line<130> last_; // for = and ?
    Line<130> x_, y_;
    Line<80> message_; // of the screen
};

} // namespace cms::edit
