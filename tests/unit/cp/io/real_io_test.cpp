#include "cp/io/real_io.h"

#include "cp/base/timer_queue.h"
#include "cp/io/devices.h"
#include "cp/io/synchronous.h"
#include "s370/machine/channel.h"
#include "s370/machine/control.h"
#include "s370/machine/disk.h"
#include "s370/machine/storage.h"

#include <boost/test/unit_test.hpp>

#include <cstring>
#include <vector>

using namespace cp;
using namespace s370;

namespace {

constexpr u16 address = 0x123;
constexpr u16 good = status::channel_end | status::device_end;

// Answers each SIO with the next of a list, the last one again and again.
struct Answer {
    u8 condition_code;
    Csw csw;
    u8 sense0 = 0;
};

struct Fixture {
    std::vector<Answer> answers;
    usize next = 0;
    u8 sense0 = 0;
    RealDevice device{{address}, DeviceClass::Other, 0};
    IoResult result;
    bool done = false;

    Fixture() {
        fakes::clear_storage();
        free_storage::initialize(machine::real(0x10000), 0x40000);
        fakes::devices[address].start = [this](const Ccw* ccws, Csw& csw) -> u8 {
            if (ccws->command == command::sense) {
                *machine::real(ccws->address) = sense0;
                csw = {0, 0, good, static_cast<u16>(ccws->count - 24)};
                return 0;
            }
            Answer const& answer = answers[std::min(next++, answers.size() - 1)];
            csw = answer.csw;
            sense0 = answer.sense0;
            return answer.condition_code;
        };
    }
    ~Fixture() { fakes::devices.erase(address); }

