#include "cp/guest/virtual_console.h"

#include "cp/api/display_ccw.h"
#include "cp/base/free_storage.h"
#include "cp/guest/channel_program.h"
#include "cp/guest/pause.h"
#include "cp/guest/virtual_machine.h"

namespace cp {

using namespace s370;

namespace {

namespace console_command {
constexpr u8 write = 0x01, read = 0x02, alarm = 0x0B, write_return = 0x09, read_echo = 0x0A,
             read_inhibited = 0x0E;
} // namespace console_command

constexpr u16 ended = status::channel_end | status::device_end;
constexpr u32 longest_line = 2031;

} // namespace

VirtualConsole* attach_console(VirtualMachine& vm, DeviceAddress address, u16 type,
                               u8 spool_class) {
    if (vm.io.find(address) != nullptr) return nullptr;
    auto* const console = free_storage::create<VirtualConsole>(vm, address, type, spool_class);
    if (console == nullptr) return nullptr;
    vm.io.attach(*console);
    vm.console_address = address;
    return console;
}

bool present_attention(VirtualMachine& vm) {
    VirtualDevice* const device = vm.io.find(vm.console_address);
    VirtualConsole* const console = device == nullptr ? nullptr : device->as_console();
    if (console != nullptr) console->attention();
    return console != nullptr;
}

DeviceIdentity VirtualConsole::identity() const {
    return {device_class::terminal, 0, type_, "CONS"_e};
}

bool VirtualConsole::describe(u32 index, Line<80>& line) const {
    Terminal* const terminal = owner().session == nullptr ? nullptr : owner().session->terminal();
    switch (index) {
    case 0:
        if (terminal == nullptr) {
            line << "DISCONNECTED   TERM STOP"_e;
        } else {
            line << "ON "_e << (terminal->graphic() ? "GRAF "_e : "DEV  "_e);
            line.hex(terminal->address().value, 3) << "    TERM STOP"_e;
        }
        return true;
    case 1:
        line << "CL "_e << spool_class_ << "  NOCONT NOHOLD CPY  01 "_e;
        line << (ready_ ? "   READY"_e : "NOTREADY"_e);
        return true;
    case 2:
        line << "FOR "_e << owner().userid.padded() << " DIST "_e << owner().distribution.text();
        return true;
    default: return false;
    }
}

void VirtualConsole::attention() {
    if (!attention_pending()) present_device_status(status::attention);
}

u16 VirtualConsole::refuse(u8 sense) {
    sense_ = sense;
    return ended | status::unit_check;
}

void VirtualConsole::alarm() {
    sense_ = 0;
    Terminal* const terminal = owner().session == nullptr ? nullptr : owner().session->terminal();
    if (terminal != nullptr) terminal->alarm();
}

void VirtualConsole::sense_command(ChannelWalker& walker) {
    walker.give(sense());
    sense_ = 0;
}

void VirtualConsole::start(const ProgramStart& program) {
    halted_ = false;
    set_busy(true);
    spawn(run(program));
}

Task<> VirtualConsole::run(ProgramStart program) {
    VirtualIo::Hold const hold(owner().io); // reads and writes are its session's
    DeviceOperation const operation(*this);
    ChannelWalker walker(owner().storage, program);
    CommandEnd end{ended};
    for (u32 executed = 1;; ++executed) {
        if (!walker.fetch()) break;
        u8 const command = walker.ccw().command;
        end = {ended};
        if (command == command::noop) {
        } else if (command == command::sense) {
            sense_command(walker);
        } else if (command == command::sense_id) {
            walker.identify(type_, type_, 0);
        } else if (command == console_command::alarm) {
            alarm();
        } else if (!ready_) { // (what SENSE has not fetched stays)
            end.status = refuse(sense::intervention_required);
        } else if (command == console_command::read || command == console_command::read_echo ||
                   command == console_command::read_inhibited) {
            Task<CommandEnd> reading = read(walker, operation);
            end = co_await reading;
        } else if (command == console_command::write || command == console_command::write_return) {
            Task<CommandEnd> writing = write(walker, operation);
            end = co_await writing;
        } else if (command == display_ccw::display_lines && program.display) {
            Task<CommandEnd> displaying = display(walker, operation);
            end = co_await displaying;
        } else if (command == display_ccw::write_screen && program.display) {
            Task<CommandEnd> writing = write_screen(walker, operation);
            end = co_await writing;
        } else if (command == display_ccw::read_screen && program.display) {
            Task<CommandEnd> reading = read_screen(walker, operation);
            end = co_await reading;
        } else {
            end.status = refuse(sense::command_reject);
        }
        if (end.gone) co_return;
        if (!walker.goes_on(end.status)) break;
        if (executed % commands_between_pauses == 0) {
            Task<> waiting = pause();
            co_await waiting;
            if (operation.gone()) co_return;
        }
    }
    present(walker.csw(end.status), walker.program_controlled());
}

Task<VirtualConsole::CommandEnd> VirtualConsole::write(ChannelWalker& walker,
                                                       const DeviceOperation& operation) {
    bool const carriage_return = walker.ccw().command == console_command::write_return;
    free_storage::Buffer const buffer(longest_line);
    if (!buffer.there()) co_return CommandEnd{refuse(sense::equipment_check)};
    u32 const length = walker.take(buffer.span());
    walker.end_data(false);
    if (walker.check() != 0) co_return CommandEnd{ended};
    if (length == longest_line && walker.incorrect_length()) {
        walker.add_check(status::program_check);
        co_return CommandEnd{ended};
    }

    back_to_lines();
    if (owner().session != nullptr) {
        Task<> typing = owner().session->write(Text(buffer.span().data(), length), carriage_return);
        co_await typing;
    }
    co_return CommandEnd{ended, operation.gone()};
}

Task<VirtualConsole::CommandEnd> VirtualConsole::read(ChannelWalker& walker,
                                                      const DeviceOperation& operation) {
    if (owner().session == nullptr) co_return CommandEnd{refuse(sense::intervention_required)};
    back_to_lines();
    reading_ = true;
    Task<Input> request = owner().session->read_virtual();
    Input const input = co_await request;
    if (operation.gone()) co_return CommandEnd{0, true};
    reading_ = false;

    Text const line = input.line.text();
    switch (input.kind) {
    case Input::Kind::Line: {
        u32 const length = static_cast<u32>(line.size());
        u32 const moved = walker.put({line.data(), line.size()});
        walker.end_data(moved < length);
        co_return CommandEnd{ended};
    }
    case Input::Kind::Attention:
        if (!attention_pending()) {
            walker.end_data(false);
            present_device_status(status::attention);
            co_return CommandEnd{ended};
        }
        owner().session->enter_cp({});
        co_return CommandEnd{ended | status::unit_exception};
    default: co_return CommandEnd{halted_ ? ended : u16{ended | status::unit_exception}};
    }
}

// Only by DIAGNOSE 58, and only on a 3270.
Task<VirtualConsole::CommandEnd> VirtualConsole::display(ChannelWalker& walker,
                                                         const DeviceOperation& operation) {
    Terminal* const terminal = owner().session == nullptr ? nullptr : owner().session->terminal();
    if (terminal == nullptr || !terminal->graphic()) {
        co_return CommandEnd{refuse(sense::command_reject)};
    }
    back_to_lines();
    u8 const control = walker.ccw().ignored;
    if (control == display_ccw::clear_only) {
        Task<> clearing = terminal->clear();
        co_await clearing;
        co_return CommandEnd{ended, operation.gone()};
    }
    free_storage::Buffer const buffer(longest_line);
    if (!buffer.there()) co_return CommandEnd{refuse(sense::equipment_check)};
    u32 const length = walker.take(buffer.span());
    walker.end_data(false);
    if (walker.check() == 0) {
        Task<> showing =
            terminal->display(control & display_ccw::line, Text(buffer.span().data(), length),
                              (control & display_ccw::clear_first) != 0);
        co_await showing;
    }
    co_return CommandEnd{ended, operation.gone()};
}

void VirtualConsole::halt() {
    if (!reading_) return;
    halted_ = true;
    owner().session->cancel_virtual_read();
}

void VirtualConsole::reset() {
    VirtualDevice::reset();
    back_to_lines();
    sense_ = 0;
    if (reading_ && owner().session != nullptr) owner().session->cancel_virtual_read();
    reading_ = false;
}

} // namespace cp
