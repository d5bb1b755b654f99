#include "cms/api/console.h"

#include "cms/api/svc.h"

namespace cms::api {
namespace {

void typlin(Text line, u8 edit) {
    line = line.without_trailing_blanks().substr(0, line_limit);
    TyplinPlist list{};
    list.function = "TYPLIN"_e;
    list.text = {1, address_of(line.data())};
    list.colour = 'B'_e;
    list.edit = edit;
    list.length = static_cast<u16>(line.size());
    svc202(&list);
}

} // namespace

void type_line(Text line) { typlin(line, 0); }
void type_prompt(Text line) { typlin(line, typlin_flag::no_carriage_return); }
void type_message(Text line) { typlin(line, typlin_flag::error_message); }

Text read_line(std::span<u8> buffer, Input translation) {
    if (buffer.size() < line_limit) return {};
    WaitrdPlist list{};
    list.function = "WAITRD"_e;
    list.buffer = {1, address_of(buffer.data())};
    list.code = translation == Input::Upper ? 'U'_e : 'S'_e;
    if (svc202(&list) != 0) return {};
    return Text(buffer.data(), std::min<usize>(list.length, line_limit)).without_trailing_blanks();
}

u32 stacked_lines() { return nucon().numfinrd; }

void stack_line(Text line, bool last_in_first_out) {
    line = line.substr(0, line_limit);
    AttnPlist list{};
    list.function = "ATTN"_e;
    list.order = last_in_first_out ? "LIFO"_e : "FIFO"_e;
    list.line = {static_cast<u8>(line.size()), address_of(line.data())};
    svc202(&list);
}

void clear_stack() { svc202(Plist<1>("DESBUF"_e).data()); }

bool typing_halted() { return (nucon().msgflags & msgflags::no_typing) != 0; }
// The nucleus takes these two lines as orders, not as input.
void halt_typing(bool halted) { stack_line(halted ? "HT"_e : "RT"_e); }

} // namespace cms::api
