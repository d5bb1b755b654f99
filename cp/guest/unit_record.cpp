#include "cp/guest/unit_record.h"

#include "cp/base/free_storage.h"
#include "cp/guest/card_deck.h"
#include "cp/guest/channel_program.h"
#include "cp/guest/paper.h"
#include "cp/guest/pause.h"
#include "cp/guest/virtual_machine.h"

#include <utility>

namespace cp {

using namespace s370;

namespace {

constexpr u16 ended = status::channel_end | status::device_end;
constexpr u32 card_length = 80;
constexpr u8 write_kind = 0x01, control_kind = 0x03; // low bits of a printer's commands

template <typename T, typename... Arguments>
T* attach(VirtualMachine& vm, DeviceAddress address, Arguments... arguments) {
    if (vm.io.find(address) != nullptr) return nullptr;
    T* const device = free_storage::create<T>(vm, address, arguments...);
    if (device != nullptr) vm.io.attach(*device);
    return device;
}

// QUERY VIRTUAL right-aligns its words in fields.
void right_aligned(Line<80>& line, Text word, usize width) {
    for (usize i = word.size(); i < width; ++i) line << ' '_e;
    line << word;
}

} // namespace

VirtualReader* attach_reader(VirtualMachine& vm, DeviceAddress address, u16 type, u8 spool_class) {
    return attach<VirtualReader>(vm, address, type, spool_class);
}
VirtualOutput* attach_punch(VirtualMachine& vm, DeviceAddress address, u16 type, u8 spool_class) {
    return attach<VirtualOutput>(vm, address, type, spool_class, true);
}
VirtualOutput* attach_printer(VirtualMachine& vm, DeviceAddress address, u16 type, u8 spool_class) {
    return attach<VirtualOutput>(vm, address, type, spool_class, false);
}

// --- All of them -------------------------------------------------------------------

void UnitRecord::reset() {
    VirtualDevice::reset();
    sense_[0] = 0;
}

u16 UnitRecord::refuse(u8 sense) {
    sense_[0] = sense;
    return ended | status::unit_check;
}

u16 UnitRecord::no_data(ChannelWalker&) const { return ended; }

u16 UnitRecord::command(ChannelWalker& walker) {
    u8 const command = walker.ccw().command;
    if (command == command::noop) return no_data(walker);
    if (command == command::sense) {
        walker.give(sense());
        sense_[0] = 0;
        return ended;
    }
    // A 2540 is older than sense id.
    if (command == command::sense_id && type_ != 0x2540) {
        walker.identify(0x2821, type_, 1);
        return ended;
    }
    if (!ready_) return refuse(sense::intervention_required);
    return perform(walker);
}

void UnitRecord::end(const ChannelWalker& walker, u16 unit_status) {
    present(walker.csw(unit_status), walker.program_controlled());
}

void UnitRecord::start(const ProgramStart& program) {
    set_busy(true);
    if (crowded()) {
        spawn(run(program, false));
        return;
    }
    ChannelWalker walker(owner().storage, program);
    for (u32 executed = 0; executed < commands_between_pauses; ++executed) {
        if (!walker.fetch()) return end(walker, ended);
        u16 const status = command(walker);
        if (!walker.goes_on(status)) return end(walker, status);
    }
    // Longer than a sane program: it goes on while others run. Its first part was done.
    ProgramStart rest = program;
    rest.ipl = false;
    rest.caw = Caw{(program.caw.bits & 0xF0000000) | ((walker.address() + 8) & 0xFFFFFF)};
    spawn(run(rest, true));
}

Task<> UnitRecord::run(ProgramStart program, bool begun) {
    DeviceOperation const operation(*this);
    ChannelWalker walker(owner().storage, program);
    if (begun) walker.continue_chain();
    u16 status = ended;
    for (u32 executed = 0;; ++executed) {
        while (executed % commands_between_pauses == 0 || crowded()) {
            Task<> waiting = pause();
            co_await waiting;
            if (operation.gone()) co_return;
            if (!crowded()) break;
        }
        if (!walker.fetch()) break;
        status = command(walker);
        if (!walker.goes_on(status)) break;
    }
    end(walker, status);
}

void UnitRecord::describe_owner(Line<80>& line) const {
    line << "FOR "_e << owner().userid.padded() << " DIST "_e << owner().distribution.padded();
}

// --- Reader ------------------------------------------------------------------------

DeviceIdentity VirtualReader::identity() const {
    u8 const type = type_ == 0x2501 ? 0x81 : type_ == 0x3505 ? 0x84 : 0x82;
    return {device_class::input, type, type_, "RDR "_e};
}

bool VirtualReader::describe(u32 index, Line<80>& line) const {
    if (index != 0) return false;
    line << "CL "_e << spool_class_ << "  NOCONT NOHOLD   EOF  "_e;
    right_aligned(line, ready_ ? "READY"_e : "NOTREADY"_e, 8);
    return true;
}

bool VirtualReader::load(CardSource& deck) {
    if (deck_ != nullptr) return false;
    deck_ = &deck;
    begun_ = false;
    if (!busy()) present_device_status(status::device_end);
    return true;
}

void VirtualReader::take_out() {
    delete std::exchange(deck_, nullptr);
    begun_ = false;
}

void VirtualReader::reset() {
    UnitRecord::reset();
    if (begun_) take_out();
}

// Decks that came while another was read, or while the user was not logged on.
bool VirtualReader::find_deck() {
    if (deck_ == nullptr) deck_ = take_waiting_deck(owner().userid.text());
    return deck_ != nullptr;
}

// x2 and xA read the next card; x3 and xB, which select a stacker, find it fed already.
u16 VirtualReader::perform(ChannelWalker& walker) {
    u8 const command = walker.ccw().command;
    if ((command & 0x17) == 0x02) return read_card(walker);
    if ((command & 0x37) == 0x23)
        return find_deck() ? no_data(walker) : refuse(sense::intervention_required);
    return refuse(sense::command_reject);
}

u16 VirtualReader::no_data(ChannelWalker& walker) const {
    walker.use_up();
    return ended;
}

u16 VirtualReader::read_card(ChannelWalker& walker) {
    if (!find_deck()) return refuse(sense::intervention_required);
    u8 card[card_length];
    std::fill_n(card, card_length, u8{0x40});
    begun_ = true;
    if (deck_->read(card) == 0) {
        // The end of the deck is told once; then the reader is empty.
        take_out();
        return ended | status::unit_exception;
    }
    walker.give(card);
    return ended;
}

// --- Punch and printer -------------------------------------------------------------

DeviceIdentity VirtualOutput::identity() const {
    if (punch_) return {device_class::output, u8(type_ == 0x3525 ? 0x84 : 0x82), type_, "PUN "_e};
    u8 const type = type_ == 0x3211   ? 0x42
                    : type_ == 0x1443 ? 0x44
                    : type_ == 0x3203 ? 0x49
                    : type_ == 0x3800 ? 0x45
                                      : 0x41;
    return {device_class::output, type, type_, "PRT "_e};
}

bool VirtualOutput::describe(u32 index, Line<80>& line) const {
    switch (index) {
    case 0:
        line << "CL "_e << spool_class_ << "  NOCONT NOHOLD CPY  01 "_e;
        right_aligned(line, ready_ ? "READY"_e : "NOTREADY"_e, 8);
        return true;
    case 1:
        describe_owner(line);
        if (!punch_) line << "  FLASHC 00"_e;
        return true;
    case 2:
        if (punch_) return false;
        line << "FLASH       CHAR       MDFY       FCB     "_e;
        return true;
    default: return false;
    }
}

namespace {

// Bit 0: skip to channel 1-12 of the carriage tape. Else space 0-3 lines.
bool carriage_control(u8 command, u8 kind) {
    u8 const operand = command >> 3 & 0x0F;
    if ((command & 0x87) == (0x80 | kind)) return operand >= 1 && operand <= 12;
    return (command & 0xE7) == kind && (kind == write_kind || operand != 0);
}

// The loading and gating of buffers that CP's printers do not have. The first are no control
// commands to the channel, which would be at once through with their count.
bool buffer_control(u8 command) { return command == 0x73 || command == 0x7B || command == 0xEB; }
bool takes_its_count(u8 command) { return command == 0x23 || command == 0x43; }

// Tests of the device: reading what was checked, and three that end, though refused.
constexpr u8 read_check = 0x06;
bool refused_test(u8 command) { return command == 0x07 || command == 0x0A || command == 0x12; }

} // namespace

u16 VirtualOutput::perform(ChannelWalker& walker) {
    u8 const command = walker.ccw().command;
    if (punch_) {
        bool const punches = (command & 0x3F) == 0x01 && (command & 0xC0) != 0xC0;
        return punches ? write(walker, card_length) : refuse(sense::command_reject);
    }
    bool const loads = command == 0x63 || command == 0xFB || command == 0xF3;
    if (loads) {
        u8 buffer[512];
        walker.take(buffer);
        return ended;
    }
    if (carriage_control(command, write_kind)) {
        u32 const columns = type_ == 0x3211 ? 150 : type_ == 0x1443 ? 144 : 132;
        return write(walker, columns);
    }
    if (takes_its_count(command) || command == read_check) {
        walker.end_data(false);
        return ended;
    }
    if (refused_test(command)) return refuse(sense::command_reject);
    if (!carriage_control(command, control_kind) && !buffer_control(command)) {
        // A printer does not end what else it refuses.
        refuse(sense::command_reject);
        return status::unit_check;
    }
    record(command, {});
    return ended;
}

bool VirtualOutput::crowded() const { return sink_ == nullptr && paper::crowded(); }

void VirtualOutput::record(u8 command, std::span<const u8> data) {
    if (sink_ != nullptr)
        sink_->record(command, data);
    else
        paper::print(owner().userid.text(), address(), punch_ ? paper::card : command, data);
}

// The machine at hand's printers take lines of any length.
void VirtualOutput::pass_over(ChannelWalker& walker) {
    u8 bytes[128];
    while (walker.take(bytes) == sizeof bytes) {}
}

u16 VirtualOutput::write(ChannelWalker& walker, u32 longest) {
    u8 bytes[150];
    u8 const command = walker.ccw().command;
    u32 const length = walker.take({bytes, longest});
    if (!punch_) pass_over(walker);
    walker.end_data(false);
    if (walker.check() != 0) return ended;
    ++records_;
    record(command, {bytes, length});
    return ended;
}

void VirtualOutput::print(Text line) {
    ++records_;
    constexpr u8 write_and_space = 0x09;
    record(write_and_space, {line.data(), line.size()});
}

VirtualOutput* first_printer(VirtualMachine& vm) {
    for (VirtualDevice& device : vm.io.devices()) {
        VirtualOutput* const output = device.as_output();
        if (output != nullptr && !output->punch()) return output;
    }
    return nullptr;
}

Task<bool> print_line(VirtualMachine& vm, Text line) {
    for (;;) {
        VirtualOutput* const printer = first_printer(vm);
        if (printer == nullptr || !printer->ready()) co_return false;
        if (!printer->crowded()) {
            printer->print(line);
            co_return true;
        }
        Task<> waiting = pause();
        co_await waiting;
    }
}

} // namespace cp