    Task<> run_one(bool raw) {
        auto* const program = machine::real<Ccw>(0x8000);
        *program = Ccw(command::noop, 0, 0, 1);
        result = co_await device.run(program, raw);
        done = true;
    }
    bool interrupt() {
        if (!fakes::interrupt(address)) return false;
        device.interrupted(Csw::from(machine::low_storage().csw));
        work_queue.run();
        return true;
    }
    void run(std::vector<Answer> list, bool raw = false) {
        answers = std::move(list);
        spawn(run_one(raw));
        for (u32 i = 0; i < 100 && !done; ++i) {
            if (interrupt()) continue;
            fakes::time_of_day += u64{1'000'000} << 12;
            timer_queue.expire();
            work_queue.run();
        }
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(real_io, Fixture)

BOOST_AUTO_TEST_CASE(a_program_that_ends_well_is_waited_for) {
    answers = {{0, {0, 0x8008, good, 0}}};
    spawn(run_one(false));
    BOOST_TEST(!done);
    BOOST_TEST(interrupt());
    BOOST_TEST(done);
    BOOST_TEST(result.ok());
    BOOST_TEST(result.csw.address == 0x8008u);
}

BOOST_AUTO_TEST_CASE(device_end_may_come_after_channel_end) {
    answers = {{0, {0, 0x8008, status::channel_end, 5}}};
    spawn(run_one(false));
    interrupt();
    BOOST_TEST(!done);
    device.interrupted({0, 0, status::device_end, 0});
    work_queue.run();
    BOOST_TEST(done);
    BOOST_TEST(result.ok());
    BOOST_TEST(result.csw.count == 5);
}

BOOST_AUTO_TEST_CASE(a_device_that_is_not_there_is_no_error_to_retry) {
    run({{3, {}}});
    BOOST_TEST(done);
    BOOST_TEST(result.condition_code == 3);
    BOOST_TEST(!result.ok());
    BOOST_TEST(device.start_ios() == 1u);
}

BOOST_AUTO_TEST_CASE(an_immediate_command_may_end_in_the_sio) {
    run({{1, {0, 0, good, 0}}});
    BOOST_TEST(result.ok());
    BOOST_TEST(device.start_ios() == 1u);
}

BOOST_AUTO_TEST_CASE(a_transient_error_is_tried_again) {
    Answer const data_check{0, {0, 0, good | status::unit_check, 0}, sense::data_check};
    run({data_check, data_check, {0, {0, 0, good, 0}}});
    BOOST_TEST(result.ok());
    BOOST_TEST(next == 3u);
}

BOOST_AUTO_TEST_CASE(a_permanent_error_ends_after_ten_tries_with_its_sense) {
    run({{0, {0, 0, good | status::unit_check, 0}, sense::equipment_check}});
    BOOST_TEST(!result.ok());
    BOOST_TEST(next == 10u);
    BOOST_TEST(result.sense[0] == sense::equipment_check);
    BOOST_TEST(result.sense_length == 24);
}

BOOST_AUTO_TEST_CASE(a_command_reject_is_final_at_once) {
    run({{0, {0, 0, good | status::unit_check, 0}, sense::command_reject}});
    BOOST_TEST(next == 1u);
    BOOST_TEST(result.sense[0] == sense::command_reject);
}

BOOST_AUTO_TEST_CASE(a_raw_program_is_never_tried_again) {
    run({{0, {0, 0, good | status::unit_check, 0}, sense::data_check}}, true);
    BOOST_TEST(next == 1u);
    BOOST_TEST(!result.ok());
}

BOOST_AUTO_TEST_CASE(old_status_in_the_way_is_taken_and_the_program_started) {
    run({{1, {0, 0, status::busy | status::attention, 0}}, {0, {0, 0, good, 0}}});
    BOOST_TEST(result.ok());
    BOOST_TEST(device.attention.happened());
}

BOOST_AUTO_TEST_CASE(a_busy_device_is_asked_again) {
    run({{1, {0, 0, status::busy, 0}}, {2, {}}, {0, {0, 0, good, 0}}});
    BOOST_TEST(done);
    BOOST_TEST(result.ok());
}

BOOST_AUTO_TEST_CASE(requests_run_one_after_the_other_in_their_order) {
    answers = {{0, {0, 0, good, 0}}};
    std::vector<int> order;
    auto request = [](Fixture& f, std::vector<int>& order, int number) -> Task<> {
        IoResult const result = co_await f.device.run(machine::real<Ccw>(0x8000));
        BOOST_TEST(result.ok());
        order.push_back(number);
    };
    for (int i = 1; i <= 3; ++i) spawn(request(*this, order, i));
    BOOST_TEST(device.start_ios() == 1u);
    while (interrupt()) {}
    BOOST_TEST(order == (std::vector<int>{1, 2, 3}));
}

BOOST_AUTO_TEST_CASE(attention_without_a_program_sets_the_signal) {
    device.interrupted({0, 0, status::attention, 0});
    BOOST_TEST(device.attention.happened());
}

BOOST_AUTO_TEST_CASE(an_attention_beside_a_program_leaves_its_count_alone) {
    answers = {{0, {0, 0x8008, good, 5}}};
    spawn(run_one(false));
    device.interrupted({0, 0, status::attention, 0});
    BOOST_TEST(!done);
    BOOST_TEST(device.unsolicited_status == status::attention);
    interrupt();
    BOOST_TEST(done);
    BOOST_TEST(result.csw.count == 5);
    BOOST_TEST(result.csw.address == 0x8008u);
}

BOOST_AUTO_TEST_CASE(synchronous_programs_end_or_are_not_operational) {
    answers = {{1, {0, 0, status::busy, 0}}, {0, {0, 0, good, 0}}};
    auto* const program = machine::real<Ccw>(0x8000);
    *program = Ccw(command::noop, 0, 0, 1);
    BOOST_TEST(run_synchronously({address}, program).ok());
    BOOST_TEST(run_synchronously({0x456}, program).condition_code == 3);
}

BOOST_AUTO_TEST_CASE(a_volume_with_a_label_is_mounted_and_its_pages_read) {
    static u16 duplicate = 0;
    fakes::Disk disk(0x350);
    disk.format(0, 0, 3, 80);
    disk.format(5, 2, 4, 4096);
    RealDevice real({0x350}, DeviceClass::Disk, 0x3350);
    auto pump = [&] {
        do {
            work_queue.run();
            if (!fakes::interrupt(0x350)) break;
            real.interrupted(Csw::from(machine::low_storage().csw));
        } while (true);
    };
    struct Outcome {
        Volume* volume = nullptr;
        bool ended = false;
        IoResult result;
    };
    auto mount = [](RealDevice& real, Outcome& out) -> Task<> {
        out.volume = co_await mount_volume(real, [](const RealDevice& device, const Volume& first) {
            duplicate = device.address().value;
            BOOST_TEST(first.device().address().value == 0x350);
        });
        out.ended = true;
    };
    Outcome none;
    spawn(mount(real, none));
    pump();
    BOOST_TEST(none.ended);
    BOOST_TEST(none.volume == nullptr);

    VolumeLabel label{};
    std::copy(volume_mark.begin(), volume_mark.end(), label.mark);
    label.volume = "TESTVL"_e;
    std::memcpy(disk.track(0, 0).records[2].data.data(), &label, sizeof label);
    Outcome found;
    spawn(mount(real, found));
    pump();
    BOOST_REQUIRE(found.volume != nullptr);
    BOOST_TEST(find_volume("TESTVL"_e) == found.volume);
    BOOST_TEST(volume_on(real) == found.volume);

    // The first of a name counts; the other is told of, and left alone.
    fakes::Disk copy(0x351);
    copy.format(0, 0, 3, 80);
    std::memcpy(copy.track(0, 0).records[2].data.data(), &label, sizeof label);
    RealDevice real_copy({0x351}, DeviceClass::Disk, 0x3350);
    Outcome again;
    spawn(mount(real_copy, again));
    work_queue.run();
    BOOST_REQUIRE(fakes::interrupt(0x351));
    real_copy.interrupted(Csw::from(machine::low_storage().csw));
    work_queue.run();
    BOOST_TEST(again.ended);
    BOOST_TEST(again.volume == nullptr);
    BOOST_TEST(duplicate == 0x351);
    BOOST_TEST(volume_on(real_copy) == nullptr);

    u8* const page = machine::real(0x20000 + 0x40000);
    auto read = [](Volume& volume, u8* page, Outcome& out) -> Task<> {
        out.result = co_await volume.read_page(page_place(5, 2 * 4 + 3), page);
    };
    spawn(read(*found.volume, page, found));
    pump();
    BOOST_TEST(found.result.ok());
    BOOST_TEST(page[0] == 4);
    BOOST_TEST(page[4095] == 4);
    found.volume->unlink();
}

BOOST_AUTO_TEST_SUITE_END()
