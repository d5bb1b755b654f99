#include "terminal/headless/script.h"

#include "s370/arch/ds3270.h"
#include "terminal/headless/screen_text.h"
#include "terminal/model/key_names.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <poll.h>
#include <unistd.h>

namespace terminal {

namespace aid = s370::ds3270::aid;
using Clock = std::chrono::steady_clock;

namespace {

constexpr double for_ever = 1e9;

double since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return text;
}

// UTF-8 to characters; what is malformed is taken byte by byte.
std::u32string characters(const std::string& text) {
    std::u32string out;
    for (usize at = 0; at < text.size();) {
        u8 const first = static_cast<u8>(text[at++]);
        u32 const more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
        if (at + more > text.size()) break;
        u32 value = more == 0 ? first : first & (0x3Fu >> more);
        for (u32 i = 0; i < more; ++i) value = value << 6 | (static_cast<u8>(text[at++]) & 0x3Fu);
        out.push_back(value);
    }
    return out;
}

} // namespace

Script::Action Script::parse(const std::string& line) {
    Action action;
    usize at = line.find_first_not_of(' ');
    if (at == std::string::npos) return action;
    while (at < line.size() && line[at] != '(' && line[at] != ' ') action.name += line[at++];
    bool const brackets = at < line.size() && line[at] == '(';
    std::string argument;
    bool any = false, quoted = false;
    auto const finish = [&] {
        if (any) action.arguments.push_back(argument);
        argument.clear();
        any = false;
    };
    for (++at; at < line.size(); ++at) {
        char const c = line[at];
        if (quoted && c == '\\' && at + 1 < line.size()) {
            char const next = line[++at];
            argument += next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next;
        } else if (c == '"') {
            quoted = !quoted;
            any = true;
        } else if (!quoted && c == ')' && brackets) {
            break;
        } else if (!quoted && (c == ',' || c == ' ')) {
            finish();
        } else {
            argument += c;
            any = true;
        }
    }
    finish();
    return action;
}

template <typename Done>
bool Script::serve(Done done, double limit) {
    auto const start = Clock::now();
    while (!done()) {
        double const left = limit - since(start);
        if (left <= 0) return false;
        pollfd wanted{session_.socket(), POLLIN, 0};
        int const milliseconds = left > 1000 ? 1'000'000 : static_cast<int>(left * 1000) + 1;
        if (poll(&wanted, session_.connected() ? 1 : 0, milliseconds) > 0) session_.receive();
    }
    return true;
}

int Script::run(int input) {
    std::string pending;
    while (!quit_) {
        if (auto const end = pending.find('\n'); end != std::string::npos) {
            std::string line = pending.substr(0, end);
            pending.erase(0, end + 1);
            if (line.ends_with('\r')) line.pop_back();
            auto const start = Clock::now();
            data_.clear();
            bool const good = execute(parse(line));
            if (!quit_) answer(good, since(start));
            continue;
        }
        std::array<pollfd, 2> wanted{{{input, POLLIN, 0}, {session_.socket(), POLLIN, 0}}};
        if (poll(wanted.data(), session_.connected() ? 2 : 1, -1) < 0) continue;
        if (session_.connected() && wanted[1].revents != 0) session_.receive();
        if (wanted[0].revents == 0) continue;
        std::array<char, 4096> piece;
        auto const got = read(input, piece.data(), piece.size());
        if (got <= 0) return 0;
        pending.append(piece.data(), static_cast<usize>(got));
    }
    return 0;
}

void Script::answer(bool good, double elapsed) {
    std::string out;
    for (std::string const& line : data_) out += "data: " + line + '\n';
    char took[32];
    std::snprintf(took, sizeof took, " %.3f\n", elapsed);
    out += status_text(session_) + took + (good ? "ok\n" : "error\n");
    std::fputs(out.c_str(), stdout);
    std::fflush(stdout);
}

bool Script::execute(const Action& action) {
    std::string const name = lower(action.name);
    if (name.empty()) return true;
    if (name == "quit" || name == "exit") return quit_ = true;
    if (name == "connect" || name == "open") return connect(action);
    if (name == "disconnect" || name == "close") return session_.disconnect(), true;
    if (name == "query") return query(action);
    if (name == "wait") return wait(action);
    if (name == "movecursor" || name == "movecursor1") return move_cursor(action);
    if (name == "string") return string(action);
    if (name == "enter") return attention(aid::enter);
    if (name == "clear") return attention(aid::clear);
    if (name == "sysreq") return attention(aid::test_request);
    if (name == "attn") return session_.attention(), true;
    if (name == "pf") return number_key(action, 24);
    if (name == "pa") return number_key(action, 3);
    if (name.starts_with("ascii") || name.starts_with("ebcdic") || name == "readbuffer")
        return text(action);
    return simple_key(name);
}

