#include "cp/guest/paper.h"

#include "cp/io/real_io.h"
#include "s370/machine/storage.h"

#include <algorithm>

namespace cp::paper {

using namespace s370;

namespace {

constexpr u32 line_length = 132, text_column = 16, text_length = line_length - text_column;
constexpr u32 most_lines = 256, lines_at_once = 16;
constexpr u8 continued = 0x00, write_and_space = 0x09;
constexpr u8 first_graphic = 0x40, last_graphic = 0xFE;

struct PrintLine : Link<PrintLine> {
    u32 length = 0;
    u8 text[line_length];
};

// A channel program of several lines.
struct Page {
    Ccw program[lines_at_once];
    PrintLine* lines[lines_at_once];
    u32 count;
};

constinit List<PrintLine> waiting_lines;
constinit u32 waiting_count = 0;
constinit bool started = false;
constinit Signal more;

void add(Text userid, DeviceAddress from, u8 command, std::span<const u8> data) {
    auto* const line = free_storage::create<PrintLine>();
    if (line == nullptr) return;
    Line<line_length> head;
    head << userid;
    head.at(9).hex(from.value, 3) << ' '_e;
    head.hex(command, 2) << ' '_e;
    std::fill_n(line->text, line_length, u8{0x40});
    Text const text = head;
    std::copy(text.begin(), text.end(), line->text);
    for (usize i = 0; i < data.size(); ++i)
        if (data[i] > first_graphic && data[i] <= last_graphic)
            line->text[text_column + i] = data[i];
    line->length = text_column + static_cast<u32>(data.size());
    waiting_lines.push_back(*line);
    ++waiting_count;
}

void take_lines(Page& page) {
    page.count = 0;
    while (page.count < lines_at_once) {
        PrintLine* const line = waiting_lines.pop_front();
        if (line == nullptr) break;
        --waiting_count;
        page.lines[page.count] = line;
        page.program[page.count++] =
            Ccw(write_and_space, machine::real_address(line->text),
                Ccw::ChainCommand | Ccw::SuppressLength, static_cast<u16>(line->length));
    }
    if (page.count != 0) page.program[page.count - 1].flags = Ccw::SuppressLength;
}

Task<> serve(RealDevice& printer, Page* page) {
    for (;;) {
        take_lines(*page);
        if (page->count == 0) {
            co_await more;
            continue;
        }
        for (;;) {
            Task<IoResult> request = printer.run(page->program);
            IoResult const result = co_await request;
            if (result.ok() || result.condition_code != 0) break;
            co_await printer.attention; // out of paper: until it is made ready
        }
        for (u32 i = 0; i < page->count; ++i) free_storage::destroy(page->lines[i]);
    }
}

} // namespace

void start(RealDevice& printer) {
    Page* const page = free_storage::create<Page>();
    if (page == nullptr || started) return;
    started = true;
    spawn(serve(printer, page));
}

void print(Text userid, DeviceAddress from, u8 command, std::span<const u8> data) {
    if (!started) return;
    for (; data.size() > text_length; data = data.subspan(text_length))
        add(userid, from, continued, data.first(text_length));
    add(userid, from, command, data);
    more.set();
}

bool crowded() { return waiting_count > most_lines; }

} // namespace cp::paper
