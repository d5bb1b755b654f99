#include "cp/layout/directory_reader.h"

namespace cp::directory {
namespace {

constexpr u32 largest_storage = 16u << 20, storage_unit = 4096, smallest_storage = 8192;

template <typename Entry>
const Entry& entry_at(Page page, u32 offset) {
    return *reinterpret_cast<const Entry*>(page.data() + offset);
}

const PageHeader& header_of(Page page) { return entry_at<PageHeader>(page, 0); }

const IndexEntry& index_entry(Page page, u32 n) {
    return entry_at<IndexEntry>(page, slot_size + n * u32{sizeof(IndexEntry)});
}

// Userids compare as unsigned bytes; that is the order of the index.
int compare(const Name8& a, const Name8& b) {
    for (u32 i = 0; i < 8; ++i)
        if (a.bytes[i] != b.bytes[i]) return a.bytes[i] < b.bytes[i] ? -1 : 1;
    return 0;
}

bool good_mode(const Name<2>& mode) {
    Text const text = mode.text();
    return text == "R"_e || text == "RR"_e || text == "W"_e || text == "WR"_e || text == "M"_e ||
           text == "MR"_e || text == "MW"_e;
}

} // namespace

bool good_page(Page page, const DirectoryPointer& pointer, u32 number) {
    const PageHeader& header = header_of(page);
    return header.mark == page_mark && header.generation == pointer.generation &&
           header.page == number && header.pages == pointer.pages && number < pointer.pages &&
           header.pages <= largest_pages && header.index_pages < header.pages && header.users > 0 &&
           header.index_pages > 0 &&
           (header.users - 1) / index_entries_per_page == header.index_pages - 1 &&
           header.checksum == page_checksum(page.data());
}

bool good_user(const UserEntry& user) {
    return user.storage % storage_unit == 0 && user.storage >= smallest_storage &&
           user.storage <= user.max_storage && user.max_storage % storage_unit == 0 &&
           user.max_storage <= largest_storage && user.priority >= 1 && user.priority <= 99 &&
           user.devices <= largest_devices && !user.userid.blank();
}

bool good_device(const DeviceEntry& device) {
    if (device.address > 0xFFF) return false;
    switch (device.statement) {
    case Statement::Minidisk:
        if (device.cylinders == 0 || !good_mode(device.mode)) return false;
        if ((device.flags & device_flag::temporary) != 0) return true;
        return u32{device.first_cylinder} + device.cylinders <= 0x10000 && !device.volume.blank();
    case Statement::Link:
        return good_mode(device.mode) && !device.link_userid.blank() &&
               device.link_address <= 0xFFF;
    case Statement::Dedicate:
        return (device.flags & device_flag::by_volume) != 0 ? !device.volume.blank()
                                                            : device.real_address <= 0xFFF;
    case Statement::Console:
    case Statement::Spool:
    case Statement::Special: return device.type != 0;
    }
    return false;
}

void DeviceWalk::turn_page() {
    page_ += slot_ / slots_per_page;
    slot_ %= slots_per_page;
}

const DeviceEntry* DeviceWalk::next(Page page) {
    if (!wants_page()) return nullptr;
    if (!checked_) {
        checked_ = good_page(page, pointer_, page_);
        if (!checked_) {
            damaged_ = true;
            return nullptr;
        }
    }
    if (slot_ == slots_per_page) {
        turn_page();
        checked_ = false;
        return nullptr;
    }
    const DeviceEntry& device = entry_at<DeviceEntry>(page, (slot_ + 1) * slot_size);
    if (!good_device(device)) {
        damaged_ = true;
        return nullptr;
    }
    ++slot_;
    --left_;
    return &device;
}

UserLookup::UserLookup(const DirectoryPointer& pointer, const Name8& userid)
    : pointer_(pointer), userid_(userid) {
    if (pointer.pages < 2 || pointer.pages > largest_pages) state_ = State::Damaged;
}

void UserLookup::give(Page page) {
    if (!wants_page()) return;
    if (!good_page(page, pointer_, page_)) {
        state_ = State::Damaged;
        return;
    }
    state_ = state_ == State::SearchIndex ? search_index(page) : read_user(page);
}

// Bisects the index pages, beginning with page 0, then the entries of one page.
UserLookup::State UserLookup::search_index(Page page) {
    const PageHeader& header = header_of(page);
    if (page_ == 0) high_ = header.index_pages;
    if (page_ < low_ || page_ >= high_) return State::Damaged;

    u32 const before = page_ * index_entries_per_page;
    if (before >= header.users) return State::Damaged;
    u32 const count = std::min(header.users - before, index_entries_per_page);

    if (compare(userid_, index_entry(page, 0).userid) < 0) {
        high_ = page_;
    } else if (compare(userid_, index_entry(page, count - 1).userid) > 0) {
        low_ = page_ + 1;
    } else {
        u32 first = 0, last = count;
        while (last - first > 1) {
            u32 const middle = (first + last) / 2;
            (compare(userid_, index_entry(page, middle).userid) < 0 ? last : first) = middle;
        }
        const IndexEntry& found = index_entry(page, first);
        if (!(found.userid == userid_)) return State::NotFound;
        if (found.page < header.index_pages || found.page >= header.pages) return State::Damaged;
        page_ = found.page;
        slot_ = found.slot;
        return slot_ + 2 <= slots_per_page ? State::ReadUser : State::Damaged;
    }
    if (low_ >= high_) return State::NotFound;
    page_ = (low_ + high_) / 2;
    return State::SearchIndex;
}

UserLookup::State UserLookup::read_user(Page page) {
    user_ = entry_at<UserEntry>(page, (slot_ + 1) * slot_size);
    return user_.userid == userid_ && good_user(user_) ? State::Found : State::Damaged;
}

} // namespace cp::directory