bool Script::simple_key(const std::string& name) {
    auto const key = key_named(name);
    if (!key) return fail("Unknown action: " + name);
    u64 const refusals = session_.keyboard().refusals();
    bool const open = session_.keyboard().lock() == Lock::None;
    session_.press({*key});
    if (session_.keyboard().refusals() != refusals) return fail("Keyboard locked");
    auto const free = [&] {
        return !session_.connected() || session_.keyboard().lock() != Lock::System;
    };
    if (open && *key == terminal::Action::CursorSelect) serve(free, for_ever);
    return true;
}

bool Script::attention(u8 key) {
    seen_ = session_.records();
    session_.press({terminal::Action::Attention, key});
    serve([&] { return !session_.connected() || session_.keyboard().lock() != Lock::System; },
          for_ever);
    return session_.connected() || fail("Disconnected");
}

bool Script::number_key(const Action& action, u32 most) {
    std::string const argument = action.arguments.empty() ? "" : action.arguments[0];
    u32 const number = static_cast<u32>(std::strtoul(argument.c_str(), nullptr, 10));
    if (number < 1 || number > most)
        return fail(action.name + "(): Invalid argument '" + argument + "'");
    return attention(most == 3 ? program_access(number) : program_function(number));
}

bool Script::string(const Action& action) {
    for (std::string const& argument : action.arguments) {
        for (char32_t c : characters(argument)) {
            serve([&] { return session_.keyboard().lock() != Lock::System; }, for_ever);
            if (session_.keyboard().lock() != Lock::None) return fail("Keyboard locked");
            if (c == U'\n' || c == U'\r')
                attention(aid::enter);
            else if (c == U'\t')
                session_.press({terminal::Action::Tab});
            else
                session_.type(c);
        }
    }
    bool const good = session_.keyboard().lock() == Lock::None;
    if (!good) {
        data_.push_back("Keyboard locked");
        data_.push_back("Operator error");
    }
    return good;
}

bool Script::move_cursor(const Action& action) {
    Size const size = session_.screen().size();
    bool const from_one = action.name.ends_with('1');
    std::vector<u32> values;
    for (std::string const& argument : action.arguments)
        values.push_back(static_cast<u32>(std::strtoul(argument.c_str(), nullptr, 10)));
    if (values.empty() || values.size() > 2) return fail("MoveCursor() takes one or two arguments");
    if (from_one)
        for (u32& value : values) value -= value > 0 ? 1 : 0;
    u32 const at = values.size() == 1 ? values[0]
                                      : std::min(values[0], size.rows - 1) * size.columns +
                                            std::min(values[1], size.columns - 1);
    if (at >= size.cells()) return fail("Cursor position");
    session_.press({.action = terminal::Action::MoveCursor, .position = at});
    return true;
}

bool Script::text(const Action& action) {
    std::string const name = lower(action.name);
    Coding const coding = name.starts_with("ebcdic") ? Coding::Ebcdic : Coding::Ascii;
    Size const size = session_.screen().size();
    if (name == "readbuffer") {
        Coding wanted = Coding::Ascii;
        bool field = false;
        for (std::string const& argument : action.arguments) {
            if (lower(argument) == "ebcdic") wanted = Coding::Ebcdic;
            if (lower(argument) == "field") field = true;
        }
        data_ = field ? field_text(session_, wanted) : buffer_text(session_, wanted);
        return true;
    }
    if (name.ends_with("field")) {
        auto const field = session_.screen().field_of(session_.screen().cursor());
        u32 const start = field ? session_.screen().next(*field) : 0;
        u32 length = 0;
        for (u32 at = start; !session_.screen().at(at).field && length < size.cells();
             at = session_.screen().next(at))
            ++length;
        std::string line;
        for (u32 i = 0; i < length; ++i)
            line += (coding == Coding::Ebcdic && i > 0 ? " " : "") +
                    cell_text(session_, (start + i) % size.cells(), coding);
        data_.push_back(line);
        return true;
    }
    std::vector<u32> values;
    for (std::string const& argument : action.arguments)
        values.push_back(static_cast<u32>(std::strtoul(argument.c_str(), nullptr, 10)));
    if (name.ends_with('1'))
        for (usize i = 0; i < 2 && i < values.size() && values.size() > 1; ++i)
            values[i] -= values[i] > 0 ? 1 : 0;
    u32 start = 0, length = size.cells();
    if (values.size() == 1) length = values[0];
    if (values.size() == 3) {
        start = values[0] * size.columns + values[1];
        length = values[2];
    }
    if (values.size() == 4) {
        if (values[0] + values[2] > size.rows || values[1] + values[3] > size.columns)
            return fail(action.name + ": Invalid argument");
        for (u32 row = 0; row < values[2]; ++row)
            for (auto& line : cells_text(session_, (values[0] + row) * size.columns + values[1],
                                         values[3], coding))
                data_.push_back(std::move(line));
        return true;
    }
    if (values.size() == 2 || values.size() > 4 || start > size.cells() ||
        length > size.cells() - start)
        return fail(action.name + ": Invalid argument");
    data_ = cells_text(session_, start, length, coding);
    return true;
}

