// CP without guests: terminals, a system volume with a directory, logon, commands.
#pragma once

#include "cp/base/timer_queue.h"
#include "cp/command/logon.h"
#include "cp/io/devices.h"
#include "cp/layout/directory_compiler.h"
#include "s370/machine/control.h"
#include "s370/machine/disk.h"
#include "s370/machine/storage.h"
#include "tests/fakes/cp/io/display_3270.h"

#include <boost/test/unit_test.hpp>

#include <memory>

namespace testing_commands {

using namespace cp;

inline const std::vector<std::string> user_direct = {
    "DIRECTORY 150 3350 SYSRES",
    "USER OPERATOR OPER 256K 512K ABCDEFG",
    " CONSOLE 009 3215",
    "USER MAINT SECRET 256K 512K ABCDEFG",
    " CONSOLE 009 3215",
    " MDISK 190 3350 20 2 SYSRES MR ALL WRITEPW MULTPW",
    " MDISK 191 3350 22 1 SYSRES W READPW WRITEPW",
    "USER ALICE PASSA 64K 128K G",
    " CONSOLE 009 3215",
    " SPOOL 00C 2540 READER",
    " SPOOL 00D 2540 PUNCH",
    " SPOOL 00E 1403",
    " LINK MAINT 190 190 RR",
    " MDISK 191 3350 23 2 SYSRES MR READA WRITEA MULTA",
    "USER BOB PASSB 64K 128K G",
    " CONSOLE 009 3215",
    " SPECIAL 060 3270",
    " SPECIAL 061 3270",
    "USER DAVE PASSD 64K 128K G",
    " CONSOLE 009 3215",
    " DEDICATE 351 151",
    "USER ERIN PASSE 64K 128K G",
    " CONSOLE 009 3215",
    " DEDICATE 350 150",
    " DEDICATE 351 151",
    "USER NOBODY NOLOG 64K 128K G",
    " CONSOLE 009 3215",
};

class Lines final : public directory::Source {
  public:
    void rewind() override { next_ = 0; }
    bool next(Text& line) override {
        if (next_ == user_direct.size()) return false;
        line_ = fakes::to_ebcdic(user_direct[next_++]);
        line = {line_.data(), line_.size()};
        return true;
    }

  private:
    usize next_ = 0;
    std::vector<u8> line_;
};

struct Pages final : directory::PageSink {
    std::vector<std::vector<u8>> pages;
    bool write(u32, directory::Page page) override {
        pages.emplace_back(page.begin(), page.end());
        return true;
    }
};

struct NoErrors final : directory::ErrorSink {
    void error(const directory::SourceError& error) override {
        BOOST_FAIL(fakes::to_ascii(directory::message(error)));
    }
};

// A device that a client may be connected to.
struct Client {
    fakes::Display3270 display;
    u16 address;
    bool connected = false;
    std::vector<u8> inbound;
    u8 sense = 0;

    explicit Client(u16 address, u32 rows = 24, u32 columns = 80)
        : display(rows, columns), address(address) {
        fakes::devices[address] = {
            [this](const s370::Ccw* ccw, s370::Csw& csw) { return start(*ccw, csw); },
            {},
            false,
            0};
    }

    u8 start(const s370::Ccw& ccw, s370::Csw& csw) {
        using namespace s370::ds3270;
        constexpr u16 ended = s370::status::channel_end | s370::status::device_end;
        u32 const count = ccw.count;
        u8* const data = machine::real(ccw.address);
        csw = {0, machine::real_address(&ccw) + 8, ended, 0};
        if (ccw.command == command::sense) {
            *data = sense;
            csw.count = static_cast<u16>(count - 1);
            return 0;
        }
        bool refused = false;
        if (!connected) {
            sense = s370::sense::intervention_required;
            refused = true;
        } else if (ccw.command == command::read_modified) {
            usize const length = std::min<usize>(count, inbound.size());
            std::copy_n(inbound.begin(), length, data);
            csw.count = static_cast<u16>(count - length);
            inbound.clear();
        } else if (ccw.command != command::noop) {
            sense = s370::sense::command_reject;
            refused = !display.outbound(ccw.command, {data, count});
            BOOST_TEST((!refused || ccw.command == command::write_structured_field));
            if (!refused && ccw.command == command::write_structured_field) {
                inbound = display.query_reply();
                attention();
            }
        }
        if (refused) csw.status |= s370::status::unit_check;
        return 0;
    }

    void status(u16 bits) { cp::find_device({address})->interrupted({0, 0, bits, 0}); }
    void attention() { status(s370::status::attention); }
    void connect() {
        connected = true;
        status(s370::status::device_end);
    }
};

// The operator's typewriter.
struct Typewriter {
    std::string typed; // each line ended by a newline
    std::vector<u8> inbound;

