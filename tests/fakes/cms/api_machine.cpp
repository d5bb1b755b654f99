#include "tests/fakes/cms/api_machine.h"

#include "cms/api/cards.h"
#include "cms/api/clock.h"
#include "cms/api/command.h"
#include "cms/api/console.h"
#include "cms/api/storage.h"

#include <cstdlib>

namespace fakes {

ApiMachine machine;

std::string latin1(Text text) {
    std::string result;
    for (u8 c : text) result += static_cast<char>(ebcdic::to_latin1(c));
    return result;
}

std::string ebcdic_of(const std::string& text) {
    std::string result;
    for (char c : text) result += static_cast<char>(ebcdic::from_latin1(static_cast<u8>(c)));
    return result;
}

namespace {

Text text_of(const std::string& bytes) {
    return {reinterpret_cast<const u8*>(bytes.data()), bytes.size()};
}

template <usize length>
Name<length> name_of(const std::string& text) {
    std::string const bytes = ebcdic_of(text);
    return Name<length>(text_of(bytes));
}

char letter_of(const cms::api::FileId& id) {
    return static_cast<char>(ebcdic::to_latin1(id.letter()));
}

bool matches(const Name8& pattern, const Name8& name) {
    return pattern.text() == "*"_e || pattern == name;
}

} // namespace

ApiMachine& ApiMachine::reset() {
    machine = ApiMachine{};
    cms::api::DiskState a;
    a.letter = 'A'_e;
    a.label = "WORK01"_e;
    a.device = 0x191;
    a.writable = true;
    a.cylinders = 10;
    a.device_type = 0x0B;
    a.blocks_total = 5700;
    a.blocks_used = 570;
    a.blocks_left = 5130;
    cms::api::DiskState s = a;
    s.letter = 'S'_e;
    s.label = "CMS190"_e;
    s.device = 0x190;
    s.writable = false;
    s.block_size = 1024;
    machine.disks = {a, s};
    return machine;
}

CmsFile& ApiMachine::put(const std::string& name, const std::string& type, const std::string& mode,
                         const std::vector<std::string>& lines, char recfm, u32 lrecl) {
    CmsFile file;
    file.state.id = {name_of<8>(name), name_of<8>(type), name_of<2>(mode)};
    file.state.recfm = ebcdic::from_latin1(static_cast<u8>(recfm));
    file.state.record_length = lrecl;
    for (const std::string& line : lines) {
        std::string record = ebcdic_of(line);
        if (recfm == 'F') record.resize(lrecl, '\x40');
        file.state.record_length = std::max(file.state.record_length, u32(record.size()));
        file.records.push_back(record);
    }
    file.state.records = u32(file.records.size());
    file.state.blocks = (file.state.records * file.state.record_length + 799) / 800;
    file.state.written = {2026, 11, 22, 10, 30, 0};
    file.state.writable = mode[0] == 'A';
    auto& directory = files[mode[0]];
    std::erase_if(directory, [&](const CmsFile& old) {
        return old.state.id.name == file.state.id.name && old.state.id.type == file.state.id.type;
    });
    directory.push_back(file);
    for (auto& disk : disks)
        if (ebcdic::to_latin1(disk.letter) == u8(mode[0])) disk.files = u32(directory.size());
    return directory.back();
}

CmsFile* ApiMachine::find(const std::string& name, const std::string& type, char letter) {
    for (CmsFile& file : files[letter])
        if (file.state.id.name == name_of<8>(name) && file.state.id.type == name_of<8>(type))
            return &file;
    return nullptr;
}

std::vector<std::string> ApiMachine::lines(const std::string& name, const std::string& type,
                                           char letter) {
    std::vector<std::string> result;
    if (CmsFile* file = find(name, type, letter))
        for (const std::string& record : file->records) result.push_back(latin1(text_of(record)));
    return result;
}

std::string ApiMachine::screen() const {
    std::string result;
    for (const std::string& line : typed) result += line + "\n";
    return result;
}

Called::Called(const std::string& line) : line_(ebcdic_of(line)) {
    tokens_.resize(50);
    usize const count = cms::api::tokenize(text_of(line_), tokens_);
    tokens_.resize(count + 1);
    std::fill_n(tokens_.back().bytes, 8, u8{0xFF});
}

cms::api::Parameters Called::parameters() const {
    Text const line = text_of(line_);
    return cms::api::Parameters(tokens_.data(),
                                line.substr(Fields(line).next().size()).without_leading_blanks());
}

} // namespace fakes

