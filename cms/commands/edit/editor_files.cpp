// Files in and out of the editor.
#include "cms/api/message.h"
#include "cms/commands/edit/editor.h"
#include "cms/commands/errors.h"
#include "cms/commands/fileid.h"
#include "cms/commands/record_reader.h"

namespace cms::edit {
namespace {

constexpr Text module = "EDI"_e;
constexpr u32 sequence_column = 72, sequence_length = 8;

} // namespace

i32 Editor::load(const api::FileState& file) {
    RecordReader reader(file);
    if (!reader.ok()) return errors::no_storage("EDX"_e);
    bool truncated = false;
    for (;;) {
        Text record;
        i32 const code = reader.next(record);
        if (code == api::rc::end_of_file) break;
        if (code != 0) return errors::reading("EDX"_e, code, file.id);
        if (settings_.serial) record = record.substr(0, sequence_column);
        record = record.without_trailing_blanks();
        truncated = truncated || record.size() > buffer_.width();
        if (buffer_.insert(buffer_.end(), record) != nullptr) continue;
        Message("EDX"_e, 132, 'S'_e) << "FILE '"_e << api::spell(file.id) << "' TOO LARGE"_e;
        return api::rc::conflict;
    }
    if (!truncated) return 0;
    api::message("EDX"_e, 76, 'E'_e, "ACTUAL RECORD LENGTH EXCEEDS THAT SPECIFIED"_e);
    return api::rc::member;
}

// Columns 73 to 80: three letters of the name and five digits, or eight digits.
void Editor::serialize(u32 number, std::span<u8> record) const {
    if (!settings_.serial || record.size() < sequence_column + sequence_length) return;
    Line<8> sequence;
    u64 const value = u64{number} * settings_.serial_step;
    if (settings_.serial_all)
        sequence.decimal(value % 100'000'000, 8);
    else
        sequence << settings_.serial_name.padded(), sequence.decimal(value % 100'000, 5);
    std::copy(sequence.text().begin(), sequence.text().end(), record.begin() + sequence_column);
}

// Through a work file on the same disk, so that there is always a whole file.
bool Editor::write(const api::FileId& id) {
    api::DiskState disk;
    if (!api::find_disk(id.letter(), disk)) {
        say((Line<80>("DISK '"_e) << id.letter() << "' NOT ACCESSED"_e));
        return false;
    }
    if (!disk.writable) {
        say((Line<80>("SET NEW FILEMODE AND RETRY: DISK '"_e)
             << id.letter() << "' IS READ/ONLY"_e));
        return false;
    }
    if (buffer_.count() == 0) {
        say("FILE IS EMPTY"_e);
        return false;
    }
    api::FileId const work{Name8("EDIT"_e), Name8("CMSUT1"_e), id.mode};
    api::FileState old;
    if (api::state(work, old) == 0) api::erase(old.id);
    u8 record[256];
    u32 number = 0;
    i32 code = 0;
    for (EditLine* line = buffer_.top()->next; buffer_.is_line(line) && code == 0;
         line = line->next) {
        Text const text = line->text();
        usize length =
            settings_.recfm == 'F'_e ? settings_.record_length : std::max<usize>(1, text.size());
        std::fill_n(record, sizeof record, ' '_e);
        std::copy(text.begin(), text.end(), record);
        serialize(++number, {record, length});
        code = api::write_record(work, 0, {record, length}, settings_.recfm);
    }
    i32 const closed = api::finis(work);
    if (code == 0) code = closed;
    if (code == 0) code = api::replace(work, id);
    if (code == 0) return true;
    if (api::state(work, old) == 0) api::erase(old.id);
    if (code == api::rc::disk_full) {
        say("DISK IS FULL: THE FILE IS NOT WRITTEN"_e);
        return false;
    }
    Line<80> line("ERROR '"_e);
    say(line.decimal(u32(code)) << "' WRITING FILE '"_e << api::spell(id).text() << "' ON DISK"_e);
    return false;
}

// [fn [ft [fm]]], each the file's own when left out or `=`.
bool Editor::target(Text operands, api::FileId& id) {
    Line<130> upper;
    for (u8 c : operands) upper << ebcdic::upper(c);
    Fields fields(upper.text());
    Text const name = fields.next(), type = fields.next(), mode = fields.next();
    id = id_;
    if (!name.empty() && !(name == "="_e)) id.name = name;
    if (!type.empty() && !(type == "="_e)) id.type = type;
    if (!mode.empty() && !(mode == "="_e)) {
        ModeOperand const parsed = parse_mode(mode, {});
        if (!parsed.valid || parsed.mode.bytes[0] == '*'_e) {
            bad_operand(mode);
            return false;
        }
        id.mode = parsed.mode;
        if (id.mode.bytes[1] == ' '_e) id.mode.bytes[1] = '1'_e;
    }
    if (name.size() > 8 || type.size() > 8 || !fields.empty()) {
        bad_operand(fields.rest());
        return false;
    }
    return true;
}

void Editor::save(Text operands) {
    api::FileId id;
    if (target(operands, id) && write(id)) say("SAVED"_e);
}

void Editor::file(Text operands) {
    api::FileId id;
    if (!target(operands, id)) return;
    // An empty new file leaves nothing behind.
    done_ = (buffer_.count() == 0) || write(id);
}

void Editor::quit(Text) { done_ = true; }

// GETFILE fn [ft [fm [first [count]]]]: its lines behind the current one.
void Editor::get_file(Text operands) {
    Line<130> upper;
    for (u8 c : operands) upper << ebcdic::upper(c);
    Fields fields(upper.text());
    api::FileId id{Name8(fields.next()), id_.type, Name<2>("*"_e)};
    if (id.name.blank() || id.name.text() == "="_e) id.name = id_.name;
    Text const type = fields.next(), mode = fields.next();
    if (!type.empty() && !(type == "="_e)) id.type = type;
    if (!mode.empty()) id.mode = mode;
    u32 first = 1, count = 0;
    if (!count_operand(fields.next(), first) || !count_operand(fields.next(), count, ~u32{0}))
        return;
    api::FileState found;
    if (api::state(id, found) != 0) return say("GIVEN FILE NOT FOUND"_e);
    RecordReader reader(found, std::max(1u, first));
    bool truncated = false;
    for (u32 i = 0; i < count && reader.ok(); ++i) {
        Text record;
        if (reader.next(record) != 0) {
            if (i == 0) return say("GIVEN STARTING LINE IS BEYOND END OF FILE"_e);
            break;
        }
        record = record.without_trailing_blanks();
        truncated = truncated || record.size() > settings_.truncation;
        EditLine* const added = buffer_.insert(current_, record.substr(0, settings_.truncation));
        if (added == nullptr) return say("AVAILABLE STORAGE IS NOW FULL"_e);
        current_ = added;
    }
    say(truncated ? "RECORDS TRUNCATED"_e : "EOF REACHED"_e);
    verify_current();
}

void Editor::autosave(Text operands) {
    Text const operand = Fields(operands).next();
    if (operand.empty()) {
        Line<40> line("AUTOSAVE "_e);
        if (settings_.autosave == 0) return say(line << "OFF"_e);
        return say(line.decimal(settings_.autosave));
    }
    if (ebcdic::upper(operand[0]) == 'O'_e)
        settings_.autosave = 0;
    else
        count_operand(operand, settings_.autosave);
    changes_ = 0;
}

void Editor::count_for_autosave() {
    if (settings_.autosave == 0 || ++changes_ < settings_.autosave) return;
    changes_ = 0;
    if (write(id_)) say("_SAVED"_e);
}

void Editor::file_name(Text operands) {
    Text const operand = Fields(operands).next();
    if (operand.empty()) return say(id_.name.text());
    if (operand.size() > 8) return bad_operand(operand);
    Line<8> upper;
    for (u8 c : operand) upper << ebcdic::upper(c);
    id_.name = upper.text();
}

void Editor::file_mode(Text operands) {
    Text const operand = Fields(operands).next();
    if (operand.empty()) return say(id_.mode.text());
    Line<8> upper;
    for (u8 c : operand) upper << ebcdic::upper(c);
    ModeOperand const mode = parse_mode(upper.text(), {});
    if (!mode.valid || mode.mode.bytes[0] == '*'_e) return bad_operand(operand);
    u8 const number = id_.mode.bytes[1];
    id_.mode = mode.mode;
    if (id_.mode.bytes[1] == ' '_e) id_.mode.bytes[1] = number;
}

void Editor::record_format(Text operands) {
    Text const operand = Fields(operands).next();
    if (operand.empty()) return say({&settings_.recfm, 1});
    u8 const recfm = ebcdic::upper(operand[0]);
    if (operand.size() != 1 || (recfm != 'F'_e && recfm != 'V'_e)) return bad_operand(operand);
    settings_.recfm = recfm;
}

} // namespace cms::edit
