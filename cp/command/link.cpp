#include "cp/command/link.h"

#include "cp/command/commands.h"
#include "cp/command/directory.h"
#include "cp/guest/disk.h"

namespace cp {

using directory::DeviceEntry;
using directory::Statement;

namespace {

enum class Access : u8 { Read, Write, Multiple };

constexpr Text mode_names[] = {"R"_e, "RR"_e, "W"_e, "WR"_e, "M"_e, "MR"_e, "MW"_e};

Access access_of(LinkMode mode) {
    if (mode <= LinkMode::RR) return Access::Read;
    return mode <= LinkMode::WR ? Access::Write : Access::Multiple;
}

Line<3> address_text(s370::DeviceAddress address) {
    Line<3> line;
    return line.hex(address.value, 3);
}

// Everybody who has the extent, but for the link that is to be replaced.
struct Links {
    u32 readers = 0, writers = 0;
    Line<20> readers_text, writers_text; // "nnn USERS", or the only one's userid
};

Links links_of(const Extent& extent, const VirtualMachine& self, s370::DeviceAddress replaced) {
    Links links;
    Name8 reader, writer;
    for (VirtualMachine& machine : virtual_machines) {
        for (VirtualDevice& device : machine.io.devices()) {
            Minidisk* const disk = device.as_minidisk();
            if (disk == nullptr || disk->extent().volume != extent.volume ||
                disk->extent().start != extent.start ||
                (&machine == &self && device.address() == replaced))
                continue;
            if (disk->extent().read_only) {
                ++links.readers;
                reader = machine.userid;
            } else {
                ++links.writers;
                writer = machine.userid;
            }
        }
    }
    auto describe = [](Line<20>& text, u32 count, const Name8& only) {
        if (count == 1)
            text << only;
        else
            text.decimal(count, 3) << " USERS"_e;
    };
    describe(links.readers_text, links.readers, reader);
    describe(links.writers_text, links.writers, writer);
    return links;
}

// What a request comes to: an extent and the owner's entry for it, or a message number.
struct Target {
    u16 message = 0;
    Extent extent;
    DeviceEntry entry{};
    bool own = false; // the caller's own minidisk
    Name<6> volume;
};

// Follows a LINK of the directory, once.
Task<> find_entry(Name8 owner, s370::DeviceAddress address, Target* target) {
    DirectoryUser user;
    Name8 const first_owner = owner;
    for (u32 level = 0; target->message == 0; ++level) {
        DirectoryUser::Found found = DirectoryUser::Found::Damaged;
        found = co_await user.look_up(owner);
        if (found != DirectoryUser::Found::Yes) {
            target->message = found == DirectoryUser::Found::No ? 53 : 52;
            break;
        }
        bool there = false;
        there = co_await user.find_device(address, &target->entry);
        if (!there) {
            target->message = user.damaged() ? 52 : 107;
        } else if (target->entry.statement == Statement::Minidisk) {
            bool const temporary = (target->entry.flags & directory::device_flag::temporary) != 0;
            if (temporary) target->message = 109;
            target->own = owner == first_owner;
            break;
        } else if (target->entry.statement != Statement::Link) {
            target->message = 109;
        } else if (level == 1) {
            target->message = 52;
        } else {
            owner = target->entry.link_userid;
            address = {target->entry.link_address};
        }
    }
}

void find_extent(Target& target) {
    DeviceEntry const& entry = target.entry;
    target.volume = entry.volume;
    Volume* const volume = find_volume(entry.volume.text());
    if (volume == nullptr) {
        target.message = 108;
        return;
    }
    if (volume->device().type() != entry.type) {
        target.message = 117;
        return;
    }
    target.extent.volume = &volume->device();
    target.extent.start = entry.first_cylinder;
    target.extent.cylinders = entry.cylinders;
    target.extent.volser = entry.volume;
    target.extent.type = entry.type;
}

bool same_extent(const VirtualDevice& device, const Extent& extent) {
    Minidisk* const disk = const_cast<VirtualDevice&>(device).as_minidisk();
    return disk != nullptr && disk->extent().volume == extent.volume &&
           disk->extent().start == extent.start;
}

const directory::Password& password_of(const DeviceEntry& entry, Access access) {
    if (access == Access::Read) return entry.read;
    return access == Access::Write ? entry.write : entry.multiple;
}

// Does the mode of one's own entry give what is asked for?
bool covers(const DeviceEntry& entry, Access access) {
    LinkMode mode = LinkMode::R;
    return parse_link_mode(entry.mode.text(), mode) && access_of(mode) >= access;
}

Text prompt_of(Access access) {
    if (access == Access::Read) return "ENTER READ PASSWORD:"_e;
    return access == Access::Write ? "ENTER WRITE PASSWORD:"_e : "ENTER MULT PASSWORD:"_e;
}

// 0, or the number of the message that refuses it.
Task<u32> check_password(const Caller& caller, LinkRequest request, const Target* target) {
    if (caller.origin() == Caller::Origin::Logon) co_return 0;
    Access const access = access_of(request.mode);
    bool const own = target->own && request.owner == caller.machine().userid;
    if (own && covers(target->entry, access)) co_return 0;

    Name8 const wanted = password_of(target->entry, access).text();
    if (wanted.blank()) co_return 111 + static_cast<u32>(access);
    if (own || wanted.text() == "ALL"_e) co_return 0;
    if (request.has_password) co_return request.password == wanted ? 0 : 114;

    MessageLine const prompt(prompt_of(access));
    co_await caller.session()->respond(prompt);
    Input input;
    input = co_await caller.session()->read_terminal(ReadMode::Password);
    CommandLine const typed = upper_case(input.line);
    Text const field = Fields(typed).next();
    bool const right =
        input.kind == Input::Kind::Line && field.size() <= 8 && wanted == Name8(field);
    co_return right ? 0 : 114;
}

// Refusals begin with the disk, warnings with the new address.
Task<u32> refuse(const Caller& caller, const LinkRequest& request, const Target& target,
                 const Links& links, u16 number) {
    Line<3> const from = address_text(request.from), to = address_text(request.to);
    Text const owner = request.owner.text();
    switch (number) {
    case 52: return caller.fail("LNK"_e, number);
    case 53: return caller.fail("LNK"_e, number, owner);
    case 101: return caller.fail("LNK"_e, number, to, links.readers_text);
    case 102: return caller.fail("LNK"_e, number, to, links.writers_text);
    case 103: return caller.fail("LNK"_e, number, to, links.writers_text, links.readers_text);
    case 104: return caller.fail("LNK"_e, number, owner, from, links.readers_text);
    case 105: return caller.fail("LNK"_e, number, owner, from, links.writers_text);
    case 106:
        return caller.fail("LNK"_e, number, owner, from, links.writers_text, links.readers_text);
    case 108:
    case 117: return caller.fail("LNK"_e, number, owner, from, target.volume.text());
    case 110: {
        VirtualDevice* const device = caller.machine().io.find(request.to);
        Text const word = device == nullptr ? "DEV"_e : device->identity().word;
        return caller.fail("LNK"_e, number, owner, from, word, to);
    }
    default: return caller.fail("LNK"_e, number, owner, from);
    }
}

// "DASD 192 LINKED R/O; R/W BY CMSUSER".
Task<u32> announce(const Caller& caller, const LinkRequest& request, const Links& links,
                   bool read_only, u16 warning) {
    if (warning != 0) {
        Target const unused;
        return refuse(caller, request, unused, links, warning);
    }
    MessageLine line("DASD "_e);
    line << address_text(request.to) << " LINKED "_e << (read_only ? "R/O"_e : "R/W"_e);
    bool names = false;
    if (links.writers != 0) {
        line << "; R/W BY "_e << links.writers_text;
        names = true;
    }
    if (links.readers != 0 && (!read_only || links.writers != 0)) {
        line << "; R/O BY "_e << links.readers_text;
        names = true;
    }
    if (!names && caller.origin() != Caller::Origin::Terminal) return caller.done();
    return caller.answer(line);
}

// 110, or 0 when the address is free or has the same disk.
u16 check_address(const VirtualDevice* device, const Extent& extent) {
    return device != nullptr && !same_extent(*device, extent) ? 110 : 0;
}

} // namespace

bool parse_link_mode(Text text, LinkMode& mode) {
    for (u32 i = 0; i < std::size(mode_names); ++i) {
        if (text != mode_names[i]) continue;
        mode = static_cast<LinkMode>(i);
        return true;
    }
    return false;
}

LinkDecision decide_link(LinkMode mode, u32 readers, u32 writers) {
    u16 const refused = readers != 0 ? 106 : 105; // with writers
    u16 const forced = readers != 0 ? 103 : 102;
    switch (mode) {
    case LinkMode::R:
        if (writers != 0) return {false, true, refused};
        return {true, true, 0};
    case LinkMode::RR: return {true, true, 0};
    case LinkMode::W:
        if (writers != 0) return {false, false, refused};
        if (readers != 0) return {false, false, 104};
        return {true, false, 0};
    case LinkMode::WR:
        if (writers != 0) return {true, true, forced};
        if (readers != 0) return {true, true, 101};
        return {true, false, 0};
    case LinkMode::M:
        if (writers != 0) return {false, false, refused};
        return {true, false, 0};
    case LinkMode::MR:
        if (writers != 0) return {true, true, forced};
        return {true, false, 0};
    case LinkMode::MW: return {true, false, 0};
    }
    return {};
}

Task<u32> link_disk(const Caller& caller, LinkRequest request) {
    VirtualMachine& self = caller.machine();
    Target target;
    Links links;
    u32 code = 0;

    co_await find_entry(request.owner, request.from, &target);
    bool const own = request.owner == self.userid;
    if (target.message == 0 && !request.has_mode && own)
        parse_link_mode(target.entry.mode.text(), request.mode);
    if (target.message == 0 && request.password_bad) target.message = 114;
    if (target.message == 0) find_extent(target);
    if (target.message == 0)
        target.message = check_address(self.io.find(request.to), target.extent);
    LinkDecision decision;
    if (target.message == 0) {
        links = links_of(target.extent, self, request.to);
        decision = decide_link(request.mode, links.readers, links.writers);
        if (!decision.granted) target.message = decision.message;
    }
    if (target.message == 0) {
        code = co_await check_password(caller, request, &target);
        target.message = static_cast<u16>(code);
        if (code == 114) ++caller.session()->bad_passwords;
    }
    if (target.message == 0) { // somebody may have come while the password was typed
        target.message = check_address(self.io.find(request.to), target.extent);
        links = links_of(target.extent, self, request.to);
        decision = decide_link(request.mode, links.readers, links.writers);
        if (!decision.granted) target.message = decision.message;
    }
    if (target.message == 0) {
        if (VirtualDevice* old = self.io.find(request.to)) self.io.detach(*old);
        target.extent.read_only = decision.read_only;
        if (attach_minidisk(self, request.to, target.extent) == nullptr) target.message = 119;
    }
    if (target.message != 0)
        code = co_await refuse(caller, request, target, links, target.message);
    else
        code = co_await announce(caller, request, links, decision.read_only, decision.message);
    co_return code;
}

} // namespace cp
