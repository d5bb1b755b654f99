// Actions that tell what is on the screen.
#include "terminal/headless/interpreter.h"
#include "terminal/headless/screen_text.h"
#include "terminal/print/print.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>

namespace terminal {

namespace {

std::optional<u32> number(const std::string& text) {
    char* end = nullptr;
    u64 const value = std::strtoul(text.c_str(), &end, 10);
    if (text.empty() || *end != 0) return 0; // as s3270's atoi
    return static_cast<u32>(std::min<u64>(value, 0xFFFFFF));
}

// Whether it is the beginning of that name, or all of it.
bool abbreviates(const std::string& text, const std::string& name) {
    return lower_case(name).starts_with(lower_case(text));
}

std::string time_text(std::optional<std::chrono::seconds> time) {
    if (!time) return {};
    char text[40];
    i64 const seconds = time->count();
    std::snprintf(text, sizeof text, "%02lld:%02lld:%02lld", static_cast<long long>(seconds / 3600),
                  static_cast<long long>(seconds / 60 % 60), static_cast<long long>(seconds % 60));
    return text;
}

// Ascii, Ebcdic and their like, from a picture; false with why it cannot be.
bool text_of(const Picture& picture, const std::string& name,
             const std::vector<std::string>& arguments, std::vector<std::string>& lines) {
    std::string const kind = lower_case(name);
    Coding const coding = kind.starts_with("ebcdic") ? Coding::Ebcdic : Coding::Ascii;
    Size const size = picture.screen.size();
    if (kind.ends_with("field")) {
        auto const field = picture.screen.field_of(picture.screen.cursor());
        if (!field) {
            lines.push_back(name + "(): Screen is not formatted");
            return false;
        }
        u32 const start = picture.screen.next(*field);
        u32 length = 0;
        for (u32 at = start; !picture.screen.at(at).field; at = picture.screen.next(at)) ++length;
        lines = cells_text(picture, start, length, coding);
        return true;
    }
    std::vector<u32> values;
    values.reserve(arguments.size());
    for (std::string const& argument : arguments) values.push_back(number(argument).value_or(0));
    if (values.size() == 2 || values.size() > 4) {
        lines.push_back(name + " requires 0, 1, 3 or 4 arguments");
        return false;
    }
    if (kind.ends_with('1') && values.size() > 1)
        for (usize i = 0; i < 2; ++i) {
            if (values[i] == 0) {
                lines.push_back(name + ": Invalid argument");
                return false;
            }
            --values[i];
        }
    u32 start = 0, length = size.cells();
    if (values.size() == 1) {
        length = values[0];
        start = picture.screen.cursor();
    } else if (values.size() == 3) {
        start = values[0] * size.columns + values[1];
        length = values[2];
    } else if (values.size() == 4) {
        if (values[0] + values[2] > size.rows || values[1] + values[3] > size.columns) {
            lines.push_back(name + ": Invalid argument");
            return false;
        }
        for (u32 row = 0; row < values[2]; ++row)
            for (auto& line : cells_text(picture, (values[0] + row) * size.columns + values[1],
                                         values[3], coding))
                lines.push_back(std::move(line));
        return true;
    }
    if (start > size.cells() || length > size.cells() - start) {
        lines.push_back(name + ": Invalid argument");
        return false;
    }
    lines = cells_text(picture, start, length, coding);
    if (lines.empty()) lines.emplace_back();
    return true;
}

bool buffer_of(const Picture& picture, const std::string& name,
               const std::vector<std::string>& arguments, std::vector<std::string>& lines) {
    Coding coding = Coding::Ascii;
    bool field = false;
    for (std::string const& argument : arguments) {
        if (abbreviates(argument, "ascii"))
            coding = Coding::Ascii;
        else if (abbreviates(argument, "ebcdic"))
            coding = Coding::Ebcdic;
        else if (abbreviates(argument, "unicode"))
            coding = Coding::Unicode;
        else if (abbreviates(argument, "field"))
            field = true;
        else {
            lines.push_back(name + "(): Parameter must be ascii, ebcdic, unicode or field");
            return false;
        }
    }
    if (field && !picture.screen.formatted()) {
        lines.push_back(name + "(): no field");
        return false;
    }
    lines = field ? field_text(picture, coding) : buffer_text(picture, coding);
    return true;
}

} // namespace

Progress Interpreter::read_text(const Action& action) {
    std::vector<std::string> lines;
    seen_ = session().records();
    bool const good = text_of(Picture(session()), action.name, action.arguments, lines);
    data_.insert(data_.end(), lines.begin(), lines.end());
    return good ? Progress::Good : Progress::Bad;
}

Progress Interpreter::read_buffer(const Action& action) {
    std::vector<std::string> lines;
    seen_ = session().records();
    bool const good = buffer_of(Picture(session()), action.name, action.arguments, lines);
    data_.insert(data_.end(), lines.begin(), lines.end());
    return good ? Progress::Good : Progress::Bad;
}

Progress Interpreter::snap(const Action& action) {
    std::vector<std::string> arguments = action.arguments;
    std::string const what = arguments.empty() ? "save" : lower_case(arguments[0]);
    if (!arguments.empty()) arguments.erase(arguments.begin());
    if (what == "save") {
        seen_ = session().records();
        picture_ = std::make_shared<const Picture>(session());
        return Progress::Good;
    }
    if (what == "wait") {
        double seconds = -1;
        if (!arguments.empty() &&
            arguments[0].find_first_not_of("0123456789.") == std::string::npos) {
            seconds = std::strtod(arguments[0].c_str(), nullptr);
            arguments.erase(arguments.begin());
        }
        if (arguments.size() != 1 || lower_case(arguments[0]) != "output")
            return fail("Snap(): Parameter must be Output");
        return await("output", seconds, "Snap");
    }
    static constexpr const char* readers[] = {"ascii", "ascii1", "ebcdic", "ebcdic1"};
    bool const reads = std::find(std::begin(readers), std::end(readers), what) != std::end(readers);
    if (what != "status" && what != "rows" && what != "cols" && what != "readbuffer" && !reads)
        return fail("Snap(): Parameter must be save, status, rows, cols, Wait, Ascii, Ascii1, "
                    "Ebcdic, Ebcdic1 or ReadBuffer");
    if (!picture_) return fail("Snap(): No saved state");
    if (what == "status") return data_.push_back(picture_->status), Progress::Good;
    Size const size = picture_->screen.size();
    if (what == "rows") return data_.push_back(std::to_string(size.rows)), Progress::Good;
    if (what == "cols") return data_.push_back(std::to_string(size.columns)), Progress::Good;
    std::vector<std::string> lines;
    std::string const& name = action.arguments[0];
    bool const good = reads ? text_of(*picture_, name, arguments, lines)
                            : buffer_of(*picture_, name, arguments, lines);
    data_.insert(data_.end(), lines.begin(), lines.end());
    return good ? Progress::Good : Progress::Bad;
}

// Text outside the 3270 mode, since it was asked for last.
Progress Interpreter::nvt_text(const Action&) {
    std::string& line = data_.emplace_back();
    for (char const c : session().heard()) {
        char octal[5] = {c};
        if (u8 const code = static_cast<u8>(c); code < 0x20)
            std::snprintf(octal, sizeof octal, "\\%03o", code);
        line += c == '\n'   ? "\\n"
                : c == '\r' ? "\\r"
                : c == '\b' ? "\\b"
                : c == '\\' ? "\\\\"
                            : octal;
    }
    session().forget_heard(session().heard().size());
    return Progress::Good;
}

std::vector<std::pair<std::string, std::string>> Interpreter::facts() const {
    Screen const& screen = session().screen();
    u32 const cursor = screen.cursor(), columns = screen.size().columns;
    auto const size = [](Size s) {
        return "rows " + std::to_string(s.rows) + " columns " + std::to_string(s.columns);
    };
    auto const count = [this](const Session::Counts& counts) {
        std::string text;
        if (session().in_3270_mode()) text = "records " + std::to_string(counts.records) + ' ';
        return session().connected() ? text + "bytes " + std::to_string(counts.bytes) : "";
    };
    std::string const& page = session().options().codepage;
    std::string const tls = !session().connected() ? ""
                            : session().secure()   ? "secure"
                                                   : "not secure";
    return {
        {"Actions", names()},
        {"BindPluName", session().application()},
        {"CodePage",
         page + " sbcs gcsgid 697 cpgid " + std::to_string(session().codepage().ccsid())},
        {"CodePages", "037 273 277 278 280 284 285 297 500 1047 bracket"},
        {"ConnectTime", time_text(session().connect_time())},
        {"ConnectionState", session().state()},
        {"Cursor", std::to_string(cursor / columns) + ' ' + std::to_string(cursor % columns)},
        {"Cursor1", "row " + std::to_string(cursor / columns + 1) + " column " +
                        std::to_string(cursor % columns + 1) + " offset " + std::to_string(cursor)},
        {"Formatted", screen.formatted() ? "formatted" : "unformatted"},
        {"Host",
         session().connected() ? "host " + session().host() + ' ' + session().target().port : ""},
        {"LocalEncoding", "UTF-8"},
        {"LuName", session().lu()},
        {"Model", session().options().terminal_type()},
        {"Prefixes", "LNY"},
        {"Proxy", ""},
        {"Refused", session().refused()},
        {"ScreenCurSize", std::to_string(screen.size().rows) + ' ' + std::to_string(columns)},
        {"ScreenMaxSize", std::to_string(screen.alternate_size().rows) + ' ' +
                              std::to_string(screen.alternate_size().columns)},
        {"ScreenSizeCurrent", size(screen.size())},
        {"ScreenSizeMax", size(session().options().alternate())},
        {"ScreenTraceFile", ""},
        {"Ssl", tls},
        {"StatsRx", count(session().received())},
        {"StatsTx", count(session().sent())},
        {"TelnetHostOptions", session().options_of_host()},
        {"TelnetMyOptions", session().options_of_terminal()},
        {"TerminalName", session().options().terminal_type()},
        {"Tls", tls},
        {"Tn3270eOptions", session().extended_functions()},
        {"TraceFile", station_.trace ? station_.trace->path() : ""},
        {"Version", "term370"},
    };
}

Progress Interpreter::query(const Action& action) {
    // Those that Query() alone leaves out, as older names, or shortens.
    static const std::set<std::string> older{"Cursor", "Model", "ScreenCurSize", "ScreenMaxSize",
                                             "Ssl"},
        longer{"Actions", "CodePages"};
    std::vector<std::pair<std::string, std::string>> found;
    for (auto const& fact : facts()) {
        if (action.arguments.empty() && !older.contains(fact.first)) {
            std::string const shown = longer.contains(fact.first) ? "..." : fact.second;
            data_.push_back(fact.first + ':' + (shown.empty() ? "" : ' ' + shown));
        } else if (!action.arguments.empty() && abbreviates(action.arguments[0], fact.first)) {
            found.push_back(fact);
        }
    }
    if (action.arguments.empty()) return Progress::Good;
    if (found.empty()) return fail(action.name + ": Unknown parameter");
    // A whole name comes before the longer ones that begin with it.
    if (found.size() > 1 && found[0].first.size() != action.arguments[0].size())
        return fail(action.name + ": Ambiguous parameter");
    data_.push_back(found[0].second);
    return Progress::Good;
}

Progress Interpreter::print_text(const Action& action) {
    print::Request request;
    if (std::string const why = print::parse(action.arguments, request); !why.empty())
        return fail(why);
    std::string text;
    if (std::string const why = print::print(session(), request, text); !why.empty())
        return fail(why);
    if (!request.string) return Progress::Good;
    for (usize at = 0; at < text.size();) {
        usize const end = std::min(text.find('\n', at), text.size());
        data_.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return Progress::Good;
}

} // namespace terminal
