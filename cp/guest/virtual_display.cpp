#include "cp/guest/virtual_display.h"

#include "cp/base/free_storage.h"
#include "cp/guest/channel_translator.h"
#include "cp/guest/virtual_machine.h"
#include "s370/arch/ds3270.h"

#include <utility>

namespace cp {

using namespace s370;

namespace {

constexpr u16 ended = status::channel_end | status::device_end;

class DisplayTranslator final : public ChannelTranslator {
  public:
    explicit DisplayTranslator(GuestStorage& storage) : ChannelTranslator(storage) {}

    struct End {
        Csw csw, program_controlled;
    };
    void translate(u8 key, u32 address);
    End finish(const IoResult& result, std::span<u8> sense) {
        RealEnd const end = real_end(result);
        return {guest_csw(end, result, sense), program_controlled(end)};
    }

  private:
    bool command(const Ccw& ccw);
};

void DisplayTranslator::translate(u8 key, u32 address) {
    key_ = key;
    next_ = address;
    for (bool more = true; more && !full_;) {
        Ccw ccw;
        where_ = next_;
        count_ = 1;
        flags_ = 0;
        u16 const check = fetch_chained(storage_, key_, where_, ccw, false);
        next_ = where_ + 8;
        if (check != 0) {
            stop_for(check);
            return;
        }
        count_ = ccw.count;
        flags_ = ccw.flags;
        controlled_ = (ccw.flags & Ccw::ProgramControlled) != 0;
        more = command(ccw);
    }
}

bool DisplayTranslator::command(const Ccw& ccw) {
    namespace display = ds3270::command;
    switch (ccw.command) {
    case display::write:
    case display::erase_write:
    case display::erase_write_alternate:
    case display::write_structured_field:
    case display::read_buffer:
    case display::read_modified:
    case s370::command::sense:
    case s370::command::sense_id: return data(ccw);
    case display::select:
    case display::erase_all_unprotected:
    case s370::command::noop: return no_data(ccw);
    default: return stop(Ending::CommandReject);
    }
}

} // namespace

VirtualDisplay* attach_display(VirtualMachine& vm, DeviceAddress address, u16 type) {
    if (vm.io.find(address) != nullptr) return nullptr;
    auto* const display = free_storage::create<VirtualDisplay>(vm, address, type);
    if (display != nullptr) vm.io.attach(*display);
    return display;
}

DeviceIdentity VirtualDisplay::identity() const {
    constexpr u8 type_3277 = 0x04;
    return {device_class::graphic, type_3277, type_, "GRAF"_e};
}

bool VirtualDisplay::describe(u32 index, Line<80>& line) const {
    if (index != 0) return false;
    if (ready_)
        (line << "ON GRAF "_e).hex(line_->device().address().value, 3);
    else
        line << "NOT READY"_e;
    return true;
}

void VirtualDisplay::start(const ProgramStart& program) {
    set_busy(true);
    spawn(run(program));
}

Task<> VirtualDisplay::run(ProgramStart program) {
    VirtualIo::Hold const hold(owner().io);
    DeviceOperation const operation(*this);
    ChannelWalker walker(owner().storage, program);
    bool const sensed = give_sense(walker, {&sense_, 1});
    if (sensed && !walker.goes_on(ended)) {
        present(walker.csw(ended), walker.program_controlled());
        co_return;
    }
    sense_ = 0;
    u8 const key = program.caw.key();
    u32 const begin = sensed ? walker.address() + 8 : program.caw.address();
    auto* const translator =
        ready_ ? free_storage::create<DisplayTranslator>(owner().storage) : nullptr;
    if (translator == nullptr) {
        sense_ = sense::intervention_required;
        present({key, (begin + 8) & 0xFFFFFF, ended | status::unit_check, 0});
        co_return;
    }
    translator->translate(key, begin);
    IoResult result;
    result.condition_code = 3;
    if (translator->program() != nullptr) {
        if (owner().tracer.traces(traced::ccw))
            owner().tracer.channel_program(translator->real_program(), false);
        Task<IoResult> request = line_->device().run(translator->program(), true);
        result = co_await request;
    }
    u8 sense = 0;
    DisplayTranslator::End const end = translator->finish(result, {&sense, 1});
    free_storage::destroy(translator);
    if (operation.gone()) co_return;
    note_real_end(result.csw);
    sense_ = sense;
    present(end.csw, end.program_controlled);
}

void VirtualDisplay::halt() {
    if (ready_) line_->device().halt();
}

void VirtualDisplay::connect() {
    ready_ = true;
    present_device_status(status::device_end);
}

void VirtualDisplay::hang_up() {
    line_ = nullptr;
    ready_ = false;
}

void VirtualDisplay::reset() {
    VirtualDevice::reset();
    sense_ = 0;
    ready_ = false;
    if (DialedLine* const line = std::exchange(line_, nullptr)) line->drop();
}

} // namespace cp