namespace cms::api {

using fakes::machine;

namespace {

i32 look_up(const FileId& id, FileState& found, bool writable) {
    if (id.name.blank() || id.type.blank()) return rc::invalid_fileid;
    u8 const letter = id.letter();
    bool const any = letter == '*'_e || letter == ' '_e;
    bool accessed = any;
    for (const DiskState& disk : machine.disks) {
        if (!any && disk.letter != letter && disk.parent != letter) continue;
        accessed = true;
        if (writable && !disk.writable) continue;
        for (const auto& file : machine.files[static_cast<char>(ebcdic::to_latin1(disk.letter))]) {
            if (!fakes::matches(id.name, file.state.id.name) ||
                !fakes::matches(id.type, file.state.id.type))
                continue;
            if (!any && id.number() != ' '_e && id.number() != file.state.id.number()) continue;
            found = file.state;
            return 0;
        }
    }
    return accessed ? rc::not_found : rc::disk;
}

fakes::CmsFile* open_file(const FileId& id) {
    for (auto& [letter, directory] : machine.files)
        for (auto& file : directory)
            if (file.state.id.name == id.name && file.state.id.type == id.type &&
                (id.letter() == '*'_e || id.letter() == ' '_e || fakes::letter_of(id) == letter))
                return &file;
    return nullptr;
}

} // namespace

i32 state(const FileId& id, FileState& found) { return look_up(id, found, false); }
i32 state_for_writing(const FileId& id, FileState& found) { return look_up(id, found, true); }

i32 read_record(const FileId& id, u32 item, std::span<u8> buffer, u32& length) {
    fakes::CmsFile* file = open_file(id);
    length = 0;
    if (file == nullptr) return rc::read_not_found;
    u32 const index = item != 0 ? item - 1 : file->next_read;
    if (index >= file->records.size()) return rc::end_of_file;
    file->next_read = index + 1;
    file->state.open = true;
    const std::string& record = file->records[index];
    length = u32(std::min(record.size(), buffer.size()));
    std::copy_n(record.begin(), length, buffer.begin());
    return record.size() > buffer.size() ? rc::buffer_short : 0;
}

i32 write_record(const FileId& id, u32 item, Text record, u8 recfm) {
    bool writable = false;
    for (const DiskState& disk : machine.disks)
        writable |= disk.letter == id.letter() && disk.writable;
    if (!writable) return rc::disk_read_only;
    if (machine.fail_write_after == 0) return rc::disk_full;
    if (machine.fail_write_after > 0) --machine.fail_write_after;
    if (record.empty() || (recfm != 'F'_e && recfm != 'V'_e)) return record.empty() ? 8 : 11;
    fakes::CmsFile* file = open_file(id);
    if (file == nullptr) {
        file = &machine.put(fakes::latin1(id.name.text()), fakes::latin1(id.type.text()),
                            fakes::latin1(id.mode.text()).append("1").substr(0, 2), {});
        file->state.recfm = recfm;
    }
    if (recfm != file->state.recfm) return 16;
    if (recfm == 'F'_e && file->state.record_length != 0 &&
        file->state.record_length != record.size())
        return 15;
    std::string const bytes(record.begin(), record.end());
    u32 const index = item != 0 ? item - 1 : u32(file->records.size());
    if (index > file->records.size()) return 7;
    if (index == file->records.size())
        file->records.push_back(bytes);
    else
        file->records[index] = bytes;
    file->state.records = u32(file->records.size());
    file->state.record_length = std::max(file->state.record_length, u32(record.size()));
    file->state.open = true;
    return 0;
}

i32 finis(const FileId& id) {
    i32 code = 6;
    for (auto& [letter, directory] : machine.files)
        for (auto& file : directory) {
            if (!fakes::matches(id.name, file.state.id.name) ||
                !fakes::matches(id.type, file.state.id.type))
                continue;
            if (id.letter() != '*'_e && id.letter() != ' '_e && fakes::letter_of(id) != letter)
                continue;
            if (file.state.open) code = 0;
            file.state.open = false;
            file.next_read = 0;
        }
    return code;
}

i32 erase(const FileId& id) {
    FileState found;
    i32 const code = look_up(id, found, true);
    if (code != 0) return code;
    std::erase_if(machine.files[fakes::letter_of(found.id)],
                  [&](const auto& file) { return file.state.id == found.id; });
    return 0;
}

i32 rename(const FileId& from, const FileId& to) {
    fakes::CmsFile* file = open_file(from);
    if (file == nullptr) return rc::not_found;
    u8 const number = to.number() != ' '_e ? to.number() : file->state.id.number();
    file->state.id = to;
    file->state.id.mode.bytes[1] = number;
    return 0;
}

i32 replace(const FileId& from, const FileId& to) {
    FileState old;
    if (!(from.name == to.name && from.type == to.type) && look_up(to, old, true) == 0)
        erase(old.id);
    return rename(from, to);
}

i32 set_stamp(const FileId& id, const Stamp& written) {
    fakes::CmsFile* file = open_file(id);
    if (file == nullptr) return rc::not_found;
    file->state.written = written;
    return 0;
}

bool DiskWalk::next(DiskState& disk) {
    if (at_ >= machine.disks.size()) return false;
    disk = machine.disks[at_++];
    started_ = true;
    return true;
}

bool find_disk(u8 letter, DiskState& disk) {
    for (DiskWalk walk; walk.next(disk);)
        if (disk.letter == letter) return true;
    return false;
}

FileWalk::FileWalk(u8 letter) : letter_(letter) {}

bool FileWalk::next(FileState& file) {
    auto const& directory = machine.files[static_cast<char>(ebcdic::to_latin1(letter_))];
    static_cast<void>(block_ + entry_size_ + block_size_ + left_ + writable_);
    if (index_ >= directory.size()) return false;
    file = directory[index_++].state;
    return true;
}

void type_line(Text line) {
    if (!machine.halted)
        machine.typed.push_back(
            fakes::latin1(line.without_trailing_blanks().substr(0, line_limit)));
}
void type_prompt(Text line) { type_line(line); }
void type_message(Text line) { type_line(line); }

Text read_line(std::span<u8> buffer, Input translation) {
    auto& source = machine.stack.empty() ? machine.terminal : machine.stack;
    if (source.empty()) return {};
    std::string line = source.front();
    source.pop_front();
    if (&source == &machine.stack) line = fakes::latin1(fakes::text_of(line));
    line = fakes::ebcdic_of(line).substr(0, line_limit);
    for (usize i = 0; i < line.size(); ++i)
        buffer[i] = translation == Input::Upper ? ebcdic::upper(static_cast<u8>(line[i]))
                                                : static_cast<u8>(line[i]);
    return Text(buffer.data(), line.size()).without_trailing_blanks();
}

u32 stacked_lines() { return u32(machine.stack.size()); }

void stack_line(Text line, bool last_in_first_out) {
    std::string const bytes(line.begin(), line.end());
    if (last_in_first_out)
        machine.stack.push_front(bytes);
    else
        machine.stack.push_back(bytes);
}
void clear_stack() { machine.stack.clear(); }
bool typing_halted() { return machine.halted; }
void halt_typing(bool halted) { machine.halted = halted; }

void* allocate(u32 bytes) {
    if (machine.fail_allocation_after == 0) return nullptr;
    if (machine.fail_allocation_after > 0) --machine.fail_allocation_after;
    return std::malloc(bytes);
}
void release(void* block, u32) { std::free(block); }

i32 call(std::span<const Name8> tokens, bool) {
    std::string line;
    for (const Name8& token : tokens)
        line += (line.empty() ? "" : " ") + fakes::latin1(token.text());
    machine.commands.push_back(line);
    if (machine.on_command) return machine.on_command(line);
    auto const known = machine.return_codes.find(line.substr(0, line.find(' ')));
    return known == machine.return_codes.end() ? 0 : known->second;
}

i32 call_line(Text line, bool quiet) {
    Name8 tokens[40];
    return call({tokens, tokenize(line, tokens)}, quiet);
}

i32 call_cp(Text command) {
    machine.cp_commands.push_back(fakes::latin1(command));
    return machine.cp_code;
}

i32 call_cp(Text command, std::span<u8> answer, u32& length) {
    std::string const text = fakes::ebcdic_of(machine.cp_answer);
    length = u32(std::min(text.size(), answer.size()));
    std::copy_n(text.begin(), length, answer.begin());
    return call_cp(command);
}

Clock read_clock() {
    return {Name8("11/22/26"_e), Name8("10:30:00"_e), Microseconds{120'000}, Microseconds{340'000}};
}

i32 punch_card(Text text) {
    machine.punched.push_back(fakes::latin1(text));
    return 0;
}

} // namespace cms::api