    Typewriter() {
        fakes::devices[0x009] = {
            [this](const s370::Ccw* ccw, s370::Csw& csw) { return start(*ccw, csw); },
            {},
            false,
            0};
    }
    u8 start(const s370::Ccw& ccw, s370::Csw& csw) {
        u32 const count = ccw.count;
        u8* const data = machine::real(ccw.address);
        csw = {0, 0, s370::status::channel_end | s370::status::device_end, 0};
        if (ccw.command == 0x09 || ccw.command == 0x01)
            typed += fakes::to_ascii({data, count}) + (ccw.command == 0x09 ? "\n" : "");
        if (ccw.command == 0x0A) {
            usize const length = std::min<usize>(count, inbound.size());
            std::copy_n(inbound.begin(), length, data);
            csw.count = static_cast<u16>(count - length);
        }
        return 0;
    }
    bool has(const std::string& text) const { return typed.find(text) != std::string::npos; }
};

struct System {
    // CP's globals as after its own start.
    struct Cleared {
        Cleared() { clear(); }
        ~Cleared() { clear(); }
        static void clear() {
            fakes::clear_storage();
            fakes::devices.clear();
            free_storage::initialize(machine::real(0x10000), 0x300000);
            frame_pool.initialize(0x400000, 0xC00000);
            ::new (&timer_queue) TimerQueue();
            ::new (&work_queue) WorkQueue();
            ::new (&virtual_machines) List<VirtualMachine>();
            ::new (&awakened_machines) List<QueueLink>();
            ::new (&real_devices()) List<RealDevice>();
            ::new (&volumes()) List<Volume>();
            log_message = {};
            fakes::time_of_day = 3'900'000'000'000'000ull << 12;
        }
    } cleared;

    fakes::Disk volume{0x150}, unlabelled{0x151};
    Typewriter typewriter;
    std::vector<std::unique_ptr<Client>> clients;
    std::vector<std::unique_ptr<RealDevice>> devices;

    explicit System(bool operator_too = true) {
        make_volume();
        add(0x150, DeviceClass::Disk, 0x3350);
        add(0x151, DeviceClass::Disk, 0x3350);
        add(0x009, DeviceClass::Console, 0x3215);
        for (u16 address = 0x0C0; address < 0x0C4; ++address) {
            clients.push_back(std::make_unique<Client>(address));
            add(address, DeviceClass::Graphic, 0x3278);
        }
        spawn(mount_volumes({0x150}, [](const RealDevice& device, const Volume&) {
            BOOST_FAIL("a duplicate at " << device.address().value);
        }));
        pump();
        spawn(start_users(nullptr, operator_too ? find_device({0x009}) : nullptr));
        pump();
    }

    void add(u16 address, DeviceClass device_class, u16 type) {
        devices.push_back(
            std::make_unique<RealDevice>(s370::DeviceAddress{address}, device_class, type));
        add_device(*devices.back());
    }

    void put_record(u16 cylinder, u16 head, u8 number, std::span<const u8> data) {
        fakes::Disk::Record record;
        record.count.cylinder = cylinder;
        record.count.head = head;
        record.count.record = number;
        record.count.key_length = 0;
        record.count.data_length = static_cast<u16>(data.size());
        record.data.assign(data.begin(), data.end());
        volume.track(cylinder, head).records.push_back(record);
    }

    void make_volume() {
        Lines source;
        NoErrors errors;
        directory::IndexEntry index[16];
        directory::Compiler compiler(source, index);
        BOOST_REQUIRE(compiler.check(errors));
        Pages pages;
        u8 const created[6]{};
        BOOST_REQUIRE(compiler.compile(pages, 1, created));

        VolumeLabel label{};
        std::copy_n(volume_mark.data(), 4, label.mark);
        label.volume = "SYSRES"_e;
        label.directory.first_cylinder = 4;
        label.directory.cylinders = 1;
        label.directory.pages = static_cast<u32>(pages.pages.size());
        label.directory.generation = 1;
        std::vector<u8> const empty(24);
        put_record(0, 0, 1, empty);
        put_record(0, 0, 2, empty);
        put_record(0, 0, 3, {reinterpret_cast<const u8*>(&label), sizeof label});
        for (u32 i = 0; i < pages.pages.size(); ++i) {
            PagePlace const place = page_place(4, i);
            put_record(place.cylinder, place.head, place.record, pages.pages[i]);
        }
    }

    // Until nothing goes on but waiting for people and time.
    void pump() {
        for (bool busy = true; busy;) {
            work_queue.run();
            busy = false;
            for (auto& [address, device] : fakes::devices) {
                if (!fakes::interrupt(address)) continue;
                take_io_interruption();
                busy = true;
            }
        }
    }
    void pass(u64 seconds) {
        for (u64 i = 0; i < seconds; ++i) {
            fakes::time_of_day += 1'000'000ull << 12;
            timer_queue.expire();
            pump();
        }
    }

    fakes::Display3270& display(u32 number = 0) { return clients[number]->display; }
    void connect(u32 number = 0) {
        clients[number]->connect();
        pump();
    }
    void press(u32 number, u8 aid) {
        clients[number]->inbound = display(number).press(aid);
        clients[number]->attention();
        pump();
    }
    void type(u32 number, const std::string& text) {
        display(number).type(text);
        press(number, s370::ds3270::aid::enter);
    }
    // Types a command on an empty screen.
    void command(u32 number, const std::string& text) {
        press(number, s370::ds3270::aid::clear);
        type(number, text);
    }
    void log_on(u32 number, const std::string& userid, const std::string& password) {
        connect(number);
        type(number, "logon " + userid + " " + password);
    }
    void operator_types(const std::string& text) {
        typewriter.inbound = fakes::to_ebcdic(text);
        find_device({0x009})->interrupted({0, 0, s370::status::attention, 0});
        pump();
    }
    // The answer to a command: what stands below it.
    std::string answer(u32 number, const std::string& text) {
        command(number, text);
        std::string result;
        for (u32 i = 1; i < display(number).rows() - 2; ++i) {
            if (display(number).row(i).empty()) continue;
            if (!result.empty()) result += "|";
            result += display(number).row(i);
        }
        return result;
    }
};

} // namespace testing_commands
