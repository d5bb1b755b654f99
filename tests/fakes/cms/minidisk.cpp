#include "cms/minidisk.h"

#include "cms/diagnose.h"
#include "s370/machine/channel.h"
#include "s370/machine/storage.h"

#include <algorithm>
#include <cstring>

using namespace s370;
namespace op = s370::ckd::command;

namespace fakes {
namespace {

std::map<u16, Minidisk*> minidisks;

const Be16& half(const u8* at) { return *reinterpret_cast<const Be16*>(at); }

} // namespace

Minidisk::Minidisk(u16 device, u32 cylinders, const ckd::Geometry& geometry)
    : device_(device), cylinders_(cylinders), geometry_(geometry),
      tracks_(usize{cylinders} * geometry.heads) {
    minidisks[device] = this;
    devices[device].start = [this](const Ccw* ccws, Csw& csw) -> u8 {
        if (ccws->command == s370::command::sense) {
            u8* const to = ::machine::real<u8>(ccws->address);
            std::fill_n(to, ckd::sense_length, u8{0});
            std::copy_n(last_.sense, 2, to);
            csw = {0, 0, status::channel_end | status::device_end, 0};
            return 0;
        }
        last_ = run(ccws);
        csw = {0, 0, static_cast<u16>(last_.status | status::channel_end | status::device_end), 0};
        return 0;
    };
}

Minidisk::~Minidisk() {
    devices.erase(device_);
    minidisks.erase(device_);
}

void Minidisk::make_blocks(u32 size) {
    u32 const n = ckd::records_per_track(geometry_, size);
    for (Track& track : tracks_) track.records.assign(n, std::vector<u8>(size));
}

u32 Minidisk::blocks_per_cylinder() const {
    return static_cast<u32>(tracks_.front().records.size()) * geometry_.heads;
}

std::span<u8> Minidisk::block(u32 number) {
    usize const n = tracks_.front().records.size();
    return tracks_.at((number - 1) / n).records.at((number - 1) % n);
}

Minidisk::Outcome Minidisk::unit_check(u8 sense0, u8 sense1) {
    return {status::unit_check, {sense0, sense1}};
}

// One CCW that moves data. False: the chain ends here.
bool Minidisk::transfer(const Ccw& ccw, Outcome& outcome) {
    Track& track = tracks_[track_];
    bool const writing = ccw.command == op::write_data || ccw.command == op::write_count_key_data;
    u32 const per_track = static_cast<u32>(track.records.size());
    u32 const number = track_ * per_track + record_;
    if (dead() || (bad && bad(number, writing))) {
        outcome = unit_check(sense::equipment_check, 0);
        return false;
    }
    if (writing && read_only) {
        outcome = unit_check(sense::command_reject, ckd::sense1_file_protected);
        return false;
    }
    if (writing && writes_left_ > 0) --writes_left_;
    u8* const at = ::machine::real<u8>(ccw.address);
    if (ccw.command == op::write_count_key_data) {
        ++writes;
        auto const& count = *reinterpret_cast<const ckd::Count*>(at);
        if (record_ == 0)
            track.records.clear();
        else
            track.records.resize(record_);
        track.records.emplace_back(count.data_length.value());
        if (ccw.count > 8) std::copy_n(at + 8, ccw.count - 8, track.records.back().begin());
        ++record_;
        return true;
    }
    std::vector<u8>& data = track.records.at(record_ - 1);
    usize const n = std::min<usize>(ccw.count, data.size());
    if (writing) {
        ++writes;
        if (on_write) on_write(number);
        std::copy_n(at, n, data.begin());
        std::fill(data.begin() + static_cast<std::ptrdiff_t>(n), data.end(), u8{0});
    } else {
        std::copy_n(data.begin(), n, at);
    }
    if (ccw.count != data.size() && (ccw.flags & Ccw::SuppressLength) == 0) {
        outcome.status = status::incorrect_length;
        return false;
    }
    return true;
}

Minidisk::Outcome Minidisk::run(const Ccw* ccw) {
    ++requests;
    Outcome outcome;
    for (u32 steps = 0; steps < 1000; ++steps) {
        const u8* const argument = ::machine::real<u8>(ccw->address);
        switch (ccw->command) {
        case op::seek: {
            u32 const cylinder = half(argument + 2), head = half(argument + 4);
            if (cylinder >= cylinders_ || head >= geometry_.heads) {
                return unit_check(ckd::sense0_command_reject | ckd::sense0_seek_check, 0);
            }
            track_ = cylinder * geometry_.heads + head;
            record_ = 0;
            break;
        }
        case op::search_id_equal: {
            u32 const track = u32{half(argument)} * geometry_.heads + half(argument + 2);
            if (track != track_ || argument[4] > tracks_[track_].records.size()) {
                return unit_check(0, ckd::sense1_no_record);
            }
            record_ = argument[4];
            ++ccw; // status modifier: the TIC is left out
            break;
        }
        case op::read_data:
        case op::write_data:
        case op::write_count_key_data:
            if (!transfer(*ccw, outcome)) return outcome;
            break;
        default: return unit_check(sense::command_reject, 0);
        }
        if ((ccw->flags & Ccw::ChainCommand) == 0 && ccw->command != s370::command::tic)
            return outcome;
        ++ccw;
    }
    return unit_check(sense::command_reject, 0);
}

void answer_diagnoses() {
    diagnoses[0x24] = [](::machine::Diagnose& r) {
        auto const found = minidisks.find(static_cast<u16>(r.rx));
        if (found == minidisks.end()) {
            r.condition_code = 3;
            return;
        }
        u32 const type = found->second->geometry_.type == 0x3350   ? 0x08u
                         : found->second->geometry_.type == 0x3330 ? 0x10u
                                                                   : 0x01u;
        r.ry = 0x04000000 | type << 16 | (found->second->read_only ? 0x80u : 0u);
    };
    diagnoses[0x20] = [](::machine::Diagnose& r) {
        auto const found = minidisks.find(static_cast<u16>(r.rx));
        if (found == minidisks.end()) {
            r.condition_code = 1;
            r.r15 = 1;
            return;
        }
        auto const outcome = found->second->run(::machine::real<Ccw>(r.ry));
        if (outcome.status == 0) return;
        bool const check = (outcome.status & status::unit_check) != 0;
        r.condition_code = check ? 3 : 2;
        r.r15 = check ? 13 : 3;
        if (check) r.ry = (r.ry & 0xFFFF0000) | u32{outcome.sense[0]} << 8 | outcome.sense[1];
    };
    diagnoses[0x18] = [](::machine::Diagnose& r) {
        auto const found = minidisks.find(static_cast<u16>(r.rx));
        if (found == minidisks.end()) {
            r.condition_code = 1;
            r.r15 = 1;
            return;
        }
        // SEEK, SEARCH, TIC, READ or WRITE as often as R15 says, on one cylinder.
        auto const* const ccws = ::machine::real<Ccw>(r.ry);
        auto const reject = [&](u32 cc, u32 code) {
            r.condition_code = cc;
            r.r15 = code;
        };
        if (r.r15 < 1 || r.r15 > 15) return reject(2, 11);
        for (u32 i = 0; i < r.r15; ++i) {
            const Ccw* const c = ccws + 4 * i;
            u32 const first = half(::machine::real<u8>(ccws->address) + 2);
            if (c[0].command != op::seek || c[1].command != op::search_id_equal ||
                !s370::command::is_tic(c[2].command) ||
                (c[3].command != op::read_data && c[3].command != op::write_data)) {
                return reject(2, 7);
            }
            if (half(::machine::real<u8>(c[0].address) + 2) != first) return reject(2, 12);
            if (c[3].count > 2048) return reject(2, 9);
            if (c[3].command == op::write_data && found->second->read_only) return reject(1, 3);
            if (first >= found->second->cylinders_) return reject(1, 4);
        }
        auto const outcome = found->second->run(ccws);
        if (outcome.status != 0)
            reject(3, 13);
        else
            r.r15 = 0;
    };
}

} // namespace fakes
