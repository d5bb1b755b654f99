#include "cp/guest/virtual_device.h"

#include "cp/guest/virtual_machine.h"

#include <utility>

namespace cp {

using namespace s370;

DeviceOperation::DeviceOperation(VirtualDevice& device) : device_(&device) {
    device.operation_ = this;
}

DeviceOperation::~DeviceOperation() {
    if (device_ != nullptr) device_->operation_ = nullptr;
}

VirtualDevice::~VirtualDevice() {
    if (operation_ != nullptr) operation_->device_ = nullptr;
}

void VirtualDevice::reset() {
    if (operation_ != nullptr) operation_->device_ = nullptr;
    operation_ = nullptr;
    busy_ = false;
    device_status_ = 0;
    program_controlled_ = pending_ = {};
    last_ = {};
    if (collector_ != nullptr) {
        collector_->gone = true;
        collector_->signal.set();
    }
    collector_ = nullptr;
    owner_.io.note_pending();
}

void VirtualDevice::Held::hold(const Csw& status, VirtualIo& io) {
    there = true;
    csw = status;
    if (turn == 0) turn = io.next_turn();
}

void VirtualDevice::present(Csw csw, Csw program_controlled) {
    busy_ = false;
    if (program_controlled.status != 0) program_controlled_.hold(program_controlled, owner_.io);
    pending_.hold(csw, owner_.io);
    last_ = csw;
    if (collector_ != nullptr) {
        collector_->signal.set();
        return;
    }
    owner_.io.note_pending();
    owner_.wake();
}

void VirtualDevice::present_device_status(u16 status) {
    if (device_status_ == 0) device_turn_ = owner_.io.next_turn();
    device_status_ |= status;
    if (collector_ != nullptr) {
        collector_->signal.set();
        return;
    }
    owner_.io.note_pending();
    owner_.wake();
}

u64 VirtualDevice::turn() const {
    if (collector_ != nullptr) return 0;
    if (program_controlled_.there) return program_controlled_.turn;
    if (pending_.there) return pending_.turn;
    return device_status_ != 0 && !busy_ ? device_turn_ : 0;
}

void VirtualDevice::collect(Collector* collector) {
    collector_ = collector;
    owner_.io.note_pending();
}

Csw VirtualDevice::collected() {
    program_controlled_ = {};
    Csw csw = std::exchange(pending_, {}).csw;
    // An attention that came meanwhile is none of this operation's business.
    csw.status |= device_status_ & static_cast<u16>(~status::attention);
    device_status_ &= status::attention;
    return csw;
}

} // namespace cp
