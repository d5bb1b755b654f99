// The screen on paper: PrintText() as s3270 has it, and pictures.
#pragma once

#include "terminal/session/session.h"

#include <string>
#include <vector>

namespace terminal::print {

enum class Form : u8 { Text, Html, Png };

struct Request {
    Form form = Form::Text;
    bool string = false; // the result is handed back
    bool append = true;  // to the file, if it is text
    bool modified_italic = false;
    std::string file;    // else:
    std::string command; // that gets it on standard input
    std::string caption; // %T% is date and time
};

// From the arguments of PrintText(). What is wrong, or an empty text.
std::string parse(const std::vector<std::string>& arguments, Request& request);

// By the end of a file's name: .html, .png, others text.
Form form_of(const std::string& file);

// Why it could not be printed, or an empty text. `result` is for Request::string.
std::string print(const Session& session, const Request& request, std::string& result);

// The forms. A picture that cannot be made says why in `error`.
std::string text_of(const Session& session);
std::string html_of(const Session& session, const std::string& caption);
std::string png_of(const Session& session, std::string& error);

} // namespace terminal::print
