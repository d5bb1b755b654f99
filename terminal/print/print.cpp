#include "terminal/print/print.h"

#include "terminal/model/cell_character.h"
#include "terminal/print/style.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <memory>
#include <optional>
#include <strings.h>

namespace terminal::print {
namespace {

std::string character_at(const Session& session, u32 position) {
    Cell const& cell = session.screen().at(position);
    std::string text;
    if (hidden(session.screen(), position))
        text = " ";
    else if (!is_right_half(cell))
        append_utf8(text, shown_of(cell, session.codepage()));
    return text;
}

std::string escaped(const std::string& text) {
    std::string out;
    for (char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '&')
            out += "&amp;";
        else
            out += c;
    }
    return out;
}

std::string span(const Style& style) {
    return std::string("<span style=\"color:") + colour(style.foreground).name +
           ";background:" + colour(style.background).name +
           ";font-weight:" + (style.bold ? "bold" : "normal") +
           ";font-style:normal;text-decoration:" + (style.underscore ? "underline" : "none") +
           "\">";
}

std::string caption_of(const std::string& text) {
    std::time_t const time = std::time(nullptr);
    char now[40];
    std::strftime(now, sizeof now, "%Y-%m-%d %H:%M:%S", std::localtime(&time));
    std::string caption = text;
    for (usize at = 0; (at = caption.find("%T%", at)) != std::string::npos;)
        caption.replace(at, 3, now);
    return caption;
}

} // namespace

std::string parse(const std::vector<std::string>& arguments, Request& request) {
    bool to_file = false, to_command = false;
    usize i = 0;
    auto const is = [&](const char* word) { return strcasecmp(arguments[i].c_str(), word) == 0; };
    auto const wrong = [](const char* why) { return std::string("PrintText(): ") + why; };
    for (; i < arguments.size(); ++i) {
        if (is("file")) {
            to_file = true;
        } else if (is("html")) {
            request.form = Form::Html;
        } else if (is("png")) {
            request.form = Form::Png;
        } else if (is("modi") || is("secure")) {
            // field marks in italics, and no file that others can read: nothing differs here
        } else if (is("append")) {
            request.append = true;
        } else if (is("replace")) {
            request.append = false;
        } else if (is("string")) {
            request.string = true;
        } else if (is("command")) {
            to_command = true;
        } else if (is("caption")) {
            if (++i == arguments.size()) return wrong("missing caption parameter");
            request.caption = arguments[i];
        } else {
            break;
        }
    }
    usize const left = arguments.size() - i;
    if (left > 1 || (left == 1 && request.string)) return wrong("extra arguments");
    if (request.string && request.form == Form::Png) return wrong("a picture needs a file");
    if (to_file && left == 0) return wrong("missing filename");
    if (to_command && left == 0) return wrong("missing command");
    if (to_file) request.file = arguments[i];
    if (!to_file && left == 1) request.command = arguments[i];
    if (!to_file && left == 0) request.command = "lpr";
    if (to_file && request.form == Form::Text && form_of(request.file) == Form::Png)
        request.form = Form::Png;
    return {};
}

Form form_of(const std::string& file) {
    auto const ends = [&](const char* with) {
        usize const length = std::strlen(with);
        return file.size() > length && strcasecmp(file.c_str() + file.size() - length, with) == 0;
    };
    return ends(".png") ? Form::Png : ends(".html") || ends(".htm") ? Form::Html : Form::Text;
}

std::string text_of(const Session& session) {
    std::string text;
    Size const size = session.screen().size();
    for (u32 at = 0; at < size.cells(); ++at) {
        text += character_at(session, at);
        if ((at + 1) % size.columns == 0) text += '\n';
    }
    return text;
}

std::string html_of(const Session& session, const std::string& caption) {
    Screen const& screen = session.screen();
    Size const size = screen.size();
    std::string text = "<html>\n<head>\n <meta http-equiv=\"Content-Type\" content=\"text/html; "
                       "charset=UTF-8\">\n</head>\n <body>\n";
    if (!caption.empty()) text += "<p>" + escaped(caption_of(caption)) + "</p>\n";
    Style now = base_style(session, 0);
    text += "  <table border=0><tr bgcolor=black><td><pre>" + span(now);
    for (u32 at = 0; at < size.cells(); ++at) {
        if (at > 0 && at % size.columns == 0) text += '\n';
        Style const style = style_of(session, at);
        if (!(style == now)) text += "</span>" + span(style);
        now = style;
        text += escaped(character_at(session, at));
    }
    return text + "</span></pre></td></tr>\n  </table>\n </body>\n</html>\n";
}

std::string print(const Session& session, const Request& request, std::string& result) {
    std::string error;
    switch (request.form) {
    case Form::Text:
        if (!request.caption.empty()) result = caption_of(request.caption) + "\n\n";
        result += text_of(session);
        break;
    case Form::Html: result = html_of(session, request.caption); break;
    case Form::Png: result = png_of(session, error); break;
    }
    if (!error.empty()) return "PrintText(): " + error;
    if (request.string) return {};
    bool const append = request.append && request.form == Form::Text;
    bool const pipe = request.file.empty();
    std::FILE* const file = pipe ? popen(request.command.c_str(), "w")
                                 : std::fopen(request.file.c_str(), append ? "a" : "w");
    if (file == nullptr) return "PrintText(): " + request.file + ": " + std::strerror(errno);
    bool good = std::fwrite(result.data(), 1, result.size(), file) == result.size();
    int const closed = pipe ? pclose(file) : std::fclose(file);
    if (pipe && closed != 0)
        return "Printer process exited with status " + std::to_string(closed >> 8);
    good = good && closed == 0;
    return good ? "" : "PrintText(): " + request.file + ": " + std::strerror(errno);
}

} // namespace terminal::print
