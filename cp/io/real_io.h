// Real input/output: one channel program at a time on each device, awaited (DMKIOS).
//
// On a unit check the sense bytes are read at once; transient errors are
// retried here, so that a result other than success is final.
#pragma once

#include "cp/base/task.h"
#include "s370/arch/ccw.h"
#include "s370/base/list.h"

namespace cp {

enum class DeviceClass : u8 { None, Console, Graphic, Reader, Punch, Printer, Disk, Tape, Other };

struct IoResult {
    u8 condition_code = 0; // of SIO: 0, or 3 not operational (csw then zero)
    s370::Csw csw{};
    u8 sense[32]{};
    u8 sense_length = 0;

    // Nobody is at the device, or it is not there.
    bool dropped() const {
        return condition_code != 0 ||
               ((csw.status & s370::status::unit_check) != 0 && sense_length > 0 &&
                (sense[0] & s370::sense::intervention_required) != 0);
    }
    bool ok() const {
        using namespace s370::status;
        return condition_code == 0 && (csw.status & ~(channel_end | device_end | attention)) == 0;
    }
};

class RealDevice : public Link<RealDevice> {
  public:
    RealDevice(s370::DeviceAddress address, DeviceClass device_class, u16 type)
        : address_(address), class_(device_class), type_(type) {}

    s370::DeviceAddress address() const { return address_; }
    DeviceClass device_class() const { return class_; }
    u16 type() const { return type_; } // 0x3350, 0x3278, 0x3215...

    // Runs the channel program at real `program` (below 16M) and waits for
    // device end. Requests of several tasks run in their order of arrival.
    // `raw` leaves errors alone: no retry (a guest's own channel program). `sensed`: sense
    // bytes are read whatever the end is (where a disk's arm has come to).
    Task<IoResult> run(const s370::Ccw* program, bool raw = false, u8 key = 0, bool sensed = false);

    // Stops the channel program that runs (HIO); run() returns what it ended with.
    void halt();

    // Set when the device presents attention or an unsolicited device end.
    Signal attention;
    // The unit status of such interruptions, also of an attention that came with the
    // status of a channel program, or-ed; whoever acts on it clears it.
    u16 unsolicited_status = 0;

    // The interruption handler's part: records status, readies the waiting task.
    void interrupted(s370::Csw csw);

    // SIOs so far, retries and senses included.
    u32 start_ios() const { return start_ios_; }

  private:
    class Turn;

    Task<> attempt(const s370::Ccw* program, u8 key, IoResult* result);
    Task<> read_sense(IoResult* result);
    u8 start(const s370::Ccw* program, u8 key);
    void next();
    void note_unsolicited(u16 status);

    s370::DeviceAddress address_;
    DeviceClass class_;
    u16 type_;
    Signal done_; // status for who started a channel program, or found the device busy
    s370::Csw csw_{};
    bool owned_ = false;   // a task has its turn
    bool active_ = false;  // a channel program runs
    bool awaited_ = false; // busy for another reason: the next interruption ends that
    u32 start_ios_ = 0;
    List<WorkItem> waiting_; // tasks that want their turn
};

// The devices that answered at start.
RealDevice* find_device(s370::DeviceAddress address);
// An I/O interruption: low storage says from where.
void take_io_interruption();
List<RealDevice>& real_devices();
void add_device(RealDevice& device);

} // namespace cp
