#include "s370/machine/disk.h"

#include "s370/machine/storage.h"

#include <algorithm>
#include <stdexcept>

using namespace s370;
namespace op = s370::ckd::command;

namespace fakes {

namespace {
constexpr u16 ended = status::channel_end | status::device_end;
constexpr u32 endless = 100'000;
} // namespace

// The channel's side: the CCW at hand, and the data through it.
struct Disk::Channel {
    u32 address;
    Ccw ccw{};
    u32 left = 0;
    u16 check = 0;
    bool incorrect_length = false;

    u32 block_of(u32 offset) const {
        if ((ccw.flags & Ccw::IndirectData) == 0) return ccw.address + offset;
        u32 const first = *machine::real<Be32>(ccw.address);
        u32 const in_first = 2048 - first % 2048;
        if (offset < in_first) return first + offset;
        offset -= in_first;
        u32 const word = *machine::real<Be32>(ccw.address + 4 + 4 * (offset / 2048));
        if (word % 2048 != 0) throw std::logic_error("IDAW not on a 2K boundary");
        return word + offset % 2048;
    }
    bool fetch(bool first, bool data_chained = false) {
        u8 const command = ccw.command;
        ccw = *machine::real<Ccw>(address);
        if (command::is_tic(ccw.command)) {
            if (first) throw std::logic_error("first CCW is a TIC");
            address = ccw.address;
            ccw = *machine::real<Ccw>(address);
            if (command::is_tic(ccw.command)) throw std::logic_error("TIC to TIC");
        }
        if (ccw.count == 0 || address % 8 != 0) throw std::logic_error("bad real CCW");
        if (data_chained) ccw.command = command;
        left = ccw.count;
        return true;
    }
    bool more() {
        if (left > 0) return true;
        if ((ccw.flags & Ccw::ChainData) == 0) return false;
        address += 8;
        return fetch(false, true);
    }
    void put(const std::vector<u8>& bytes) {
        usize moved = 0;
        for (; moved < bytes.size() && more(); ++moved, --left)
            if ((ccw.flags & Ccw::Skip) == 0)
                *machine::real(block_of(ccw.count - left)) = bytes[moved];
        end(moved < bytes.size());
    }
    std::vector<u8> take(usize wanted) {
        std::vector<u8> bytes;
        for (; bytes.size() < wanted && more(); --left)
            bytes.push_back(*machine::real(block_of(ccw.count - left)));
        if (left == 0) more();
        end(false);
        return bytes;
    }
    void end(bool more_data) {
        bool const chain = (ccw.flags & Ccw::ChainData) != 0;
        bool const suppress = (ccw.flags & Ccw::SuppressLength) != 0 && !chain;
        if ((left > 0 || more_data) && !suppress) incorrect_length = true;
    }
};

Disk::Disk(u16 address, ckd::Geometry geometry) : address_(address), geometry_(geometry) {
    devices[address] = Device{};
    devices[address].start = [this](const Ccw* ccws, Csw& csw) { return start(ccws, csw); };
}

Disk::~Disk() { devices.erase(address_); }

void Disk::format(u16 cylinder, u16 head, u32 records, u32 length, u16 disk_start) {
    Track& formatted = track(cylinder, head);
    formatted.records.clear();
    for (u32 r = 1; r <= records; ++r) {
        Record record;
        record.count.cylinder = static_cast<u16>(cylinder - disk_start);
        record.count.head = head;
        record.count.record = static_cast<u8>(r);
        record.count.data_length = static_cast<u16>(length);
        record.data.assign(length, static_cast<u8>(r));
        formatted.records.push_back(record);
    }
}

u16 Disk::check(u8 byte0, u8 byte1) {
    sense_[0] = byte0;
    sense_[1] = byte1;
    return ended | status::unit_check;
}

u8 Disk::start(const Ccw* ccws, Csw& csw) {
    Channel channel{machine::real_address(ccws)};
    commands.clear();
    visited.clear();
    at_ = -1;
    data_next_ = false;
    index_points_ = 0;
    mask_ = 0;
    mask_set_ = false;
    channel.fetch(true);
    if (channel.ccw.command != command::sense) sense_.assign(24, 0);
    for (ccws_executed = 1;; ++ccws_executed) {
        if (ccws_executed > endless) throw std::logic_error("endless real channel program");
        commands.push_back(channel.ccw.command);
        u16 status = execute(channel);
        if (channel.incorrect_length) status |= status::incorrect_length;
        bool const chain =
            (channel.ccw.flags & (Ccw::ChainCommand | Ccw::ChainData)) == Ccw::ChainCommand;
        constexpr u16 normal = ended | status::status_modifier;
        if (!chain || (status & static_cast<u16>(~normal)) != 0) {
            u32 const behind = (status & status::status_modifier) != 0 ? 16 : 8;
            csw = {0, channel.address + behind, status, static_cast<u16>(channel.left)};
            return 0;
        }
        channel.address += (status & status::status_modifier) != 0 ? 16 : 8;
        channel.fetch(false);
    }
}

u16 Disk::execute(Channel& channel) {
    u8 const command = channel.ccw.command, single = command & 0x7F;
    switch (command) {
    case command::noop: return ended;
    case command::sense: {
        ckd::SensedPosition const at = ckd::sensed_position(geometry_.type, arm_);
        sense_[5] = at.low_cylinder;
        sense_[6] = at.rest;
        channel.put(sense_);
        sense_.assign(24, 0);
        return ended;
    }
    case op::seek:
    case op::seek_cylinder:
    case op::seek_head: return seek(channel, command);
    case op::set_file_mask:
        if (mask_set_) return check(ckd::sense0_command_reject);
        mask_ = channel.take(1)[0];
        mask_set_ = true;
        return ended;
    case op::set_sector: channel.take(1); return ended;
    default: break;
    }
    switch (single) {
    case op::search_id_equal:
    case op::search_id_high:
    case op::search_id_high_equal:
    case op::search_key_equal:
    case op::search_home_address: return search(channel, command);
    case op::read_data:
    case op::read_key_data:
    case op::read_count:
    case op::read_count_key_data:
    case op::read_r0:
    case op::read_home_address: return read(channel, command);
    default: break;
    }
    switch (command) {
    case op::write_data:
    case op::write_key_data:
    case op::write_count_key_data:
    case op::write_r0: return write(channel, command);
    default: return check(ckd::sense0_command_reject);
    }
}

u16 Disk::seek(Channel& channel, u8 command) {
    std::vector<u8> const a = channel.take(6);
    if (a.size() < 6) return check(ckd::sense0_command_reject);
    u16 const cylinder =
        command == op::seek_head ? arm_.cylinder : static_cast<u16>(a[2] << 8 | a[3]);
    u16 const head = static_cast<u16>(a[4] << 8 | a[5]);
    if ((mask_ & 0x18) == 0x18) return check(0, ckd::sense1_file_protected);
    if (a[0] != 0 || a[1] != 0 || cylinder >= geometry_.cylinders || head >= geometry_.heads)
        return check(ckd::sense0_command_reject);
    arm_ = {cylinder, head};
    visited.push_back(arm_);
    at_ = -1;
    data_next_ = false;
    index_points_ = 0;
    return ended;
}

ckd::Count Disk::zero_count() const {
    ckd::Count count{};
    count.cylinder = arm_.cylinder;
    count.head = arm_.head;
    count.data_length = 8;
    return count;
}

// The next count field on the track, records 1 and up; none at the second index point.
Disk::Record* Disk::next_record(bool multitrack) {
    for (;;) {
        auto& records = track(arm_.cylinder, arm_.head).records;
        if (at_ < static_cast<int>(records.size())) {
            at_ = at_ < 0 ? 1 : at_ + 1;
            if (at_ <= static_cast<int>(records.size()))
                return &records[static_cast<usize>(at_ - 1)];
        }
        at_ = -1;
        if (multitrack) {
            if (arm_.head + 1 >= geometry_.heads) {
                check(0, ckd::sense1_end_of_cylinder);
                return nullptr;
            }
            ++arm_.head;
        } else if (++index_points_ >= 2) {
            check(0, ckd::sense1_no_record);
            return nullptr;
        }
    }
}

u16 Disk::search(Channel& channel, u8 command) {
    bool const multitrack = (command & 0x80) != 0;
    u8 const single = command & 0x7F;
    if (single == op::search_home_address) {
        std::vector<u8> const a = channel.take(4);
        bool const equal =
            a.size() == 4 && (a[0] << 8 | a[1]) == arm_.cylinder && (a[2] << 8 | a[3]) == arm_.head;
        at_ = -1;
        if (!equal && ++index_points_ > 50)
            throw std::logic_error("endless search for home address");
        return equal ? ended | status::status_modifier : ended;
    }

    std::vector<u8> const wanted = channel.take(single == op::search_key_equal ? 255 : 5);
    std::vector<u8> found;
    if (single == op::search_key_equal) {
        Record* const record = next_record(multitrack);
        if (record == nullptr) return ended | status::unit_check;
        found = record->key;
    } else {
        ckd::Count count = zero_count();
        // Record 0 comes first after the index.
        if (at_ == -1) {
            at_ = 0;
        } else {
            Record* const record = next_record(multitrack);
            if (record == nullptr) return ended | status::unit_check;
            count = record->count;
        }
        auto const* bytes = reinterpret_cast<const u8*>(&count);
        found.assign(bytes, bytes + wanted.size());
    }
    bool const hit = single == op::search_id_high         ? found > wanted
                     : single == op::search_id_high_equal ? found >= wanted
                                                          : found == wanted;
    data_next_ = hit;
    if (hit) index_points_ = 0;
    return hit ? ended | status::status_modifier : ended;
}

u16 Disk::read(Channel& channel, u8 command) {
    bool const multitrack = (command & 0x80) != 0;
    u8 const single = command & 0x7F;
    auto bytes_of = [](const ckd::Count& count) {
        auto const* bytes = reinterpret_cast<const u8*>(&count);
        return std::vector<u8>(bytes, bytes + sizeof count);
    };
    auto append = [](std::vector<u8>& to, const std::vector<u8>& what) {
        to.insert(to.end(), what.begin(), what.end());
    };
    if (single == op::read_home_address) {
        at_ = -1;
        channel.put(
            {0, u8(arm_.cylinder >> 8), u8(arm_.cylinder), u8(arm_.head >> 8), u8(arm_.head)});
        return ended;
    }
    if (single == op::read_r0) {
        std::vector<u8> all = bytes_of(zero_count());
        append(all, track(arm_.cylinder, arm_.head).record_zero);
        at_ = 0;
        channel.put(all);
        return ended;
    }
    std::vector<u8> all;
    bool const here = data_next_ && (single == op::read_data || single == op::read_key_data);
    data_next_ = false;
    if (here && at_ == 0) {
        all = track(arm_.cylinder, arm_.head).record_zero;
        channel.put(all);
        return ended;
    }
    Record* const record =
        here ? &track(arm_.cylinder, arm_.head).records[static_cast<usize>(at_ - 1)]
             : next_record(multitrack);
    if (record == nullptr) return ended | status::unit_check;
    index_points_ = 0;
    if (single == op::read_count || single == op::read_count_key_data)
        all = bytes_of(record->count);
    if (single == op::read_key_data || single == op::read_count_key_data) append(all, record->key);
    if (single != op::read_count) append(all, record->data);
    if (single == op::read_count) data_next_ = true;
    channel.put(all);
    return ended;
}

u16 Disk::write(Channel& channel, u8 command) {
    if ((mask_ & 0xC0) == 0x40) return check(ckd::sense0_command_reject);
    Track& here = track(arm_.cylinder, arm_.head);
    if (command == op::write_r0) {
        std::vector<u8> const all = channel.take(65535);
        here.record_zero.assign(all.begin() + 8, all.end());
        if (all[0] != arm_.cylinder >> 8 || all[1] != u8(arm_.cylinder))
            throw std::logic_error("record 0 of another cylinder");
        at_ = 0;
        return ended;
    }
    if (command == op::write_count_key_data) {
        if (!data_next_ && at_ < 0) return check(ckd::sense0_command_reject);
        std::vector<u8> const all = channel.take(65535);
        if (all.size() < 8) return check(ckd::sense0_command_reject);
        Record record;
        std::copy_n(all.begin(), 8, reinterpret_cast<u8*>(&record.count));
        usize const key = record.count.key_length, data = record.count.data_length;
        std::vector<u8> rest(all.begin() + 8, all.end());
        rest.resize(key + data);
        record.key.assign(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(key));
        record.data.assign(rest.begin() + static_cast<std::ptrdiff_t>(key), rest.end());
        here.records.resize(static_cast<usize>(at_));
        here.records.push_back(record);
        ++at_;
        return ended;
    }
    if (!data_next_ || at_ < 1) return check(ckd::sense0_command_reject);
    Record& record = here.records[static_cast<usize>(at_ - 1)];
    bool const with_key = command == op::write_key_data;
    std::vector<u8> all = channel.take(record.data.size() + (with_key ? record.key.size() : 0));
    all.resize(record.data.size() + (with_key ? record.key.size() : 0));
    auto data = all.begin();
    if (with_key) {
        std::copy_n(data, record.key.size(), record.key.begin());
        data += static_cast<std::ptrdiff_t>(record.key.size());
    }
    record.data.assign(data, all.end());
    data_next_ = false;
    return ended;
}

} // namespace fakes
