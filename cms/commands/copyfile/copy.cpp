#include "cms/commands/copyfile/copy.h"

#include "cms/commands/copyfile/pack.h"
#include "cms/commands/errors.h"
#include "cms/commands/record_reader.h"

namespace cms::copyfile {
namespace {

FileId work_file(u8 letter) {
    FileId id{Name8("COPYFILE"_e), Name8("CMSUT1"_e), {}};
    id.mode.bytes[0] = letter;
    id.mode.bytes[1] = '1'_e;
    return id;
}

// A label stands at the beginning of a record.
bool labelled(Text record, const Name8& label) { return record.starts_with(label.text()); }

i32 write_failed(i32 code, const FileId& id) {
    if (code == api::rc::disk_read_only) return errors::read_only(module, id.letter());
    return errors::writing(module, code, id);
}

} // namespace

i32 Copy::run(std::span<const FileState> inputs, const FileId& output) {
    if (i32 const code = prepare(inputs, output)) return code;
    i32 code = 0;
    for (const FileState& input : inputs) {
        announce(input);
        code = copy_file(input);
        if (code != 0) break;
    }
    if (code == 0 && request_.destination == Destination::Overlay) code = keep_rest_of_overlaid();
    return finish(code, inputs);
}

void Copy::announce(const FileState& input) const {
    if (!request_.type) return;
    Text const how = request_.destination == Destination::Append    ? "APPEND"_e
                     : request_.destination == Destination::Overlay ? "OVLY"_e
                                                                    : "TO"_e;
    Message(module, 721, 'I'_e) << "COPY '"_e << api::spell(input.id) << "' "_e << how << " '"_e
                                << api::spell(target_) << "' ("_e
                                << (old_exists_ ? "OLD"_e : "NEW"_e) << " FILE)"_e;
}

i32 Copy::prepare(std::span<const FileState> inputs, const FileId& output) {
    target_ = output;
    FileId probe = output;
    probe.mode.bytes[1] = ' '_e;
    i32 const code = api::state(probe, old_);
    if (code != 0 && code != api::rc::not_found) return errors::state_failed(module, code, output);
    // A file of that name on a read-only extension is another file.
    old_exists_ = code == 0 && old_.id.letter() == output.letter();
    api::DiskState disk;
    if (!api::find_disk(output.letter(), disk))
        return errors::not_accessed(module, output.letter());
    if (!disk.writable) return errors::read_only(module, output.letter());
    if (old_exists_ && request_.destination == Destination::NewFile) {
        Message(module, 24, 'E'_e)
            << "FILE '"_e << api::spell(old_.id) << "' ALREADY EXISTS -- SPECIFY 'REPLACE'"_e;
        return api::rc::not_found;
    }
    bool const to_old =
        request_.destination == Destination::Append || request_.destination == Destination::Overlay;
    if (!old_exists_ && request_.destination == Destination::Overlay) {
        Message(module, 2, 'E'_e) << "OVERLAY FILE '"_e << api::spell(output) << "' NOT FOUND"_e;
        return api::rc::not_found;
    }
    for (const FileState& input : inputs) {
        if (request_.destination != Destination::Append || !old_exists_ || !(input.id == old_.id))
            continue;
        Message(module, 30, 'E'_e) << "FILE '"_e << api::spell(old_.id) << "' ALREADY ACTIVE"_e;
        return api::rc::not_found;
    }
    if (old_exists_ && output.number() == ' '_e) target_.mode.bytes[1] = old_.id.number();
    if (target_.mode.bytes[1] == ' '_e) target_.mode.bytes[1] = inputs[0].id.number();

    // The format is the old file's when it goes on, else as asked, else the first input's.
    u32 longest = 0;
    for (const FileState& input : inputs) longest = std::max(longest, input.record_length);
    FileState const& model = to_old && old_exists_ ? old_ : inputs[0];
    recfm_ = request_.recfm != 0 && !(to_old && old_exists_) ? request_.recfm : model.recfm;
    record_length_ = request_.record_length;
    if (record_length_ == 0)
        record_length_ = recfm_ == 'V'_e        ? std::max(longest, 65535u)
                         : model.recfm == 'F'_e ? model.record_length
                                                : longest;
    if (to_old && old_exists_ && recfm_ == 'F'_e) record_length_ = old_.record_length;
    u32 const room = recfm_ == 'F'_e ? record_length_
                                     : std::max({longest, old_exists_ ? old_.record_length : 0u,
                                                 std::min(record_length_, 4096u)});
    if (!record_.resize(std::max(room, 1u))) return errors::no_storage(module);

    bool const in_place = request_.destination == Destination::Append || !old_exists_;
    output_ = in_place ? target_ : work_file(output.letter());
    FileState leftover;
    if (!in_place && api::state(output_, leftover) == 0) api::erase(leftover.id);
    written_ = overlaid_ = 0;
    return 0;
}

i32 Copy::copy_file(const FileState& input) {
    if (request_.packing != Packing::None)
        return pack_file(input, output_, request_.packing, written_);
    RecordReader reader(input, std::max(1u, request_.from));
    if (!reader.ok()) return errors::no_storage(module);
    bool copying = request_.from_label.blank();
    u32 copied = 0;
    for (;;) {
        Text record;
        i32 const code = reader.next(record);
        if (code == api::rc::end_of_file) break;
        if (code != 0) return errors::reading(module, code, input.id);
        if (!copying)
            copying = labelled(record, request_.from_label);
        else if (!request_.to_label.blank() && labelled(record, request_.to_label))
            return 0;
        if (!copying) continue;
        if (i32 const failed = copy_record(record)) return failed;
        if (++copied == request_.count) return 0;
    }
    if (!copying) {
        Message(module, 157, 'E'_e) << "LABEL '"_e << request_.from_label
                                    << "' NOT FOUND IN FILE '"_e << api::spell(input.id) << "'"_e;
        return api::rc::format;
    }
    if (request_.from > input.records) {
        Message message(module, 156, 'E'_e);
        (message << "'FROM "_e).decimal(request_.from)
            << "' NOT FOUND -- FILE '"_e << api::spell(input.id) << "' HAS ONLY '"_e;
        message.decimal(input.records) << "' RECORDS"_e;
        return api::rc::format;
    }
    if (!request_.to_label.blank()) {
        Message(module, 157, 'E'_e) << "LABEL '"_e << request_.to_label << "' NOT FOUND IN FILE '"_e
                                    << api::spell(input.id) << "'"_e;
        return api::rc::format;
    }
    return 0;
}

// What the new record begins as: the record that it overlays, else fill characters.
u32 Copy::base_record(u32& length) {
    std::fill_n(record_.data(), record_.size(), request_.fill);
    length = 0;
    if (request_.destination != Destination::Overlay || overlaid_ >= old_.records) return 0;
    return u32(api::read_record(old_.id, ++overlaid_, {record_.data(), record_.size()}, length));
}

i32 Copy::copy_record(Text input) {
    u32 length = 0;
    if (u32 const code = base_record(length)) return errors::reading(module, i32(code), old_.id);
    std::span<u8> const record{record_.data(), record_.size()};
    if (request_.specifications) {
        length = specifications_.compose(input, record, length);
    } else {
        u32 const taken = std::min(static_cast<u32>(input.size()), record_.size());
        std::copy_n(input.data(), taken, record_.data());
        length = std::max(length, taken);
    }
    for (u32 i = 0; i < length; ++i) {
        u8 c = record_[i];
        if (request_.letters == LetterCase::Upper)
            c = ebcdic::upper(c);
        else if (request_.letters == LetterCase::Lower && ebcdic::is_upper_letter(c))
            c &= 0xBF;
        record_[i] = translation_[c];
    }
    return write(Text(record_.data(), length));
}

i32 Copy::write(Text record) {
    u32 length = static_cast<u32>(record.size());
    if (recfm_ == 'F'_e) {
        for (u32 i = length; i < record_length_; ++i) record_[i] = request_.fill;
        length = record_length_;
    } else {
        length = std::min(length, record_length_);
        if (request_.truncate)
            while (length > 1 && record_[length - 1] == request_.fill) --length;
        if (length == 0) record_[length++] = request_.fill; // a record has one byte at least
    }
    i32 const code = api::write_record(output_, 0, Text(record_.data(), length), recfm_);
    if (code != 0) return write_failed(code, target_);
    ++written_;
    return 0;
}

// Records of the old file behind those that were overlaid stay.
i32 Copy::keep_rest_of_overlaid() {
    while (overlaid_ < old_.records) {
        u32 length = 0;
        if (u32 const code = base_record(length))
            return errors::reading(module, i32(code), old_.id);
        if (i32 const code = write(Text(record_.data(), length))) return code;
    }
    return 0;
}

i32 Copy::finish(i32 code, std::span<const FileState> inputs) {
    for (const FileState& input : inputs) api::finis(input.id);
    if (request_.destination == Destination::Overlay) api::finis(old_.id);
    bool const appending = request_.destination == Destination::Append && old_exists_;
    if (code == 0 && written_ == 0) {
        Message(module, 173, 'E'_e)
            << "NO RECORDS WERE COPIED TO OUTPUT FILE '"_e << api::spell(target_) << "'"_e;
        code = api::rc::member;
    }
    if (written_ > 0) {
        i32 const closed = api::finis(output_);
        if (code == 0 && closed != 0) code = write_failed(closed, target_);
    }
    bool const moved = !(output_.name == target_.name && output_.type == target_.type);
    if (code == 0 && moved)
        if (i32 const failed = api::replace(output_, target_)) code = write_failed(failed, target_);
    if (code == 0 && request_.old_date) api::set_stamp(target_, inputs[0].written);
    FileState half;
    if (code != 0 && !appending && written_ > 0 && api::state(output_, half) == 0)
        api::erase(half.id);
    return code;
}

} // namespace cms::copyfile
