#include "cp/command/directory.h"

namespace cp {
namespace {

constinit Volume* chosen = nullptr;

Volume* directory_volume() {
    if (chosen != nullptr && chosen->label().directory.first_cylinder != 0) return chosen;
    for (Volume& volume : volumes())
        if (volume.label().directory.first_cylinder != 0) return &volume;
    return nullptr;
}

} // namespace

void use_directory(Volume* volume) { chosen = volume; }

Task<bool> DirectoryUser::read(u32 page) {
    bool good = page_there_ && page_number_ == page;
    if (!good && volume_ != nullptr) {
        IoResult result;
        result = co_await volume_->read_page(page_place(pointer_.first_cylinder, page), page_);
        good = page_there_ = result.ok();
        page_number_ = page;
    }
    co_return good;
}

Task<DirectoryUser::Found> DirectoryUser::look_up(Name8 userid) {
    volume_ = directory_volume();
    page_there_ = damaged_ = false;
    if (volume_ == nullptr) co_return Found::Damaged;
    pointer_ = volume_->label().directory;

    directory::UserLookup lookup(pointer_, userid);
    while (lookup.wants_page()) {
        bool good = false;
        good = co_await read(lookup.page());
        if (!good) co_return Found::Damaged;
        lookup.give(directory::Page(page_));
    }
    if (lookup.state() == directory::UserLookup::State::NotFound) co_return Found::No;
    if (lookup.state() != directory::UserLookup::State::Found) co_return Found::Damaged;
    entry_ = lookup.user();
    walk_ = lookup.devices();
    co_return Found::Yes;
}

Task<bool> DirectoryUser::next_device(directory::DeviceEntry* device) {
    while (walk_.wants_page()) {
        bool good = false;
        good = co_await read(walk_.page());
        if (!good) {
            damaged_ = true;
            co_return false;
        }
        if (const directory::DeviceEntry* found = walk_.next(directory::Page(page_))) {
            *device = *found;
            co_return true;
        }
    }
    damaged_ = damaged_ || walk_.damaged();
    co_return false;
}

Task<bool> DirectoryUser::find_device(s370::DeviceAddress address, directory::DeviceEntry* device) {
    for (;;) {
        bool more = false;
        more = co_await next_device(device);
        if (!more) co_return false;
        if (device->address == address.value) co_return true;
    }
}

} // namespace cp
