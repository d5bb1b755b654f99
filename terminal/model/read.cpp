// What the host reads: the buffer, or the fields that were modified.
//
// GA23-0059 "Read commands", "Inbound reply modes".
#include "s370/arch/ds3270.h"
#include "terminal/model/attributes.h"
#include "terminal/model/data_stream.h"

#include <algorithm>
#include <array>

namespace terminal {
namespace {

namespace order = s370::ds3270::order;
namespace aid = s370::ds3270::aid;
namespace attribute = s370::ds3270::attribute;

// Composes a reply and knows which attributes the host was told last.
class Reply {
  public:
    Reply(const Screen& screen, ReplyMode mode, const Bytes& told_types)
        : screen_(screen), mode_(mode), told_types_(told_types) {}

    void byte(u8 value) { bytes_.push_back(value); }
    void address(u32 position) {
        auto const pair = screen_.size().cells() <= 4096 ? s370::ds3270::address12(position)
                                                         : s370::ds3270::address14(position);
        bytes_.insert(bytes_.end(), pair.begin(), pair.end());
    }
    void field(const Cell& cell) {
        u8 const attribute_byte = s370::ds3270::graphic(cell.attribute);
        if (mode_ == ReplyMode::Field) {
            byte(order::start_field);
            byte(attribute_byte);
            return;
        }
        byte(order::start_field_extended);
        usize const pairs = bytes_.size();
        byte(1);
        byte(extended::field);
        byte(attribute_byte);
        for (u8 type : extended::reply_order) {
            if (u8 const value = extended::get(cell.looks, type); value != 0) {
                byte(type);
                byte(value);
                ++bytes_[pairs];
            }
        }
    }
    void character(const Cell& cell) {
        if (mode_ == ReplyMode::Character) {
            for (u8 type : extended::reply_order) tell(type, cell.looks);
            told_ = cell.looks;
        }
        if (cell.graphic) byte(order::graphic_escape);
        byte(cell.code);
    }
    Bytes take() { return std::move(bytes_); }

  private:
    void tell(u8 type, const Looks& looks) {
        u8 const value = extended::get(looks, type);
        if (value == extended::get(told_, type)) return;
        if (std::find(told_types_.begin(), told_types_.end(), type) == told_types_.end()) return;
        byte(order::set_attribute);
        byte(type);
        byte(value);
    }

    const Screen& screen_;
    ReplyMode mode_;
    const Bytes& told_types_;
    Looks told_;
    Bytes bytes_;
};

bool sends_no_data(u8 key) {
    return key == aid::pa1 || key == aid::pa2 || key == aid::pa3 || key == aid::clear;
}

} // namespace

Bytes DataStream::read_buffer(u8 key) const {
    Reply reply(screen_, reply_mode_, reply_attributes_);
    reply.byte(key);
    reply.address(screen_.cursor());
    for (u32 at = 0; at < screen_.size().cells(); ++at) {
        Cell const& cell = screen_.at(at);
        if (cell.field)
            reply.field(cell);
        else
            reply.character(cell);
    }
    return reply.take();
}

Bytes DataStream::read_modified(u8 key, bool all) const {
    Reply reply(screen_, reply_mode_, reply_attributes_);
    if (key == aid::test_request) {
        // The test request heading: SOH % / STX.
        for (u8 byte : std::to_array<u8>({0x01, 0x6C, 0x61, 0x02})) reply.byte(byte);
    } else {
        reply.byte(key);
        if (!all && sends_no_data(key)) return reply.take();
        reply.address(screen_.cursor());
    }
    u32 const cells = screen_.size().cells();
    auto const send = [&](u32 at) {
        if (screen_.at(at).code != 0) reply.character(screen_.at(at));
    };
    if (!screen_.formatted()) {
        for (u32 at = 0; at < cells; ++at) send(at);
        return reply.take();
    }
    // The last field goes on at the top of the screen.
    for (u32 field = 0; field < cells; ++field) {
        Cell const& cell = screen_.at(field);
        if (!cell.field || (cell.attribute & attribute::modified) == 0) continue;
        reply.byte(order::set_buffer_address);
        reply.address(screen_.next(field));
        if (key == aid::cursor_select && !all) continue; // tells which, not what
        for (u32 at = screen_.next(field); !screen_.at(at).field; at = screen_.next(at)) send(at);
    }
    return reply.take();
}

} // namespace terminal
