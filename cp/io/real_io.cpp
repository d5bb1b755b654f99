#include "cp/io/real_io.h"

#include "cp/base/timer_queue.h"
#include "cp/base/trace.h"
#include "s370/machine/io.h"
#include "s370/machine/storage.h"

namespace cp {

using namespace s370;

namespace {

constexpr u32 most_tries = 10;
constexpr u8 transient_sense =
    sense::bus_out_check | sense::equipment_check | sense::data_check | sense::overrun;
constexpr u16 channel_errors = 0x3F; // program check ... chaining check
constexpr u16 channel_hardware_errors = 0x0F;
constexpr u16 final_status = status::device_end | status::unit_check | channel_errors;

bool worth_another_try(const IoResult& result) {
    if (result.condition_code != 0) return false;
    if ((result.csw.status & channel_hardware_errors) != 0) return true;
    if ((result.csw.status & status::unit_check) == 0) return false;
    // Sense without a reason is a condition that the sense command has cleared.
    return result.sense[0] == 0 ? result.sense[1] == 0 : (result.sense[0] & transient_sense) != 0;
}

constinit RealDevice* table[4096];
constinit List<RealDevice> devices;

} // namespace

// Waits until no other task uses the device.
class RealDevice::Turn {
  public:
    explicit Turn(RealDevice& device) : device_(device) {}
    bool await_ready() const noexcept {
        if (device_.owned_) return false;
        device_.owned_ = true;
        return true;
    }
    void await_suspend(std::coroutine_handle<> handle) noexcept {
        item_.handle = handle;
        device_.waiting_.push_back(item_);
    }
    void await_resume() const noexcept {}

  private:
    RealDevice& device_;
    WorkItem item_;
};

// The turn passes to who has waited longest, so that nobody can step between.
void RealDevice::next() {
    if (WorkItem* item = waiting_.pop_front())
        work_queue.push(*item);
    else
        owned_ = false;
}

Task<IoResult> RealDevice::run(const Ccw* program, bool raw, u8 key, bool sensed) {
    Turn turn(*this);
    co_await turn;
    IoResult result;
    for (u32 tries = raw ? 1 : most_tries; tries > 0; --tries) {
        result = IoResult{};
        co_await attempt(program, key, &result);
        bool const check = (result.csw.status & status::unit_check) != 0;
        if (check || sensed) co_await read_sense(&result);
        if (!worth_another_try(result)) break;
    }
    next();
    co_return result;
}

u8 RealDevice::start(const Ccw* program, u8 key) {
    LowStorage& low = machine::low_storage();
    low.caw = u32{key} << 28 | machine::real_address(program);
    low.csw = 0;
    ++start_ios_;
    csw_ = Csw{};
    done_.clear();
    u8 const cc = machine::sio(address_);
    active_ = cc == 0;
    trace(Event::Sio, address_.value, cc, low.caw, static_cast<u32>(low.csw));
    return cc;
}

Task<> RealDevice::attempt(const Ccw* program, u8 key, IoResult* result) {
    for (;;) {
        result->condition_code = start(program, key);
        if (result->condition_code == 3) break;
        if (result->condition_code == 0) {
            co_await done_;
            result->csw = csw_;
            break;
        }
        if (result->condition_code == 1) {
            Csw const stored = Csw::from(machine::low_storage().csw);
            if ((stored.status & status::busy) == 0) {
                // The first command ended at once, or not even began.
                result->condition_code = 0;
                result->csw.status = stored.status;
                break;
            }
            // Status of earlier came instead; it is gone now.
            if ((stored.status & ~status::busy) != 0) {
                note_unsolicited(stored.status);
                continue;
            }
        }
        // Busy: its next interruption ends that. None may come, so look again after a while.
        awaited_ = true;
        Timer again;
        again.start(milliseconds(20), done_);
        co_await done_;
        awaited_ = false;
    }
}

Task<> RealDevice::read_sense(IoResult* result) {
    alignas(8) Ccw program(command::sense, machine::real_address(result->sense),
                           Ccw::SuppressLength, sizeof result->sense);
    IoResult sensed;
    co_await attempt(&program, 0, &sensed);
    if (sensed.condition_code == 0)
        result->sense_length = static_cast<u8>(sizeof result->sense - sensed.csw.count);
}

void RealDevice::halt() {
    if (active_) machine::hio(address_);
}

void RealDevice::note_unsolicited(u16 status) {
    constexpr u16 asks_for_service = status::attention | status::device_end;
    unsolicited_status |= status & asks_for_service;
    if ((status & asks_for_service) != 0) attention.set();
}

void RealDevice::interrupted(Csw csw) {
    if (active_ && (csw.status & ~status::attention) != 0) {
        // Channel end and device end may come apart: address and count are the first's.
        u16 const status = csw_.status | csw.status;
        if ((csw.status & status::attention) != 0) note_unsolicited(status::attention);
        if (csw_.status == 0) csw_ = csw;
        csw_.status = status;
        if ((status & final_status) == 0) return;
        active_ = false;
        done_.set();
        return;
    }
    note_unsolicited(csw.status);
    if (awaited_) done_.set();
}

RealDevice* find_device(DeviceAddress address) {
    return address.value < 4096 ? table[address.value] : nullptr;
}

List<RealDevice>& real_devices() { return devices; }

void add_device(RealDevice& device) {
    table[device.address().value & 0xFFF] = &device;
    devices.push_back(device);
}

void take_io_interruption() {
    LowStorage const& low = machine::low_storage();
    DeviceAddress const address{low.io_address};
    Csw const csw = Csw::from(low.csw);
    trace(Event::IoInterruption, address.value, csw.address, u32{csw.status} << 16 | csw.count);
    if (RealDevice* device = find_device(address)) device->interrupted(csw);
}

} // namespace cp
