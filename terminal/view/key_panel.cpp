#include "terminal/view/key_panel.h"

#include <utility>

namespace terminal {
namespace {

using Named = std::pair<const char*, const char*>;

void append(std::vector<Label>& out, u32 row, u32& column, const std::string& text,
            const std::string& command) {
    out.push_back({row, column, text, command});
    column += static_cast<u32>(text.size()) + 1;
}

} // namespace

std::vector<Label> panel_labels() {
    std::vector<Label> out;
    u32 column = 0;
    append(out, 0, column, "PF", "");
    for (int number = 1; number <= 24; ++number) {
        std::string const n = std::to_string(number);
        append(out, 0, column, n, "PF(" + n + ")");
    }
    column = 0;
    for (auto const& [text, command] : {Named{"Enter", "Enter"},
                                        {"PA1", "PA(1)"},
                                        {"PA2", "PA(2)"},
                                        {"PA3", "PA(3)"},
                                        {"Clear", "Clear"},
                                        {"Reset", "Reset"},
                                        {"ErEOF", "EraseEOF"},
                                        {"ErInp", "EraseInput"},
                                        {"Dup", "Dup"},
                                        {"FM", "FieldMark"},
                                        {"Attn", "Attn"},
                                        {"SysReq", "SysReq"},
                                        {"Sel", "CursorSelect"},
                                        {"Ins", "ToggleInsert"},
                                        {"Home", "Home"}})
        append(out, 1, column, text, command);
    return out;
}

std::vector<Label> title_labels(u32 width) {
    std::vector<Label> out;
    u32 column = 0;
    for (auto const& [text, command] : {Named{"Help", "Help"},
                                        {"Copy", "Copy"},
                                        {"Paste", "Paste"},
                                        {"Theme", "Theme"},
                                        {"Command", "CommandLine"},
                                        {"Connect", "Reconnect"},
                                        {"Quit", "Quit"}})
        append(out, 0, column, text, command);
    if (width < column + 20) return {};
    for (Label& label : out) label.column += width - column;
    return out;
}

std::string command_at(const std::vector<Label>& labels, u32 row, u32 column) {
    for (Label const& label : labels)
        if (label.row == row && column >= label.column && column < label.column + label.text.size())
            return label.command;
    return {};
}

} // namespace terminal
