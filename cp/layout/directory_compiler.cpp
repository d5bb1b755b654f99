#include "cp/layout/directory_compiler.h"

namespace cp::directory {
namespace {

bool before(const IndexEntry& a, const IndexEntry& b) {
    return std::lexicographical_compare(a.userid.bytes, a.userid.bytes + 8, b.userid.bytes,
                                        b.userid.bytes + 8);
}

} // namespace

Line<100> message(const SourceError& error) {
    Line<100> line("DMKDIR"_e);
    line.decimal(error.fault.number, 3) << "E "_e;
    switch (error.fault.number) {
    case invalid_operand: line << "INVALID OPERAND - "_e << error.fault.operand; break;
    case sequence_error: line << "STATEMENT SEQUENCE ERROR"_e; break;
    case operand_missing: line << "OPERAND MISSING"_e; break;
    case duplicate_unit: line << "DUPLICATE UNIT DEFINITION"_e; break;
    case not_enough_space: line << "NOT ENOUGH SPACE ALLOCATED FOR DIRECTORY"_e; break;
    default: line << "DIRECTORY STATEMENT MISSING"_e;
    }
    if (error.fault.number != invalid_operand && !error.user.blank())
        line << " FOLLOWING USER "_e << error.user;
    return line;
}

bool Compiler::fail(ErrorSink& errors, const Fault& fault) {
    errors.error({fault, line_, in_user_ ? user_.userid : Name8()});
    return false;
}

bool Compiler::check(ErrorSink& errors) {
    users_ = line_ = 0;
    next_ = {};
    directory_seen_ = in_user_ = broken_user_ = false;
    bool good = true;

    source_.rewind();
    for (Text line; source_.next(line);) {
        ++line_;
        SourceLine const upper = source_line(line);
        if (!check_line(errors, upper)) good = false;
    }
    line_ = 0;
    in_user_ = false;
    if (!directory_seen_ && good) return fail(errors, {directory_missing, {}});
    if (users_ == 0 && good) return fail(errors, {operand_missing, "USER"_e});
    return finish_index(errors) && good;
}

bool Compiler::check_line(ErrorSink& errors, Text line) {
    Fields fields(line);
    auto const keyword = parse_keyword(fields);
    if (!keyword) return fail(errors, keyword.error());

    switch (keyword.value()) {
    case Keyword::Comment: return true;
    case Keyword::Directory: {
        bool const first = !directory_seen_ && !in_user_;
        directory_seen_ = true;
        if (!first) return fail(errors, {sequence_error, {}});
        auto const parsed = parse_directory(fields, target_);
        return parsed ? true : fail(errors, parsed.error());
    }
    case Keyword::User: return begin_user(errors, fields);
    default: break;
    }

    // What follows a USER statement in error belongs to nobody: checked, not counted.
    if (!in_user_ && !broken_user_) return fail(errors, {sequence_error, {}});
    if (describes_device(keyword.value())) return add_device(errors, keyword.value(), fields);
    if (device_seen_) return fail(errors, {sequence_error, {}});
    auto const parsed = parse_user_statement(keyword.value(), fields, user_);
    return parsed ? true : fail(errors, parsed.error());
}

bool Compiler::begin_user(ErrorSink& errors, Fields& fields) {
    in_user_ = device_seen_ = false;
    broken_user_ = true;
    if (!directory_seen_) {
        directory_seen_ = true; // one message is enough
        fail(errors, {directory_missing, {}});
    }
    auto const parsed = parse_user(fields, user_);
    if (!parsed) return fail(errors, parsed.error());
    for (u32 i = 0; i < users_; ++i)
        if (index_[i].userid == user_.userid) return fail(errors, {invalid_operand, user_.userid});
    if (users_ == index_.size()) return fail(errors, {not_enough_space, {}});

    place_user(next_);
    IndexEntry& entry = index_[users_++];
    entry = {};
    entry.userid = user_.userid;
    entry.page = next_.page;
    entry.slot = static_cast<u16>(next_.slot);
    next_.slot += 2;
    in_user_ = true;
    broken_user_ = false;
    return true;
}

bool Compiler::add_device(ErrorSink& errors, Keyword keyword, Fields& fields) {
    device_seen_ = true;
    DeviceEntry device;
    auto const parsed = parse_device(keyword, fields, device);
    if (!parsed) return fail(errors, parsed.error());
    if (!in_user_) return true;

    u32 const count = user_.devices;
    for (u32 i = 0; i < count; ++i)
        if (addresses_[i] == device.address) return fail(errors, {duplicate_unit, {}});
    if (count == largest_devices) return fail(errors, {not_enough_space, {}});
    addresses_[count] = device.address;
    user_.devices += u16{1};
    index_[users_ - 1].devices = user_.devices;
    place_device(next_);
    ++next_.slot;
    return true;
}

void Compiler::place_user(Place& next) {
    if (next.slot + 2 > slots_per_page) next = {next.page + 1, 0};
}
void Compiler::place_device(Place& next) {
    if (next.slot == slots_per_page) next = {next.page + 1, 0};
}

bool Compiler::finish_index(ErrorSink& errors) {
    index_pages_ = (users_ + index_entries_per_page - 1) / index_entries_per_page;
    data_pages_ = next_.page + 1;
    if (pages() > largest_pages) return fail(errors, {not_enough_space, {}});
    return true;
}

bool Compiler::compile(PageSink& sink, u32 generation, std::span<const u8, 6> created) {
    generation_ = generation;
    std::copy(created.begin(), created.end(), created_);
    return write_index(sink) && write_users(sink);
}

void Compiler::begin_page() { std::fill_n(buffer_, page_size, u8{0}); }

// Closes the page under construction when `page` is another, and begins that.
bool Compiler::turn_to(PageSink& sink, u32 page) {
    if (page == page_) return true;
    PageHeader& header = *reinterpret_cast<PageHeader*>(buffer_);
    header.mark = page_mark;
    header.generation = generation_;
    header.page = page_;
    header.pages = pages();
    header.index_pages = index_pages_;
    header.users = users_;
    std::copy_n(created_, 6, header.created);
    header.checksum = page_checksum(buffer_);
    if (!sink.write(page_, std::span<const u8, page_size>(buffer_))) return false;
    page_ = page;
    begin_page();
    return true;
}

bool Compiler::write_index(PageSink& sink) {
    std::sort(index_.begin(), index_.begin() + static_cast<std::ptrdiff_t>(users_), before);
    page_ = 0;
    begin_page();
    auto* entries = reinterpret_cast<IndexEntry*>(slot(0));
    for (u32 i = 0; i < users_; ++i) {
        if (i > 0 && i % index_entries_per_page == 0 && !turn_to(sink, page_ + 1)) return false;
        IndexEntry entry = index_[i];
        entry.page = index_pages_ + entry.page;
        entries[i % index_entries_per_page] = entry;
    }
    return turn_to(sink, index_pages_);
}

// Writes the user whose statements before the devices have been read.
bool Compiler::put_user(PageSink& sink) {
    if (!in_user_) return true;
    in_user_ = false;
    user_.devices = find(user_.userid)->devices;
    place_user(next_);
    if (!turn_to(sink, index_pages_ + next_.page)) return false;
    *reinterpret_cast<UserEntry*>(slot(next_.slot)) = user_;
    next_.slot += 2;
    return true;
}

bool Compiler::put_device(PageSink& sink, const DeviceEntry& device) {
    place_device(next_);
    if (!turn_to(sink, index_pages_ + next_.page)) return false;
    *reinterpret_cast<DeviceEntry*>(slot(next_.slot++)) = device;
    return true;
}

// The source had no error when it was checked; if it has changed since, the parts
// that fail now end the compilation.
bool Compiler::write_users(PageSink& sink) {
    next_ = {};
    in_user_ = false;
    source_.rewind();
    for (Text line; source_.next(line);) {
        SourceLine const upper = source_line(line);
        Fields fields(upper);
        auto const keyword = parse_keyword(fields);
        if (!keyword) return false;
        if (keyword.value() == Keyword::Comment || keyword.value() == Keyword::Directory) continue;
        if (keyword.value() == Keyword::User) {
            if (!put_user(sink) || !parse_user(fields, user_)) return false;
            if (find(user_.userid) == nullptr) return false;
            in_user_ = true;
        } else if (describes_device(keyword.value())) {
            DeviceEntry device;
            if (!put_user(sink) || !parse_device(keyword.value(), fields, device)) return false;
            if (!put_device(sink, device)) return false;
        } else if (!parse_user_statement(keyword.value(), fields, user_)) {
            return false;
        }
    }
    return put_user(sink) && next_.page + 1 == data_pages_ && turn_to(sink, pages());
}

const IndexEntry* Compiler::find(const Name8& userid) const {
    IndexEntry wanted{};
    wanted.userid = userid;
    const IndexEntry* const begin = index_.data();
    const IndexEntry* const end = begin + users_;
    const IndexEntry* const found = std::lower_bound(begin, end, wanted, before);
    return found != end && found->userid == userid ? found : nullptr;
}

} // namespace cp::directory
