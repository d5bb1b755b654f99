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
    sense_ = 0;
}

UnitRecord::Outcome UnitRecord::refuse(u8 sense) {
    sense_ = sense;
    return {status::unit_check, false, true};
}

UnitRecord::Outcome UnitRecord::command(ChannelWalker& walker) {
    u8 const command = walker.ccw().command;
    if (command == command::noop) return {ended, true};
    if (command == command::sense) {
        walker.put({&sense_, 1});
        walker.end_data(false);
        sense_ = 0;
        return {ended};
    }
    sense_ = 0;
    if (!ready_) return refuse(sense::intervention_required);
    return perform(walker);
}

u8 UnitRecord::start(const ProgramStart& program, Csw& stored) {
    if (crowded()) {
        set_busy(true);
        spawn(run(program, false));
        return 0;
    }
    ChannelWalker walker(owner().storage, program);
    Outcome outcome{0};
    for (u32 executed = 1; executed <= commands_between_pauses; ++executed) {
        bool const fetched = walker.fetch();
        if (fetched)
            outcome = command(walker);
        else if (executed == 1)
            outcome = {0};
        bool const at_start = executed == 1 && (!fetched || outcome.refused ||
                                                (outcome.immediate && !walker.chained()));
        if (at_start) {
            stored = walker.csw(outcome.status);
            return 1;
        }
        if (!fetched) outcome.status |= ended;
        if (!fetched || !walker.goes_on(outcome.status)) {
            set_busy(true);
            present(walker.csw(outcome.status | (outcome.refused ? ended : u16{0})));
            return 0;
        }
    }
    // Longer than a sane program: it goes on while others run. Its first part was done.
    set_busy(true);
    ProgramStart rest = program;
    rest.ipl = false;
    rest.caw = Caw{(program.caw.bits & 0xF0000000) | ((walker.address() + 8) & 0xFFFFFF)};
    spawn(run(rest, true));
    return 0;
}

Task<> UnitRecord::run(ProgramStart program, bool begun) {
    DeviceOperation const operation(*this);
    ChannelWalker walker(owner().storage, program);
    if (begun) walker.continue_chain();
    Outcome outcome{ended};
    for (u32 executed = 0;; ++executed) {
        while (executed % commands_between_pauses == 0 || crowded()) {
            Task<> waiting = pause();
            co_await waiting;
            if (operation.gone()) co_return;
            if (!crowded()) break;
        }
        if (!walker.fetch()) break;
        outcome = command(walker);
        if (!walker.goes_on(outcome.status)) break;
    }
    present(walker.csw(outcome.status | (outcome.refused ? ended : u16{0})));
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
    line << "CL "_e << spool_class_ << "  NOCONT NOHOLD NOEOF  "_e;
    right_aligned(line, ready_ ? "READY"_e : "NOTREADY"_e, 8);
    return true;
}

bool VirtualReader::load(CardSource& deck) {
    if (deck_ != nullptr) return false;
    deck_ = &deck;
    length_ = 0;
    at_end_ = false;
    if (!busy()) present_device_status(status::device_end);
    return true;
}

void VirtualReader::take_out() {
    delete std::exchange(deck_, nullptr);
    length_ = 0;
}

// Decks that came while another was read, or while the user was not logged on.
bool VirtualReader::find_deck() {
    if (deck_ == nullptr) {
        deck_ = take_waiting_deck(owner().userid.text());
        length_ = 0;
    }
    return deck_ != nullptr;
}

// Commands of a 2540R: x2 reads and feeds, with bits 0-1 11 it does not feed; x3 feeds.
UnitRecord::Outcome VirtualReader::perform(ChannelWalker& walker) {
    u8 const command = walker.ccw().command;
    bool const no_feed = (command & 0xC0) == 0xC0;
    if ((command & 0x1F) == 0x02) return read_card(walker, !no_feed);
    if ((command & 0x1F) == 0x03 && command != 0x03 && !no_feed) {
        if (!find_deck()) return refuse(sense::intervention_required);
        length_ = 0;
        return {ended, true};
    }
    return refuse(sense::command_reject);
}

UnitRecord::Outcome VirtualReader::read_card(ChannelWalker& walker, bool feed) {
    if (!find_deck()) return refuse(sense::intervention_required);
    if (length_ == 0) {
        std::fill_n(card_, card_length, u8{0x40});
        length_ = deck_->read(card_);
    }
    if (length_ == 0) {
        // The end of the deck is told once; then the reader is empty.
        take_out();
        return {ended | status::unit_exception};
    }
    u32 const moved = walker.put(card_);
    walker.end_data(moved < card_length);
    if (feed) length_ = 0;
    return {ended};
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

bool VirtualOutput::is_control(u8 command) const {
    // Space and skip at once, and the loading of buffers that CP's printers do not have.
    if ((command & 0x07) == 0x03) return true;
    return command == 0x5B || command == 0x73 || command == 0x7B;
}

UnitRecord::Outcome VirtualOutput::perform(ChannelWalker& walker) {
    u8 const command = walker.ccw().command;
    if (punch_) {
        bool const punches = (command & 0x1F) == 0x01 && (command & 0xC0) != 0xC0;
        return punches ? write(walker, card_length) : refuse(sense::command_reject);
    }
    bool const loads = command == 0x63 || command == 0xFB || command == 0xF3 || command == 0xEB;
    if (loads) {
        u8 buffer[512];
        walker.take(buffer);
        return {ended};
    }
    if ((command & 0x07) == 0x01) {
        u32 const columns = type_ == 0x3211 ? 150 : type_ == 0x1443 ? 144 : 132;
        return write(walker, columns);
    }
    if (!is_control(command)) return refuse(sense::command_reject);
    record(command, {});
    return {ended, true};
}

bool VirtualOutput::crowded() const { return !punch_ && sink_ == nullptr && paper::crowded(); }

void VirtualOutput::record(u8 command, std::span<const u8> data) {
    if (sink_ != nullptr)
        sink_->record(command, data);
    else if (!punch_)
        paper::print(owner().userid.text(), address(), command, data);
}

UnitRecord::Outcome VirtualOutput::write(ChannelWalker& walker, u32 longest) {
    u8 bytes[150];
    u8 const command = walker.ccw().command;
    u32 const length = walker.take({bytes, longest});
    walker.end_data(false);
    if (walker.check() != 0) return {ended};
    ++records_;
    record(command, {bytes, length});
    return {ended};
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
