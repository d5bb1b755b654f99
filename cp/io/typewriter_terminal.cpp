#include "cp/io/typewriter_terminal.h"

#include "cp/io/line_splitter.h"
#include "s370/machine/storage.h"

namespace cp {
namespace {

constexpr u8 write_same_line = 0x01, write_line = 0x09, read_inquiry = 0x0A, sound_alarm = 0x0B;

constexpr u8 printable(u8 c) { return c < 0x40 || c == 0xFF ? u8{0x40} : c; }

} // namespace

Task<> TypewriterTerminal::serve() {
    Signal& wake = device_.attention;
    for (bool fresh = true;; fresh = false) {
        serving_ = true;
        service_.serve(*this, fresh);
        while (serving_) {
            co_await wake;
            u16 const status = std::exchange(device_.unsolicited_status, u16{0});
            if ((status & s370::status::attention) != 0) co_await read_line();
        }
    }
}

Task<> TypewriterTerminal::read_line() {
    read_program_ = {read_inquiry, machine::real_address(typed_), s370::Ccw::SuppressLength,
                     sizeof typed_};
    IoResult result;
    result = co_await device_.run(&read_program_, true);
    if (!result.ok() || result.csw.count > sizeof typed_) co_return;

    Text const line{typed_, sizeof typed_ - result.csw.count};
    if (reader_ != nullptr)
        finish_read(Input::Kind::Line, line);
    else if (user_ != nullptr && !user_->unsolicited(line))
        co_await write_row("NOT ACCEPTED"_e, true);
}

Task<> TypewriterTerminal::write(Text line, bool carriage_return) {
    LineSplitter splitter(line, width);
    Text row;
    for (bool more = splitter.next(row); more;) {
        Text const now = row;
        bool const ended = splitter.ended();
        more = splitter.next(row);
        co_await write_row(now, carriage_return || ended || more);
    }
}

Task<> TypewriterTerminal::write_row(Text row, bool carriage_return) {
    alignas(8) u8 bytes[width]{};
    alignas(8) s370::Ccw program;
    usize length = 0;
    for (u8 c : row.substr(0, width)) bytes[length++] = printable(c);
    if (length == 0) bytes[length++] = 0x40; // a count of zero is no CCW
    program = {carriage_return ? write_line : write_same_line, machine::real_address(bytes),
               s370::Ccw::SuppressLength, static_cast<u16>(length)};
    IoResult result;
    result = co_await device_.run(&program, true);
}

Task<Input> TypewriterTerminal::read(ReadMode) {
    VERIFY(reader_ == nullptr, Abend::GRF001);
    Reader reader;
    reader_ = &reader;
    co_await reader.done;
    co_return reader.input;
}

void TypewriterTerminal::finish_read(Input::Kind kind, Text line) {
    if (reader_ == nullptr) return;
    Reader& reader = *std::exchange(reader_, nullptr);
    reader.input.kind = kind;
    reader.input.line << line;
    reader.done.set();
}

void TypewriterTerminal::alarm() { spawn(sound()); }

Task<> TypewriterTerminal::sound() {
    alignas(8) s370::Ccw program;
    program = {::cp::sound_alarm, 0, s370::Ccw::SuppressLength, 1};
    IoResult result;
    result = co_await device_.run(&program, true);
}

Task<> TypewriterTerminal::display(u32, Text text, bool) { co_await write(text, true); }

void TypewriterTerminal::release() {
    user_ = nullptr;
    serving_ = false;
    device_.attention.set();
}

} // namespace cp
