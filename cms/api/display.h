// A 3270 as the virtual console: its output area of 22 lines (DIAGNOSE X'24', X'58').
#pragma once

#include "cp/api/display_ccw.h"
#include "s370/base/text.h"

namespace cms::api {

constexpr u32 display_rows = 22, display_columns = 80;

struct Screen {
    u8 rows[display_rows][display_columns];

    void clear() { std::fill_n(&rows[0][0], display_rows * display_columns, u8{0x40}); }
    void place(u32 row, u32 column, Text text) {
        for (u8 c : text)
            if (column < display_columns) rows[row][column++] = c;
    }
};

// The address of the virtual console.
u32 console_address();
// Runs a program of DIAGNOSE 58 on it; the condition code.
u32 run_display(const s370::Ccw* program);

// True when the virtual console is a 3270 now.
bool is_display();
// False when it could not be shown.
bool show(const Screen& screen);
// Clears the output area.
void clear_display();

} // namespace cms::api
