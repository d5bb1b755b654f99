// Users in the object directory of the system volume (DMKUDR).
//
// Holds a page of it: lives in a coroutine's frame or in free storage.
#pragma once

#include "cp/base/task.h"
#include "cp/io/devices.h"
#include "cp/layout/directory_reader.h"

namespace cp {

// The volume whose directory counts; nullptr: the first one that has a directory.
void use_directory(Volume* volume);

class DirectoryUser {
  public:
    enum class Found : u8 { No, Yes, Damaged };

    // Reads the entry of `userid`; devices start again with the first.
    Task<Found> look_up(Name8 userid);
    const directory::UserEntry& entry() const { return entry_; }

    // The devices in the order of the source; false: no more, or damaged().
    Task<bool> next_device(directory::DeviceEntry* device);
    // The device at a virtual address; false: there is none.
    Task<bool> find_device(s370::DeviceAddress address, directory::DeviceEntry* device);
    bool damaged() const { return damaged_; }

  private:
    Task<bool> read(u32 page);

    Volume* volume_ = nullptr;
    DirectoryPointer pointer_{};
    directory::UserEntry entry_{};
    directory::DeviceWalk walk_{DirectoryPointer{}, 0, 0, 0};
    bool damaged_ = false;
    bool page_there_ = false;
    u32 page_number_ = 0;
    alignas(8) u8 page_[directory::page_size];
};

} // namespace cp
