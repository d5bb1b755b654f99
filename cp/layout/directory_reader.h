// Looks users up in the object directory (DMKUDR).
//
// The pages come from a disk that anybody may have written. Nothing here reads
// or waits: the caller reads the page that is asked for and hands it over, so the
// same code serves a coroutine of CP, a CMS command and a host program:
//
//     UserLookup lookup(label.directory, userid);
//     while (lookup.wants_page()) { ...read page lookup.page() into buffer...
//         lookup.give(buffer); }
//     if (lookup.state() == UserLookup::State::Found) {
//         DeviceWalk walk = lookup.devices();
//         while (walk.wants_page()) { ...read page walk.page() into buffer...
//             while (const DeviceEntry* device = walk.next(buffer)) ... }
//         if (walk.damaged()) ...
//     }
//
// Every page is checked by its header and checksum, every entry by its ranges,
// before a byte of it is believed; the number of pages asked for is bounded.
#pragma once

#include "cp/layout/directory.h"
#include "cp/layout/volume.h"

#include <span>

namespace cp::directory {

using Page = std::span<const u8, page_size>;

// True when `page` is page `number` of the directory that `pointer` names.
bool good_page(Page page, const DirectoryPointer& pointer, u32 number);

// True when the fields of an entry keep to their ranges.
bool good_user(const UserEntry& user);
bool good_device(const DeviceEntry& device);

// The devices of one user, in the order of the source.
class DeviceWalk {
  public:
    DeviceWalk(const DirectoryPointer& pointer, u32 page, u32 slot, u32 count)
        : pointer_(pointer), page_(page), slot_(slot), left_(count) {
        turn_page();
    }

    bool wants_page() const { return left_ > 0 && !damaged_; }
    u32 page() const { return page_; }
    bool damaged() const { return damaged_; }

    // The next device on `page`, which is the page asked for; null when there are
    // no more on it. The entry lies in `page`.
    const DeviceEntry* next(Page page);

  private:
    void turn_page();

    DirectoryPointer pointer_;
    u32 page_;
    u32 slot_;
    u32 left_;
    bool checked_ = false; // the header of page_
    bool damaged_ = false;
};

class UserLookup {
  public:
    enum class State : u8 { SearchIndex, ReadUser, Found, NotFound, Damaged };

    UserLookup(const DirectoryPointer& pointer, const Name8& userid);

    State state() const { return state_; }
    bool wants_page() const { return state_ == State::SearchIndex || state_ == State::ReadUser; }
    u32 page() const { return page_; }
    void give(Page page);

    // Of a user that was found:
    const UserEntry& user() const { return user_; }
    DeviceWalk devices() const { return {pointer_, page_, slot_ + 2, user_.devices}; }

  private:
    State search_index(Page page);
    State read_user(Page page);

    DirectoryPointer pointer_;
    Name8 userid_;
    UserEntry user_{};
    State state_ = State::SearchIndex;
    u32 page_ = 0;
    u32 slot_ = 0;
    u32 low_ = 0, high_ = 0; // index pages that may hold him: low_ <= page < high_
};

} // namespace cp::directory
