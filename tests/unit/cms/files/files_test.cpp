#include "disk_checker.h"
#include "session.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace tests;
namespace data = boost::unit_test::data;

namespace {

constexpr u32 sizes[] = {800, 512, 1024, 2048, 4096};

void check_sound(fakes::Minidisk& disk) {
    for (const std::string& error : check_disk(disk).errors) BOOST_ERROR(error);
}

Records lines(u32 count, u32 length) {
    Records result;
    for (u32 i = 0; i < count; ++i) {
        std::string line(length, static_cast<char>('A' + i % 26));
        line.replace(0, std::min<usize>(length, 6),
                     std::to_string(100000 + i).substr(0, std::min(length, 6u)));
        result.push_back(line);
    }
    return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(files)

BOOST_DATA_TEST_CASE(a_formatted_disk_is_empty_and_sound, data::make(sizes), size) {
    Session cms;
    fakes::Minidisk disk(0x191, 3);
    BOOST_CHECK_EQUAL(cms.format(0x191, size), 0);
    BOOST_CHECK_EQUAL(cms.last_format.cylinders.value(), 3);
    check_sound(disk);
    BOOST_CHECK_EQUAL(cms.access(0x191, 'A'), 0);
    BOOST_CHECK_EQUAL(cms.last_access.writable, 1);
    BOOST_CHECK(cms.directory('A').empty());
}

BOOST_DATA_TEST_CASE(files_come_back_after_the_next_ipl, data::make(sizes), size) {
    Session cms;
    fakes::Minidisk disk(0x191, 2);
    BOOST_REQUIRE_EQUAL(cms.format(0x191, size), 0);
    BOOST_REQUIRE_EQUAL(cms.access(0x191, 'A'), 0);
    Records const fixed = lines(100, 80);
    Records variable;
    for (u32 i = 1; i < 120; ++i) variable.push_back(lines(1, i * 7).front());
    BOOST_CHECK_EQUAL(cms.make("HELLO EXEC A1", fixed, 'F'), 0);
    BOOST_CHECK_EQUAL(cms.make("NOTE DATA A1", variable, 'V'), 0);
    check_sound(disk);
    cms.ipl();
    BOOST_REQUIRE_EQUAL(cms.access(0x191, 'A'), 0);
    BOOST_CHECK_EQUAL(cms.last_access.writable, 1);
    BOOST_CHECK(cms.contents("HELLO EXEC A1") == fixed);
    BOOST_CHECK(cms.contents("NOTE DATA A1") == variable);
}

BOOST_AUTO_TEST_SUITE_END()
