#include "terminal/command_line.h"

#include <cstdlib>

namespace terminal {

const char* const usage =
    "term370 [options] [[L:][Y:][N:][LU[,LU]...@]HOST:PORT]\n"
    "  --model 3279-4-E      model 2 to 5 of a 3278 or 3279; else the largest that fits\n"
    "  --oversize 160x60     columns and rows, or `window` for all of the window\n"
    "  --codepage 1047       037 1047 273 277 278 280 284 285 297 500 ... or bracket\n"
    "  --tn IBM-3278-2       what the host is told of the terminal\n"
    "  --theme green         colour, green, amber or white\n"
    "  --cursor underline    block or underline; --no-blink for one that stands still\n"
    "  --panel off           on or off; else where there is room\n"
    "  --keymap FILE         keys of your own (docs/terminal.md)\n"
    "  --numeric-lock        numeric fields take only digits, sign and point\n"
    "  --tls                 TLS from the first byte on, as L: before the host\n"
    "  --cafile FILE         certificates (PEM) to trust instead of the system's\n"
    "  --noverifycert        takes any certificate, as Y: before the host\n"
    "  --notn3270e           plain TN3270 only, as N: before the host\n"
    "  --reconnect           connects again when the host has closed\n"
    "  --monocase            shows capitals only\n"
    "  --script FILE         actions as s3270 has them, from a file; without a window\n"
    "  --headless            the same from standard input\n"
    "  --scriptport PORT     the same from programs that connect to 127.0.0.1:PORT\n"
    "  --trace FILE          what goes over the line, in bytes and in words\n"
    "  --replay FILE         plays such a file, or one of x3270's, as the host\n"
    "In the window, Ctrl-] h shows the keys.\n";

namespace {

class Parser {
  public:
    explicit Parser(const std::vector<std::string>& arguments) : arguments_(arguments) {}

    CommandLine run() {
        while (at_ < arguments_.size() && line_.wrong.empty()) {
            std::string const& word = arguments_[at_++];
            if (!word.starts_with("-"))
                host(word);
            else if (!option(word.substr(word.starts_with("--") ? 2 : 1)))
                line_.wrong = "what is " + word + "?";
        }
        return line_;
    }

  private:
    void host(const std::string& word) {
        if (!line_.host.empty()) line_.wrong = "one host at a time: " + word;
        line_.host = word;
    }

    // The operand of the option before; `good` says whether it is one.
    template <typename Good>
    bool operand(const char* what, Good good) {
        std::string const text = at_ < arguments_.size() ? arguments_[at_++] : "";
        if (text.empty() || !good(text)) line_.wrong = std::string("no such ") + what + ": " + text;
        return true;
    }
    bool take(std::string& into, const char* what) {
        return operand(what, [&](const std::string& text) { return into = text, true; });
    }

    bool option(const std::string& name) {
        if (name == "model")
            return operand("model", [&](const std::string& text) {
                line_.fit.model = false;
                return line_.options.set_model(text);
            });
        if (name == "oversize")
            return operand("size", [&](const std::string& text) {
                line_.fit.window = text == "window";
                return line_.fit.window || line_.options.set_oversize(text);
            });
        if (name == "theme")
            return operand("theme", [&](const std::string& text) {
                auto const theme = theme_named(text);
                line_.looking.theme = theme.value_or(Theme::Colour);
                return theme.has_value();
            });
        if (name == "cursor")
            return operand("cursor", [&](const std::string& text) {
                line_.looking.cursor.underline = text == "underline";
                return text == "underline" || text == "block";
            });
        if (name == "panel")
            return operand("panel", [&](const std::string& text) {
                line_.looking.panel = text == "on" ? Panel::On : Panel::Off;
                return text == "on" || text == "off";
            });
        if (name == "codepage" || name == "charset")
            return take(line_.options.codepage, "code page");
        if (name == "tn") return take(line_.options.name, "terminal name");
        if (name == "cafile") return take(line_.options.authorities, "file");
        if (name == "keymap") return take(line_.keymap, "keymap");
        if (name == "scriptport")
            return operand("port", [&](const std::string& text) {
                char* end = nullptr;
                // s3270's has an address before it: there is none but this one.
                usize const address = text.starts_with("127.0.0.1:") ? 10 : 0;
                u64 const port = std::strtoul(text.c_str() + address, &end, 10);
                line_.script_port = static_cast<u16>(port);
                return *end == 0 && port <= 0xFFFF;
            });
        if (name == "trace") return take(line_.trace, "trace");
        if (name == "replay") return take(line_.replay, "trace");
        if (name == "script") return unseen(), take(line_.script, "script");
        return flag(name);
    }

    // No window, but in the place of s3270.
    bool unseen() { return line_.headless = line_.options.sparse_text = true; }

    bool flag(const std::string& name) {
        if (name == "headless") return unseen();
        if (name == "help") return line_.help = true;
        if (name == "no-blink") return line_.looking.cursor.blinking = false, true;
        if (name == "numeric-lock") return line_.numeric_lock = true;
        if (name == "tls") return line_.options.tls = true;
        if (name == "noverifycert") return line_.options.verify = false, true;
        if (name == "notn3270e") return line_.options.extended = false, true;
        if (name == "reconnect") return line_.options.reconnect = true;
        if (name == "monocase") return line_.looking.rendering.upper_case = true;
        return name == "utf8"; // as s3270 is started; here always
    }

    const std::vector<std::string>& arguments_;
    usize at_ = 0;
    CommandLine line_;
};

} // namespace

CommandLine parse_command_line(const std::vector<std::string>& arguments) {
    return Parser(arguments).run();
}

} // namespace terminal
