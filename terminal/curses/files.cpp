// Commands that have to do with files: transfer with its progress, print, trace.
#include "terminal/curses/terminal_view.h"
#include "terminal/print/print.h"

#include <chrono>
#include <ctime>

namespace terminal {
namespace {

constexpr u32 bar_width = 20;

// [#########...........] 45% 88 KB
std::string bar(u64 done, u64 total) {
    std::string amount = std::to_string((done + 512) / 1024) + " KB";
    if (total == 0) return amount;
    u64 const part = std::min<u64>(done, total);
    u32 const filled = static_cast<u32>(part * bar_width / total);
    return '[' + std::string(filled, '#') + std::string(bar_width - filled, '.') + "] " +
           std::to_string(part * 100 / total) + "% " + amount;
}

} // namespace

// Transfer(option=value, ...) as in scripts; Transfer(Cancel).
std::string TerminalView::start_transfer(const Command& command) {
    auto& current = station_.transfer;
    bool const running = current && current->running();
    if (command.arguments.size() == 1 && same_name(command.arguments[0], "Cancel")) {
        if (!running) return "no transfer";
        return current->cancel() ? "transfer cancelled" : "transfer is being cancelled";
    }
    if (running) return "a transfer is going on: Transfer(Cancel)";
    transfer::Request request;
    if (std::string why = transfer::parse(command.arguments, request); !why.empty()) return why;
    current.reset();
    current = std::make_unique<transfer::Transfer>(session_, request);
    return current->start();
}

void TerminalView::watch_transfer() {
    if (!station_.transfer) return;
    transfer::Transfer& transfer = *station_.transfer;
    transfer.check_time(transfer::Transfer::Clock::now());
    if (transfer.running()) {
        scene_.notice = bar(transfer.bytes(), transfer.total());
        return;
    }
    std::string const& message = transfer.message();
    scene_.notice = message.substr(0, message.find('\n')); // behind it, only the speed
    station_.transfer.reset();
}

// Without a name the screen goes to one that says when.
std::string TerminalView::print_screen(const std::string& file) const {
    print::Request request;
    request.file = file;
    if (file.empty()) {
        std::time_t const time = std::time(nullptr);
        char name[48];
        std::strftime(name, sizeof name, "screen-%Y%m%d-%H%M%S.png", std::localtime(&time));
        request.file = name;
    }
    request.form = print::form_of(request.file);
    std::string result;
    std::string const why = print::print(session_, request, result);
    return why.empty() ? "printed to " + request.file : why;
}

// Trace(FILE) begins, Trace(Off) ends.
std::string TerminalView::trace(const std::string& what) {
    if (what.empty() || same_name(what, "Off")) {
        session_.trace(nullptr);
        bool const was = station_.trace != nullptr;
        station_.trace.reset();
        return was ? "trace ended" : "Trace(FILE) or Trace(Off)";
    }
    auto fresh = std::make_unique<trace::TraceFile>(what, session_);
    if (!fresh->error().empty()) return what + ": " + fresh->error();
    session_.trace(fresh.get());
    station_.trace = std::move(fresh);
    return "trace to " + what;
}

} // namespace terminal
