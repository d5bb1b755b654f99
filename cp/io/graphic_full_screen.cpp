// Full-screen mode of a 3270: whose screen it is, and the virtual machine's own I/O.
#include "cp/io/graphic_terminal.h"
#include "s370/machine/storage.h"

namespace cp {

using namespace s370::ds3270;

namespace {

constexpr u8 command_of(FullScreen::Order order) {
    switch (order) {
    case FullScreen::Order::Write: break;
    case FullScreen::Order::Erase: return command::erase_write;
    case FullScreen::Order::EraseAlternate: return command::erase_write_alternate;
    case FullScreen::Order::StructuredField: return command::write_structured_field;
    }
    return command::write;
}

constexpr bool erases(FullScreen::Order order) {
    return order == FullScreen::Order::Erase || order == FullScreen::Order::EraseAlternate;
}

} // namespace

// A structured field answers the machine's own; keys are its while it has the screen,
// but for PA1, and for that too when it leaves one unread.
bool GraphicTerminal::for_machine(std::span<const u8> received) const {
    u8 const key = received.empty() ? aid::none : received[0];
    if (key == aid::structured_field) return owner_ != Owner::Cp;
    if (owner_ != Owner::Machine) return false;
    return key != aid::pa1 || (keeps_pa1_ && unread_ == 0);
}

// CP has something to show, or to ask.
void GraphicTerminal::take_screen() {
    if (owner_ != Owner::Machine) return;
    owner_ = Owner::Lost;
    screen_.reopen();
    if (user_ != nullptr) user_->screen_attention();
}

void GraphicTerminal::end_full_screen() {
    if (owner_ == Owner::Cp) return;
    if (owner_ == Owner::Machine) screen_.reopen();
    owner_ = Owner::Cp;
    unread_ = 0;
    answer_awaited_ = speaks_fields_ = false;
    kick();
}

FullScreen::End GraphicTerminal::operation_end(const IoResult& result) {
    kick();
    if (!judge(result)) return {.gone = true};
    bool const checked = (result.csw.status & s370::status::unit_check) != 0;
    u8 const sense = result.sense_length > 0 ? result.sense[0] : u8{0};
    return {.status = static_cast<u16>(checked ? s370::status::unit_check : 0), .sense = sense};
}

Task<FullScreen::End> GraphicTerminal::write_screen(Order order, bool keeps_pa1,
                                                    std::span<const u8> stream) {
    while (reading_) co_await room_.change();
    if (owner_ != Owner::Machine) {
        if (!erases(order)) co_return End{.status = mode_lost};
        u32 const drops = drops_;
        while (connected_ && drops == drops_ &&
               (reading_ || reader_ != nullptr || screen_.unseen())) {
            if (reader_ == nullptr && screen_.ask_to_clear()) kick();
            co_await room_.change();
        }
        if (!connected_ || drops != drops_) co_return End{.gone = true};
        if (machine_input_ == nullptr)
            machine_input_ = static_cast<u8*>(free_storage::take(longest_machine_input));
        if (machine_input_ == nullptr)
            co_return End{.status = s370::status::unit_check,
                          .sense = s370::sense::equipment_check};
        owner_ = Owner::Machine;
        speaks_fields_ = false;
        // The machine is not to read the key that made room for it.
        static constexpr u8 restore[] = {s370::ds3270::graphic(wcc::restore_keyboard)};
        if (screen_.locked()) {
            std::span<const u8> const unlocking(restore);
            wrote(restore[0]);
            Task<IoResult> writing = run(machine_program_, command::write, unlocking);
            co_await writing;
        }
    }
    if (erases(order)) keeps_pa1_ = keeps_pa1;
    // A write forgets the key that was pressed before it.
    if (order != Order::StructuredField && unread_ > 0 &&
        machine_input_[0] != aid::structured_field)
        unread_ = 0;
    answer_awaited_ = order == Order::StructuredField;
    answer_endangered_ = false;
    speaks_fields_ = speaks_fields_ || answer_awaited_;
    if (!answer_awaited_ && !stream.empty()) wrote(stream[0]);
    poll_timer_.cancel();
    start_poll_timer();
    Task<IoResult> writing = run(machine_program_, command_of(order), stream);
    IoResult const result = co_await writing;
    co_return operation_end(result);
}

Task<FullScreen::End> GraphicTerminal::read_screen(bool modified) {
    while (reading_) co_await room_.change();
    if (owner_ != Owner::Machine) co_return End{.status = mode_lost};
    if (modified && unread_ > 0)
        co_return End{.input = {machine_input_, std::exchange(unread_, usize{0})}};
    machine_reading_ = true;
    std::span<const u8> const room(machine_input_, longest_machine_input);
    Task<IoResult> reading =
        run(machine_program_, modified ? command::read_modified : command::read_buffer, room);
    IoResult const result = co_await reading;
    machine_reading_ = false;
    End end = operation_end(result);
    if (end.gone || !result.ok() || result.csw.count > longest_machine_input) co_return end;
    end.input = {machine_input_, static_cast<usize>(longest_machine_input - result.csw.count)};
    // What was read is not to be read again for the attention that came with it, or comes yet.
    if (key_of(end.input) != aid::none) key_ = echo_ = key_of(end.input);
    if (!end.input.empty() && end.input[0] != aid::none)
        device_.unsolicited_status &= static_cast<u16>(~s370::status::attention);
    co_return end;
}

} // namespace cp
