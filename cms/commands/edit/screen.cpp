// The screen of the editor: a status line, a line for messages, and twenty lines
// of the file around the current one with a scale below that.
#include "cms/commands/edit/editor.h"

#include "cms/api/message.h"

namespace cms::edit {
namespace {

constexpr u32 status_row = 0, message_row = 1, first_row = 2, current_row = 11, scale_row = 12;

void place_scale(api::Screen& screen) {
    for (u32 column = 0; column < api::display_columns; ++column) {
        u32 const n = column + 1;
        u8 const digit = static_cast<u8>('0'_e + n / 10 % 10);
        screen.rows[scale_row][column] = n % 10 == 0 ? digit : n % 5 == 0 ? '+'_e : '.'_e;
    }
    screen.rows[scale_row][0] = '|'_e;
}

} // namespace

void Editor::compose(api::Screen& screen) {
    screen.clear();
    Line<80> status(mode_ == Mode::Input ? "INPUT:  "_e : "EDIT:   "_e);
    status << api::spell(id_).text();
    status.at(30) << settings_.recfm << ' '_e;
    status.decimal(settings_.record_length) << "  TRUNC="_e;
    status.decimal(settings_.truncation) << "  SIZE="_e;
    status.decimal(buffer_.count()) << "  LINE="_e;
    status.decimal(buffer_.number(current_))
        << (settings_.upper_case ? "  CASE=U"_e : "  CASE=M"_e);
    screen.place(status_row, 0, status);
    screen.place(message_row, 0, message_);
    place_scale(screen);

    auto place = [&](u32 row, EditLine* line) {
        if (line == buffer_.top()) return screen.place(row, 0, "TOF:"_e);
        if (line == buffer_.end()) return screen.place(row, 0, "EOF:"_e);
        screen.place(row, 0,
                     line->text().substr(settings_.verify_first - 1,
                                         settings_.verify_last - settings_.verify_first + 1));
    };
    place(current_row, current_);
    EditLine* line = current_->previous;
    for (u32 row = current_row; row-- > first_row && line != nullptr; line = line->previous)
        place(row, line);
    line = current_->next;
    for (u32 row = scale_row + 1; row < api::display_rows && line != nullptr;
         ++row, line = line->next)
        place(row, line);
}

} // namespace cms::edit
