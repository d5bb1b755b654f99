// Actions on the session: connecting, waiting, settings, transfer, trace.
#include "terminal/headless/interpreter.h"

#include <algorithm>
#include <cstdlib>

namespace terminal {

namespace {

std::chrono::steady_clock::duration duration_of(double seconds) {
    return std::chrono::duration_cast<std::chrono::steady_clock::duration>(
        std::chrono::duration<double>(seconds));
}

bool is_number(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789.") == std::string::npos;
}

} // namespace

Progress Interpreter::connect(const Action& action) {
    if (session().connected()) return fail("Already connected");
    std::string const why = session().connect(Target::parse(action.arguments[0]));
    if (!why.empty()) return fail("Connection failed:\n" + why);
    return connected();
}

Progress Interpreter::connected() {
    return wait([this] {
        if (session().socket() < 0)
            return fail("Connection failed:" +
                        (session().failure().empty() ? "" : "\n" + session().failure()));
        return session().records() > 0 ? Progress::Good : Progress::Waiting;
    });
}

Progress Interpreter::reconnect(const Action& action) {
    if (session().connected()) return fail(call(action) + ": Already connected");
    Target const target = session().target();
    if (target.host.empty()) return fail(call(action) + ": No previous host to connect to");
    std::string const why = session().connect(target);
    return why.empty() ? connected() : fail("Connection failed:\n" + why);
}

Progress Interpreter::disconnect(const Action&) {
    session().disconnect();
    return Progress::Good;
}

// Wait([seconds,] condition [, operands]); a number alone means an input field.
Progress Interpreter::wait_for(const Action& action) {
    std::vector<std::string> arguments = action.arguments;
    double seconds = -1;
    if (!arguments.empty() && is_number(arguments[0])) {
        seconds = std::strtod(arguments[0].c_str(), nullptr);
        arguments.erase(arguments.begin());
    }
    std::string what = arguments.empty() ? "inputfield" : lower_case(arguments[0]);
    if (!arguments.empty()) arguments.erase(arguments.begin());
    bool const places = what == "cursorat" || what == "inputfieldat" || what == "stringat";
    if (!places && !arguments.empty())
        return fail("Too many arguments to Wait ()or invalid timeout value");
    if (places) return await_place(what, seconds, arguments);
    static constexpr const char* conditions[] = {"inputfield", "nvtmode",    "ansi",
                                                 "3270mode",   "3270",       "output",
                                                 "seconds",    "disconnect", "unlock"};
    bool const known =
        std::find(std::begin(conditions), std::end(conditions), what) != std::end(conditions);
    if (!known || (what == "seconds" && seconds < 0))
        return fail("Wait(): Parameter must be inputfield, nvtmode, 3270mode, output, seconds, "
                    "disconnect or unlock");
    return await(what, seconds, "Wait");
}

// CursorAt and InputFieldAt take row and column, or an offset; StringAt a text behind them.
Progress Interpreter::await_place(const std::string& what, double seconds,
                                  std::vector<std::string> arguments) {
    std::string text;
    if (what == "stringat") {
        if (arguments.size() < 2) return fail("Wait(): StringAt requires a place and a string");
        text = arguments.back();
        arguments.pop_back();
    }
    bool good = arguments.size() == 1 || arguments.size() == 2;
    for (std::string const& argument : arguments)
        good = good && !argument.empty() &&
               argument.find_first_not_of("0123456789") == std::string::npos;
    if (!good) return fail("Wait(): " + what + " requires row and column or an offset");
    auto const value = [&](usize i) {
        return static_cast<u32>(std::strtoul(arguments[i].c_str(), nullptr, 10));
    };
    Screen const& screen = session().screen();
    u32 const at =
        arguments.size() == 1 ? value(0) : (value(0) - 1) * screen.size().columns + value(1) - 1;
    if (at >= screen.size().cells()) return fail("Wait(): Invalid place");
    return await_condition(
        [this, what, at, text] {
            Picture const picture(session());
            if (what == "stringat") {
                std::string shown;
                u32 const count = static_cast<u32>(from_utf8(text).size());
                for (u32 i = 0; i < count; ++i)
                    shown +=
                        cell_text(picture, (at + i) % picture.screen.size().cells(), Coding::Ascii);
                return shown == text;
            }
            bool const field = what != "inputfieldat" ||
                               (session().keyboard().lock() == Lock::None &&
                                !picture.screen.at(at).field && !picture.screen.protected_at(at));
            return picture.screen.cursor() == at && field;
        },
        seconds, "Wait");
}

// A host that wants input has formatted the screen and put the cursor somewhere.
bool Interpreter::awaits_input() const {
    bool const free = !session().keyboard().with_host();
    if (session().in_text_mode()) return free;
    if (session().mode() == Telnet::Mode::System) return true;
    Screen const& screen = session().screen();
    return session().in_3270_mode() && screen.formatted() && screen.cursor() != 0 &&
           (free || !station_.aid_wait);
}

Progress Interpreter::await(const std::string& what, double seconds, const std::string& name) {
    if (what == "seconds") {
        return wait([] { return Progress::Waiting; }, Clock::now() + duration_of(seconds));
    }
    if (!session().connected()) return fail(name + "(): Not connected");
    if (what == "disconnect") {
        return wait([this] { return session().connected() ? Progress::Waiting : Progress::Good; },
                    seconds < 0 ? std::nullopt : std::optional(Clock::now() + duration_of(seconds)),
                    [this] { return fail("Wait(): Timed out"); });
    }
    return await_condition(
        [this, what] {
            if (what == "output") return session().records() != seen_;
            if (what == "unlock") return !session().keyboard().with_host();
            bool const text = session().in_text_mode();
            if (what.starts_with("3270") && !session().in_3270_mode()) return false;
            return (text || (what != "nvtmode" && what != "ansi")) && awaits_input();
        },
        seconds, name);
}

Progress Interpreter::await_condition(std::function<bool()> met, double seconds,
                                      const std::string& name) {
    return wait(
        [this, met = std::move(met), name] {
            if (!session().connected()) return fail(name + "(): Host disconnected");
            return met() ? Progress::Good : Progress::Waiting;
        },
        seconds < 0 ? std::nullopt : std::optional(Clock::now() + duration_of(seconds)),
        [this, name] { return fail(name + "(): Timed out"); });
}

// Trace(), Trace(on [, file]), Trace(off)
Progress Interpreter::trace(const Action& action) {
    if (action.arguments.empty()) {
        data_.push_back(station_.trace ? "Tracing is enabled, file: " + station_.trace->path() + '.'
                                       : "Tracing is disabled.");
        return Progress::Good;
    }
    bool on = false;
    if (!truth(action.arguments[0], on)) return fail("Trace(): Parameter must be on or off");
    return switch_trace(on, action.arguments.size() == 2 ? action.arguments[1] : "");
}

Progress Interpreter::switch_trace(bool on, std::string path) {
    if (!on) {
        session().trace(nullptr);
        station_.trace.reset();
        return Progress::Good;
    }
    if (station_.trace) return Progress::Good;
    if (path.empty()) path = "term370.trace";
    auto fresh = std::make_unique<trace::TraceFile>(path, session());
    if (!fresh->error().empty()) return fail(path + ": " + fresh->error());
    station_.trace = std::move(fresh);
    session().trace(station_.trace.get());
    return Progress::Good;
}

Progress Interpreter::transfer(const Action& action) {
    if (!session().in_3270_mode()) return fail("Transfer(): Not connected in 3270 mode");
    auto& current = station_.transfer;
    bool const running = current && current->running();
    if (action.arguments.size() == 1 && lower_case(action.arguments[0]) == "cancel") {
        if (!running)
            data_.push_back("No transfer pending.");
        else
            data_.push_back(current->cancel() ? "Canceled." : "Cancel initiated.");
        return Progress::Good;
    }
    if (running) return fail("Transfer(): File transfer in progress");
    transfer::Request request;
    if (std::string const why = transfer::parse(action.arguments, request); !why.empty())
        return fail(why);
    if (request.buffer_size == 0) request.buffer_size = station_.transfer_buffer;
    current.reset();
    current = std::make_unique<transfer::Transfer>(session(), request);
    if (std::string const why = current->start(); !why.empty()) return fail(why);
    return wait([this] { return transfer_end(); }, Clock::now() + transfer::Transfer::start_limit,
                [this] {
                    station_.transfer->check_time(Clock::now());
                    return wait([this] { return transfer_end(); });
                });
}

Progress Interpreter::transfer_end() {
    transfer::Transfer const& transfer = *station_.transfer;
    if (transfer.running()) return Progress::Waiting;
    fail(transfer.message()); // its lines, good or bad
    return transfer.good() ? Progress::Good : Progress::Bad;
}

} // namespace terminal
