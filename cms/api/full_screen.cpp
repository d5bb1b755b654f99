#include "cms/api/full_screen.h"

#include "cms/api/display.h"
#include "cms/api/svc.h"

extern "C" {
// Of screen_interruption.S.
volatile u8 cms_screen_status[12];
void cms_screen_interruption();
}

namespace cms::api {
namespace {

constexpr Text console_name = "CON1"_e;

struct HndintList {
    Name8 function{"HNDINT"_e};
    Name<4> order;
    HndintItem console{};
    u8 fence[4] = {0xFF, 0xFF, 0xFF, 0xFF};
};

struct WaitList {
    Name8 function{"WAIT"_e};
    Name<4> device{console_name};
    Be32 end{0};
    Be32 found{0};
};

u16 halfword(u32 at) {
    return static_cast<u16>(cms_screen_status[at] << 8 | cms_screen_status[at + 1]);
}
u16 at_channel_end() { return halfword(8); }
u16 residual() { return halfword(10); }
// One byte each, which one instruction clears.
volatile u8& attention_came() { return cms_screen_status[0]; }
volatile u8& channel_ended() { return cms_screen_status[1]; }

} // namespace

FullScreen::FullScreen() {
    attention_came() = 0;
    channel_ended() = 0;
    handle(true);
}

FullScreen::~FullScreen() { handle(false); }

void FullScreen::handle(bool on) {
    HndintList list;
    list.order = on ? "SET"_e : "CLR"_e;
    list.console.name = console_name;
    list.console.routine = address_of(reinterpret_cast<const void*>(&cms_screen_interruption));
    list.console.device = static_cast<u16>(console_address());
    list.console.when = 'A'_e;
    svc202(&list);
}

void FullScreen::wait() {
    WaitList list;
    svc202(&list);
}

void FullScreen::wait_for_attention() {
    while (attention_came() == 0) wait();
    attention_came() = 0;
}

void FullScreen::forget_attention() { attention_came() = 0; }

FullScreen::Result FullScreen::write(std::span<const u8> stream, u8 control) {
    return run(cp::display_ccw::write_screen, control, stream.data(),
               static_cast<u32>(stream.size()));
}

FullScreen::Result FullScreen::read(std::span<u8> buffer, u32& length) {
    u32 const room = std::min<u32>(static_cast<u32>(buffer.size()), 0xFFFF);
    Result const result =
        run(cp::display_ccw::read_screen, cp::display_ccw::read_modified, buffer.data(), room);
    length = result == Result::Done ? room - std::min<u32>(residual(), room) : 0;
    return result;
}

FullScreen::Result FullScreen::run(u8 command, u8 control, const u8* data, u32 length) {
    namespace bit = s370::status;
    s370::Ccw const program = cp::display_ccw::make(
        command, control, address_of(data), s370::Ccw::SuppressLength, static_cast<u16>(length));
    channel_ended() = 0;
    for (;;) {
        u32 const condition_code = run_display(&program);
        if (condition_code == 0) break;
        if (condition_code == 3) return Result::Failed;
        // The status of something else: stored now, or an interruption that is to come.
        if (condition_code == 2)
            wait();
        else if ((s370::Csw::from(nucon().csw).status & bit::attention) != 0)
            attention_came() = 1;
        else
            return Result::Failed;
    }
    while (channel_ended() == 0) wait();
    u16 const ended = at_channel_end();
    if ((ended & bit::unit_check) != 0 && (ended & bit::attention) != 0) return Result::Lost;
    bool const good = (ended & static_cast<u16>(~(bit::channel_end | bit::device_end |
                                                  bit::attention | bit::incorrect_length))) == 0;
    return good ? Result::Done : Result::Failed;
}

} // namespace cms::api