bool Script::query(const Action& action) {
    Screen const& screen = session_.screen();
    u32 const cursor = screen.cursor(), columns = screen.size().columns;
    auto const size = [](Size s) {
        return "rows " + std::to_string(s.rows) + " columns " + std::to_string(s.columns);
    };
    std::vector<std::pair<std::string, std::string>> const facts{
        {"CodePage", session_.options().codepage},
        {"ConnectionState", session_.in_3270_mode() ? "connected-3270"
                            : session_.connected()  ? "connected-nvt"
                                                    : "not-connected"},
        {"Cursor", std::to_string(cursor / columns) + ' ' + std::to_string(cursor % columns)},
        {"Cursor1", "row " + std::to_string(cursor / columns + 1) + " column " +
                        std::to_string(cursor % columns + 1) + " offset " + std::to_string(cursor)},
        {"Formatted", screen.formatted() ? "formatted" : "unformatted"},
        {"Host",
         session_.connected() ? "host " + session_.host() + ' ' + session_.target().port : ""},
        {"LuName", session_.target().lu},
        {"Refused", session_.refused()},
        {"ScreenSizeCurrent", size(screen.size())},
        {"ScreenSizeMax", size(screen.alternate_size())},
        {"TerminalName", session_.options().terminal_type()},
    };
    for (auto const& [name, value] : facts) {
        if (action.arguments.empty())
            data_.push_back(name + ':' + (value.empty() ? "" : ' ' + value));
        else if (lower(action.arguments[0]) == lower(name)) {
            data_.push_back(value);
            return true;
        }
    }
    return action.arguments.empty() || fail("Query: Unknown parameter");
}

bool Script::wait(const Action& action) {
    double limit = for_ever;
    std::string what = "inputfield";
    for (std::string const& argument : action.arguments) {
        if (argument.find_first_not_of("0123456789.") == std::string::npos)
            limit = std::strtod(argument.c_str(), nullptr);
        else
            what = lower(argument);
    }
    if (!session_.connected()) return fail("Wait(): Not connected");
    auto const unlocked = [&] { return session_.keyboard().lock() == Lock::None; };
    auto const met = [&]() -> bool {
        if (what == "disconnect" || !session_.connected()) return !session_.connected();
        if (what == "output") return session_.records() != seen_;
        if (what == "unlock") return unlocked();
        if (what == "3270mode" || what == "3270") return session_.in_3270_mode();
        Screen const& screen = session_.screen();
        return unlocked() && session_.in_3270_mode() &&
               (!screen.formatted() || !screen.protected_at(screen.cursor()));
    };
    if (what == "output") seen_ = session_.records();
    if (what == "seconds") return serve([] { return false; }, limit), true;
    if (!serve(met, limit)) return fail("Wait(): Timed out");
    return session_.connected() || what == "disconnect" || fail("Wait(): Disconnected");
}

bool Script::connect(const Action& action) {
    if (session_.connected()) return fail("Already connected");
    if (action.arguments.empty()) return fail("Connect() needs a host");
    std::string const why = session_.connect(Target::parse(action.arguments[0]));
    if (!why.empty()) return fail("Connect(): " + why);
    serve([&] { return !session_.connected() || session_.records() > 0; }, for_ever);
    return session_.connected() || fail("Connect(): Disconnected");
}

} // namespace terminal
