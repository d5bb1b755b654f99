#include "terminal/model/data_stream.h"

#include "s370/arch/ds3270.h"
#include "terminal/model/structured_fields.h"
#include "terminal/model/writer.h"

#include <algorithm>

namespace terminal {

namespace {

namespace local = s370::ds3270::command;
// The same commands as SNA and telnet hosts code them.
constexpr u8 write = 0xF1, erase_write = 0xF5, erase_write_alternate = 0x7E,
             erase_all_unprotected = 0x6F, write_structured_field = 0xF3,
             read_buffer_command = 0xF2, read_modified_command = 0xF6, read_modified_all = 0x6E,
             local_read_modified_all = 0x0E;

} // namespace

void DataStream::erase(bool alternate) {
    screen_.erase(alternate);
    address_ = system_start_ = 0;
}

void DataStream::change_mode(bool in_system) {
    reply_mode_ = ReplyMode::Field;
    reply_attributes_.clear();
    in_system_ = in_system;
}

void DataStream::reset() {
    erase(false);
    change_mode(false);
    aid_ = s370::ds3270::aid::none;
}

DataStream::Outcome DataStream::receive(const Record& record) {
    Outcome outcome;
    buffer_ = record.buffer;
    usize const end = std::min(record.end, buffer_.size());
    if (end < record.end) outcome.refuse(Refusal::Operation, "record too long");
    if (end != record.header && record.header < buffer_.size())
        command(record.header, end, false, outcome);
    if (outcome.restore_keyboard) aid_ = s370::ds3270::aid::none;
    return outcome;
}

void DataStream::command(usize start, usize end, bool outbound, Outcome& outcome) {
    auto const write_now = [&](bool erased) {
        if (start + 1 == end) {
            // A structured field may carry the bare command.
            if (!outbound || erased) outcome.inhibit = false;
            if (!outbound) outcome.refuse(Refusal::Command, "no write control");
            return;
        }
        outcome.inhibit = false;
        Writer(*this, start + 1, end, outcome).run(erased);
        outcome.written = true;
    };
    auto const erase_write_now = [&](bool alternate) {
        erase(outbound ? screen_.alternate() : alternate);
        write_now(true);
    };
    switch (buffer_[start]) {
    case write:
    case local::write: return write_now(false);
    case erase_write:
    case local::erase_write: return erase_write_now(false);
    case erase_write_alternate:
    case local::erase_write_alternate: return erase_write_now(true);
    case erase_all_unprotected:
    case local::erase_all_unprotected:
        if (!screen_.formatted()) erase(screen_.alternate());
        screen_.erase_unprotected();
        outcome.inhibit = false;
        outcome.restore_keyboard = true;
        return;
    case write_structured_field:
    case local::write_structured_field: return StructuredFields(*this, outcome).run(start + 1, end);
    case read_buffer_command:
    case local::read_buffer: outcome.replies.push_back(read_buffer(aid_)); return;
    case read_modified_command:
    case local::read_modified:
        outcome.replies.push_back(aid_ == s370::ds3270::aid::structured_field
                                      ? structured_reply_
                                      : read_modified(aid_, false));
        return;
    case read_modified_all:
    case local_read_modified_all: outcome.replies.push_back(read_modified(aid_, true)); return;
    case local::noop: return;
    default: outcome.refuse(Refusal::Command, "unknown command");
    }
}

} // namespace terminal