#include "cms/api/display.h"
#include "cms/api/settings.h"
#include "cms/api/volumes.h"

namespace cms::api {

bool is_display() { return machine.display; }
bool show(const Screen& screen) {
    machine.screens.clear();
    for (const auto& row : screen.rows)
        machine.screens.push_back(
            fakes::latin1(Text(row, display_columns).without_trailing_blanks()));
    return true;
}
void clear_display() { machine.screens.clear(); }

bool read_setting(Setting setting) { return machine.settings[u8(setting)]; }
void write_setting(Setting setting, bool on) { machine.settings[u8(setting)] = on; }
u8 translation(Table table, u8 code) {
    auto const found = machine.tables[u8(table)].find(code);
    return found == machine.tables[u8(table)].end() ? code : found->second;
}
bool has_translation(Table table) { return !machine.tables[u8(table)].empty(); }
bool set_translation(Table table, u8 code, u8 becomes) {
    machine.tables[u8(table)][code] = becomes;
    return true;
}
void drop_translation(Table table) { machine.tables[u8(table)].clear(); }
u32 loader_table_pages() { return machine.loader_pages; }
bool set_loader_table_pages(u32 pages) {
    machine.loader_pages = pages;
    return true;
}
Text system_heading() { return "CMS VERSION 6.0"_e; }

i32 access_disk(Access& access) {
    machine.accessed.push_back(access);
    if (machine.volume_code != 0) {
        access.other = 'A'_e;
        return machine.volume_code;
    }
    access.writable = access.device == 0x191;
    if (access.device == 0x192) access.replaced = 0x193;
    if (access.device == 0x194) access.also = 'B'_e;
    return 0;
}
i32 release_disk(u8 letter) {
    machine.released += static_cast<char>(ebcdic::to_latin1(letter));
    return machine.volume_code;
}
i32 format_disk(Format& format) {
    machine.formatted.push_back(format);
    if (format.cylinders == 0) format.cylinders = 5;
    return machine.volume_code;
}

} // namespace cms::api
