// A virtual machine of 256K with a console session, and a 3350 at real 350 behind it.
#pragma once

#include "cp/base/free_storage.h"
#include "cp/guest/disk.h"
#include "cp/guest/virtual_machine.h"
#include "cp/io/real_io.h"
#include "s370/arch/low_storage.h"
#include "s370/machine/control.h"
#include "s370/machine/disk.h"
#include "s370/machine/storage.h"

#include <deque>
#include <string>
#include <vector>

namespace fixtures {

inline std::string ascii(Text text) {
    std::string result;
    for (u8 c : text) result.push_back(static_cast<char>(ebcdic::to_latin1(c)));
    return result;
}
inline std::vector<u8> in_ebcdic(const std::string& text) {
    std::vector<u8> result;
    for (char c : text) result.push_back(::ebcdic::from_latin1(static_cast<u8>(c)));
    return result;
}

struct FakeTerminal : cp::Terminal {
    bool is_graphic = true;
    u32 alarms = 0, clears = 0;
    std::vector<std::string> displayed;

    s370::DeviceAddress address() const override { return {0x0C0}; }
    bool graphic() const override { return is_graphic; }
    u32 line_length() const override { return 80; }
    u32 rows() const override { return is_graphic ? 24 : 0; }
    u32 columns() const override { return is_graphic ? 80 : 0; }
    cp::Task<> write(Text, bool) override { co_return; }
    cp::Task<cp::Input> read(cp::ReadMode) override { co_return cp::Input{}; }
    void cancel_read() override {}
    void show(cp::Activity) override {}
    void clear_at_input() override {}
    void drop_output() override {}
    bool dial(cp::DialedUser&) override { return false; }
    void hang_up() override {}
    void release() override {}
    void alarm() override { ++alarms; }
    cp::Task<> clear() override {
        ++clears;
        co_return;
    }
    cp::Task<> display(u32 line, Text text, bool clear_first) override {
        displayed.push_back(std::to_string(line) + (clear_first ? "C" : "") + ":" + ascii(text));
        co_return;
    }
};

struct FakeSession : cp::UserSession {
    std::vector<std::string> typed, commands;
    std::deque<cp::Input> inputs;
    cp::Signal input_there, typing_done;
    bool slow_typing = false, reading = false;
    FakeTerminal screen;
    cp::Terminal* at = &screen;
    u32 entered_cp = 0, answer_code = 0;
    std::string answer;

    cp::Task<> write(Text line, bool carriage_return) override {
        typed.push_back(ascii(line) + (carriage_return ? "" : "\\"));
        if (slow_typing) co_await typing_done;
    }
    cp::Task<cp::Input> read_virtual() override {
        reading = true;
        while (inputs.empty()) co_await input_there;
        reading = false;
        cp::Input input = inputs.front();
        inputs.pop_front();
        co_return input;
    }
    void cancel_virtual_read() override { enter({cp::Input::Kind::Cancelled, {}}); }
    cp::Terminal* terminal() override { return at; }
    void enter_cp(Text) override { ++entered_cp; }
    void show_trace() override {}
    cp::Task<u32> execute(Text line, Response* response) override {
        commands.push_back(ascii(line));
        if (response != nullptr) {
            for (u8 c : in_ebcdic(answer)) {
                if (response->length < response->capacity) response->buffer[response->length] = c;
                ++response->length;
            }
        }
        co_return answer_code;
    }

    void enter(cp::Input input) {
        inputs.push_back(input);
        input_there.set();
    }
    void enter(const std::string& text) {
        cp::Input input{cp::Input::Kind::Line, {}};
        for (u8 c : in_ebcdic(text)) input.line << c;
        enter(input);
    }
};

struct Guest {
    static constexpr u32 size = 256 * 1024;
    struct Cleared {
        Cleared() {
            fakes::clear_storage();
            cp::free_storage::initialize(machine::real(0x10000), 0x80000);
            cp::frame_pool.initialize(0x100000, 0x400000);
        }
    } cleared;
    fakes::Disk volume{0x350};
    cp::RealDevice real{{0x350}, cp::DeviceClass::Disk, 0x3350};
    FakeSession session;
    cp::VirtualMachine vm{"TESTER"_e};

    Guest() {
        BOOST_REQUIRE(vm.storage.create(size));
        vm.session = &session;
        vm.cpu.cr[2] = 0xFFFFFFFF;
    }
    ~Guest() {
        vm.io.reset();
        pump();
        // Programs that paused find themselves reset.
        fakes::time_of_day += 1'000'000ull << 12;
        cp::timer_queue.expire();
        pump();
        vm.queue_link.unlink();
    }

    // Lets CP's tasks and the real disk do what they can.
    void pump() {
        do { cp::work_queue.run(); } while (interrupt());
    }
    bool interrupt() {
        if (!fakes::interrupt(0x350)) return false;
        real.interrupted(s370::Csw::from(machine::low_storage().csw));
        return true;
    }

    cp::Minidisk& disk(u16 start, u16 cylinders, bool read_only = false, u16 address = 0x191) {
        cp::Extent extent;
        extent.volume = &real;
        extent.start = start;
        extent.cylinders = cylinders;
        extent.volser = "CPVOL1"_e;
        extent.read_only = read_only;
        cp::Minidisk* const disk = cp::attach_minidisk(vm, {address}, extent);
        BOOST_REQUIRE(disk != nullptr);
        return *disk;
    }

    // The guest's storage.
    void put(u32 at, const std::vector<u8>& bytes) {
        BOOST_REQUIRE(vm.storage.write(cp::GuestReal{at}, std::span<const u8>(bytes)));
    }
    std::vector<u8> get(u32 at, u32 length) {
        std::vector<u8> bytes(length);
        BOOST_REQUIRE(vm.storage.read(cp::GuestReal{at}, std::span<u8>(bytes)));
        return bytes;
    }
    void ccw(u32 at, u8 command, u32 address, u8 flags, u16 count) {
        BOOST_REQUIRE(
            vm.storage.write(cp::GuestReal{at}, s370::Ccw(command, address, flags, count)));
    }
    u16 half(u32 at) {
        Be16 value;
        vm.storage.read(cp::GuestReal{at}, value);
        return value;
    }
    s370::Csw stored_csw() {
        Be64 value;
        vm.storage.read(cp::GuestReal{64}, value);
        return s370::Csw::from(value);
    }

    u8 sio(u16 address, u32 caw) {
        vm.storage.write(cp::GuestReal{72}, Be32{caw});
        return vm.io.start_io({address});
    }
    cp::IoInterruption interruption() {
        cp::IoInterruption taken{};
        taken.csw.status = 0xFFFF;
        if (!vm.io.take_interruption(0xFFFFFFFF, taken)) taken = {};
        return taken;
    }
    // A whole channel program: SIO, what must happen, the interruption's CSW.
    s370::Csw run(u16 address, u32 caw) {
        BOOST_REQUIRE_EQUAL(int(sio(address, caw)), 0);
        pump();
        return interruption().csw;
    }
};

constexpr u8 cc = s370::Ccw::ChainCommand, cd = s370::Ccw::ChainData,
             sli = s370::Ccw::SuppressLength, ida = s370::Ccw::IndirectData;
constexpr u16 ce_de = s370::status::channel_end | s370::status::device_end;

} // namespace fixtures
