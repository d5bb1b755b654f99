#include "terminal/view/keymap.h"

#include "terminal/view/key_name.h"

#include <algorithm>

namespace terminal {
namespace {

constexpr std::string_view standard_lines = R"(
Enter        = Enter
Ctrl-J       = Newline
Tab          = Tab
BackTab      = BackTab
Home         = Home
End          = FieldEnd
Up           = Up
Down         = Down
Left         = Left
Right        = Right
Alt-Left     = Left2
Alt-Right    = Right2
Ctrl-Left    = PreviousWord
Ctrl-Right   = NextWord
Backspace    = Erase
Delete       = Delete
Insert       = ToggleInsert
Alt-Space    = ToggleInsert
Ctrl-A i     = ToggleInsert
Ctrl-E       = EraseEOF
Alt-f        = EraseEOF
Alt-i        = EraseInput
Ctrl-U       = DeleteField
Ctrl-W       = DeleteWord
Ctrl-D       = Dup
Alt-d        = Dup
Ctrl-F       = FieldMark
Alt-m        = FieldMark
Ctrl-R       = Reset
Alt-r        = Reset
Ctrl-A r     = Reset
Ctrl-C       = Clear
Alt-c        = Clear
Ctrl-A c     = Clear
Alt-1        = PA(1)
Alt-2        = PA(2)
Alt-3        = PA(3)
Ctrl-A 1     = PA(1)
Ctrl-A 2     = PA(2)
Ctrl-A 3     = PA(3)
Alt-a        = Attn
Ctrl-A a     = Attn
Alt-s        = SysReq
Ctrl-A s     = SysReq
Alt-k        = CursorSelect
PageUp       = PF(7)
PageDown     = PF(8)
Shift-Left   = Select(Left)
Shift-Right  = Select(Right)
Shift-Up     = Select(Up)
Shift-Down   = Select(Down)
Ctrl-] a     = Select(All)
Ctrl-Y       = Copy
Ctrl-] y     = Copy
Ctrl-V       = Paste
Ctrl-] v     = PasteLines
Shift-PageUp   = Scroll(Backward)
Shift-PageDown = Scroll(Forward)
Ctrl-] b     = Scroll(Backward)
Ctrl-] f     = Scroll(Forward)
Ctrl-] h     = Help
Alt-h        = Help
Ctrl-K       = Panel
Ctrl-] p     = Panel
Ctrl-] Ctrl-] = CommandLine
Ctrl-] :     = CommandLine
Ctrl-P       = PrintText
Ctrl-] x     = Transfer(Cancel)
Ctrl-L       = Redraw
Ctrl-] t     = Theme
Ctrl-] c     = Reconnect
Ctrl-] d     = Disconnect
Ctrl-] z     = Suspend
Ctrl-Z       = Suspend
Ctrl-] q     = Quit
)";

std::string_view trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(" \t\r");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::string text_of(const std::vector<Command>& commands) {
    std::string out;
    for (Command const& command : commands) out += (out.empty() ? "" : " ") + command.text();
    return out;
}

std::string_view without_comment(std::string_view line) {
    bool quoted = false;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] == '"' && (at == 0 || line[at - 1] != '\\')) quoted = !quoted;
        bool const begins = at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t';
        if (line[at] == '#' && !quoted && begins) return line.substr(0, at);
    }
    return line;
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> out;
    while (!(text = trimmed(text)).empty()) {
        auto const end = std::min(text.find_first_of(" \t"), text.size());
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return out;
}

// Alt<Key>c as Alt-c; KeySyms that have other names here.
std::string from_c3270(std::string word) {
    auto const at = word.find("<Key>");
    if (at == std::string::npos) return word;
    static constexpr std::pair<const char*, const char*> others[] = {
        {"Return", "Enter"}, {"Escape", "Esc"},   {"BTAB", "BackTab"},   {"DC", "Delete"},
        {"IC", "Insert"},    {"PPAGE", "PageUp"}, {"NPAGE", "PageDown"}, {"space", "Space"},
        {"Prior", "PageUp"}, {"Next", "PageDown"}};
    std::string key = word.substr(at + 5), modifier = word.substr(0, at);
    for (auto const& [theirs, ours] : others)
        if (key == theirs) key = ours;
    return (modifier.empty() ? "" : modifier + "-") + key;
}

// Where the keys end: at an `=` behind a blank, or at the `:` of c3270's lines.
std::size_t separator(std::string_view line) {
    if (auto const last = line.rfind("<Key>"); last != line.npos) return line.find(':', last + 6);
    auto const at = line.find('=', 1);
    auto const blank = std::min(line.find(" ="), line.find("\t="));
    return blank == line.npos ? at : blank + 1;
}

std::string error(std::size_t line, const std::string& what) {
    return "line " + std::to_string(line) + ": " + what;
}

} // namespace

Keymap Keymap::standard() {
    auto const all = [](const Command&) { return true; };
    Keymap out;
    for (int number = 1; number <= 24; ++number) {
        std::string const n = std::to_string(number), lower = std::to_string(number - 12);
        std::string const command = " = PF(" + n + ")";
        out.read(std::string("F").append(n).append(command), all);
        if (number > 12) out.read(std::string("Ctrl-A F").append(lower).append(command), all);
    }
    out.read(standard_lines, all);
    return out;
}

std::string Keymap::read(std::string_view text, const Known& known) {
    for (std::size_t number = 1; !text.empty(); ++number) {
        auto const end = std::min(text.find('\n'), text.size());
        std::string_view const line = trimmed(without_comment(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line[0] == '!') continue;
        auto const at = separator(line);
        if (at == line.npos) return error(number, "no '='");
        Keys keys;
        for (std::string const& word : words(line.substr(0, at))) {
            auto const key = key_name(from_c3270(word));
            if (!key) return error(number, "no key '" + word + "'");
            keys.push_back(*key);
        }
        if (keys.empty()) return error(number, "no key");
        auto const commands = parse_commands(trimmed(line.substr(at + 1)));
        if (!commands.wrong.empty()) return error(number, commands.wrong);
        for (Command const& command : commands.list)
            if (!known(command)) return error(number, "no command '" + command.text() + "'");
        add(keys, commands.list);
    }
    return {};
}

void Keymap::add(const Keys& keys, const std::vector<Command>& commands) {
    if (commands.empty()) {
        map_.erase(keys);
        return;
    }
    map_[keys] = commands;
    std::string const text = text_of(commands);
    if (std::find(order_.begin(), order_.end(), text) == order_.end()) order_.push_back(text);
}

Keymap::Match Keymap::find(const Keys& keys) const {
    Match out;
    auto at = map_.lower_bound(keys);
    if (at != map_.end() && at->first == keys) out.commands = &(at++)->second;
    out.more = at != map_.end() && at->first.size() > keys.size() &&
               std::equal(keys.begin(), keys.end(), at->first.begin());
    return out;
}

std::vector<std::pair<std::string, std::string>> Keymap::table() const {
    std::vector<std::pair<std::string, std::string>> out;
    for (std::string const& wanted : order_) {
        std::vector<std::string> names;
        for (auto const& [keys, commands] : map_) {
            if (text_of(commands) != wanted) continue;
            std::string& name = names.emplace_back(keys[0]);
            for (std::size_t i = 1; i < keys.size(); ++i) name += ' ' + keys[i];
        }
        std::stable_sort(
            names.begin(), names.end(),
            [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
        std::string all;
        for (std::string const& name : names) all += (all.empty() ? "" : ", ") + name;
        if (!all.empty()) out.emplace_back(wanted, all);
    }
    return out;
}

} // namespace terminal
