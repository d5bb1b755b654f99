#include "dasd-images/object_directory.h"

#include "dasd-images/cms_file.h"

#include <algorithm>
#include <array>
#include <iomanip>

namespace dasd {

using namespace cp::directory;

namespace {

constexpr usize largest_users = 65536;

class Errors : public ErrorSink {
  public:
    explicit Errors(std::string path) : path_(std::move(path)) {}
    void error(const SourceError& error) override {
        std::string const where = error.line == 0 ? "" : text(error.line, ":");
        lines.push_back(text(path_, ":", where, " ", to_string(message(error).text())));
    }
    std::vector<std::string> lines;

  private:
    std::string path_;
};

class Pages : public PageSink {
  public:
    Pages(CpVolume& volume, const cp::Area& area) : volume_(volume), area_(area) {}
    bool write(u32 number, Page page) override {
        if (number >= u32{area_.cylinders} * cp::pages_per_cylinder_3350) return false;
        volume_.write_page(area_.first_cylinder, number, page);
        return true;
    }

  private:
    CpVolume& volume_;
    cp::Area area_;
};

std::array<u8, 6> packed_now() {
    Timestamp const now = Timestamp::now();
    return {packed(now.year), packed(now.month),  packed(now.day),
            packed(now.hour), packed(now.minute), packed(now.second)};
}

std::string hex(u32 value) {
    std::ostringstream out;
    out << std::uppercase << std::hex << std::setw(3) << std::setfill('0') << value;
    return out.str();
}

} // namespace

DirectorySource::DirectorySource(const std::string& path) {
    Bytes const file = read_file(path);
    for (auto at = file.begin(); at != file.end();) {
        auto const end = std::find(at, file.end(), u8{'\n'});
        Bytes line;
        for (; at != end; ++at)
            if (*at != '\r') line.push_back(ebcdic::from_latin1(*at == '\t' ? u8{' '} : *at));
        lines_.push_back(std::move(line));
        if (at != file.end()) ++at;
    }
}

bool DirectorySource::next(Text& line) {
    if (next_ == lines_.size()) return false;
    line = Text(lines_[next_++]);
    return true;
}

std::vector<std::string> compile_directory(CpVolume& volume, const std::string& path) {
    DirectorySource source(path);
    std::vector<IndexEntry> users(largest_users);
    Compiler compiler(source, users);
    Errors errors(path);
    if (!compiler.check(errors)) return errors.lines;

    const cp::SystemAreas& areas = volume.areas();
    const cp::DirectoryPointer& old = volume.directory();
    if (std::string const name = to_string(compiler.target().volume.text()); name != volume.label())
        return {text(path, ": DMKDIR761E VOLID READ IS ", volume.label(), " NOT ", name)};
    u32 const next = old.first_cylinder == areas.directory[0].first_cylinder ? 1 : 0;
    cp::Area const area = areas.directory[next];
    if (area.cylinders == 0 || compiler.pages() > area.cylinders * cp::pages_per_cylinder_3350)
        return {text(path, ": DMKDIR760E NOT ENOUGH SPACE ALLOCATED FOR DIRECTORY")};

    cp::DirectoryPointer pointer;
    pointer.first_cylinder = area.first_cylinder.value();
    pointer.cylinders = area.cylinders.value();
    pointer.pages = compiler.pages();
    pointer.generation = old.generation + 1;
    Pages pages(volume, area);
    if (!compiler.compile(pages, pointer.generation, packed_now()))
        fail(path, ": changed while it was compiled");
    for (const cp::Area& a : areas.directory)
        volume.allocate({a.first_cylinder, a.cylinders}, a.first_cylinder == pointer.first_cylinder
                                                             ? cp::Allocation::DirectoryUsed
                                                             : cp::Allocation::Directory);
    volume.set_directory(pointer);
    volume.write();
    return {};
}

std::optional<DirectoryUser> find_user(CpVolume& volume, const std::string& userid) {
    const cp::DirectoryPointer& pointer = volume.directory();
    if (pointer.first_cylinder == 0) fail(volume.label(), ": has no directory");
    auto const read = [&](u32 page) { return volume.read_page(pointer.first_cylinder, page); };

    UserLookup lookup(pointer, Name8(Text(to_ebcdic(userid))));
    while (lookup.wants_page()) {
        u32 const page = lookup.page();
        Bytes const bytes = read(page);
        lookup.give(Page(bytes.data(), page_size));
        if (lookup.state() == UserLookup::State::Damaged)
            fail(volume.label(), ": page ", page, " of the directory is damaged");
    }
    if (lookup.state() == UserLookup::State::NotFound) return {};
    if (lookup.state() == UserLookup::State::Damaged)
        fail(volume.label(), ": the directory is damaged");

    DirectoryUser user{lookup.user(), {}};
    for (DeviceWalk walk = lookup.devices(); walk.wants_page();) {
        u32 const page = walk.page();
        Bytes const bytes = read(page);
        while (const DeviceEntry* device = walk.next(Page(bytes.data(), page_size)))
            user.devices.push_back(*device);
        if (walk.damaged()) fail(volume.label(), ": page ", page, " of the directory is damaged");
    }
    return user;
}

std::vector<std::string> userids(CpVolume& volume) {
    const cp::DirectoryPointer& pointer = volume.directory();
    std::vector<std::string> names;
    for (u32 page = 0, index_pages = 1; page < index_pages; ++page) {
        Bytes const bytes = volume.read_page(pointer.first_cylinder, page);
        if (!good_page(Page(bytes.data(), page_size), pointer, page))
            fail(volume.label(), ": page ", page, " of the directory is damaged");
        auto const& header = *reinterpret_cast<const PageHeader*>(bytes.data());
        auto const* const entries = reinterpret_cast<const IndexEntry*>(&bytes[slot_size]);
        index_pages = header.index_pages;
        for (u32 i = 0; i < index_entries_per_page && names.size() < header.users; ++i)
            names.push_back(to_string(entries[i].userid.text()));
    }
    return names;
}

FoundMinidisk find_minidisk(CpVolume& volume, const std::string& userid, u32 address) {
    std::string owner = userid;
    for (bool linked = false;; linked = true) {
        auto const user = find_user(volume, owner);
        if (!user) fail("user ", owner, " is not in the directory of ", volume.label());
        auto const device = std::find_if(user->devices.begin(), user->devices.end(),
                                         [&](auto& d) { return d.address == address; });
        if (device == user->devices.end()) fail("user ", owner, " has no device ", hex(address));
        if (device->statement == Statement::Minidisk &&
            (device->flags & device_flag::temporary) == 0)
            return {to_string(device->volume.text()),
                    {device->first_cylinder, device->cylinders},
                    device->type};
        if (device->statement != Statement::Link || linked)
            fail("device ", hex(address), " of user ", owner, " is not a minidisk");
        owner = to_string(device->link_userid.text());
        address = device->link_address;
    }
}

} // namespace dasd
