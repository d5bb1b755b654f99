#include "dasd-images/track.h"
#include "tests/unit/dasd-images/temporary.h"

#include <boost/test/unit_test.hpp>

using namespace dasd;

namespace {

const Geometry& g = s370::ckd::geometry_3350;
constexpr Address at{7, 3};

Bytes sound() {
    Track track = formatted_track(at, 2, 100);
    track.records[1].key = Bytes(8, 0x55);
    return encode(track, g);
}

std::string refusal(const Bytes& bytes) {
    return failure_of([&] { decode(bytes, at, g); });
}

} // namespace

BOOST_AUTO_TEST_SUITE(track)

BOOST_AUTO_TEST_CASE(a_track_reads_back_as_it_was_written) {
    Bytes bytes = sound();
    bytes.resize(19456); // as in a plain image
    Track const track = decode(bytes, at, g);
    BOOST_REQUIRE(track.records.size() == 3u);
    BOOST_TEST(track.records[0].data.size() == 8u);
    BOOST_TEST(track.records[1].key.size() == 8u);
    BOOST_TEST(track.records[2].data.size() == 100u);
}

BOOST_AUTO_TEST_CASE(bytes_are_those_of_hercules) {
    Bytes const bytes = encode(formatted_track({0, 3}, 0, 0), g);
    Bytes const expected{0, 0, 0, 0, 3, 0, 0,    0,    3,    0,    0,    0,    8,    0,   0,
                         0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    BOOST_TEST(bytes == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_damaged_home_address_is_refused_with_its_place) {
    Bytes bytes = sound();
    bytes[2] = 9;
    BOOST_TEST(contains(refusal(bytes), "cylinder 7 head 3: the home address"));
}

BOOST_AUTO_TEST_CASE(a_damaged_count_field_is_refused_with_its_record) {
    Bytes bytes = sound();
    bytes[21 + 1] = 9; // cylinder in the count field of record 1
    BOOST_TEST(contains(refusal(bytes), "cylinder 7 head 3 record 1: its count field"));
}

BOOST_AUTO_TEST_CASE(a_record_that_runs_over_the_end_is_refused) {
    Bytes bytes = sound();
    bytes[21 + 6] = 0xFF;
    BOOST_TEST(contains(refusal(bytes), "record 1: runs over the end"));
}

BOOST_AUTO_TEST_CASE(a_record_that_is_there_twice_is_refused) {
    Track track = formatted_track(at, 2, 100);
    track.records[2].number = 1;
    BOOST_TEST(contains(refusal(encode(track, g)), "record 1: is on the track twice"));
}

BOOST_AUTO_TEST_CASE(a_track_without_end_is_refused_at_every_length) {
    Bytes const bytes = sound();
    for (usize size = 0; size < bytes.size(); ++size)
        BOOST_TEST(refusal(Bytes(bytes.begin(), bytes.begin() + std::ptrdiff_t(size))) != "");
}

BOOST_AUTO_TEST_CASE(more_records_than_the_device_holds_are_refused) {
    BOOST_TEST(failure_of([] { encode(formatted_track(at, 4, 4096), g); }) == "");
    BOOST_TEST(contains(failure_of([] { encode(formatted_track(at, 5, 4096), g); }),
                        "record 5: does not fit"));
}

BOOST_AUTO_TEST_SUITE_END()
