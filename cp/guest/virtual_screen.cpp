// The full-screen commands of the virtual console (DIAGNOSE 58): X'29' writes and X'2A' reads as
// its control byte says.
#include "cp/api/display_ccw.h"
#include "cp/guest/channel_program.h"
#include "cp/guest/virtual_console.h"
#include "cp/guest/virtual_machine.h"

namespace cp {

using namespace s370;

namespace {

constexpr u16 ended = status::channel_end | status::device_end;

constexpr FullScreen::Order order_of(u8 byte) {
    if ((byte & display_ccw::alternate) == display_ccw::alternate)
        return FullScreen::Order::EraseAlternate;
    if ((byte & display_ccw::erase) != 0) return FullScreen::Order::Erase;
    if ((byte & display_ccw::structured_field) != 0) return FullScreen::Order::StructuredField;
    return FullScreen::Order::Write;
}

} // namespace

FullScreen* VirtualConsole::full_screen() const {
    Terminal* const terminal = owner().session == nullptr ? nullptr : owner().session->terminal();
    return terminal == nullptr ? nullptr : terminal->full_screen();
}

void VirtualConsole::back_to_lines() {
    if (FullScreen* const screen = full_screen()) screen->end_full_screen();
}

VirtualConsole::CommandEnd VirtualConsole::screen_end(const FullScreen::End& end,
                                                      const DeviceOperation& operation) {
    if (operation.gone()) return {0, true};
    if (end.gone) return {refuse(sense::intervention_required)};
    sense_ = end.sense;
    return {static_cast<u16>(ended | end.status)};
}

Task<VirtualConsole::CommandEnd> VirtualConsole::write_screen(ChannelWalker& walker,
                                                              const DeviceOperation& operation) {
    FullScreen* const screen = full_screen();
    if (screen == nullptr) co_return CommandEnd{refuse(sense::command_reject)};
    Ccw const ccw = walker.ccw();
    u32 const room =
        (ccw.flags & Ccw::ChainData) == 0 ? u32{ccw.count} : FullScreen::longest_stream;
    free_storage::Buffer const buffer(room);
    if (!buffer.there()) co_return CommandEnd{refuse(sense::equipment_check)};
    u32 const length = walker.take(buffer.span());
    walker.end_data(false);
    if (room > FullScreen::longest_stream) walker.add_check(status::program_check);
    if (walker.check() != 0) co_return CommandEnd{ended};
    bool const keeps_pa1 = (ccw.ignored & display_ccw::keep_pa1) != 0;
    Task<FullScreen::End> writing =
        screen->write_screen(order_of(ccw.ignored), keeps_pa1, buffer.span().first(length));
    FullScreen::End const end = co_await writing;
    co_return screen_end(end, operation);
}

Task<VirtualConsole::CommandEnd> VirtualConsole::read_screen(ChannelWalker& walker,
                                                             const DeviceOperation& operation) {
    FullScreen* const screen = full_screen();
    if (screen == nullptr) co_return CommandEnd{refuse(sense::command_reject)};
    bool const modified = (walker.ccw().ignored & display_ccw::read_modified) != 0;
    Task<FullScreen::End> reading = screen->read_screen(modified);
    FullScreen::End const end = co_await reading;
    if (!operation.gone()) {
        u32 const moved = walker.put(end.input);
        walker.end_data(moved < end.input.size());
    }
    co_return screen_end(end, operation);
}

} // namespace cp
