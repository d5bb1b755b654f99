#include "cp/guest/disk.h"
#include "tests/unit/cp/command/system_fixture.h"

using namespace testing_commands;

BOOST_FIXTURE_TEST_SUITE(dedicate, System)

BOOST_AUTO_TEST_CASE(a_disk_that_cp_has_not_mounted_is_one_users_whole) {
    log_on(0, "dave", "passd");
    BOOST_TEST(answer(0, "query virtual dasd") == "DASD 351 ON DASD 151");
    operator_types("query 151");
    BOOST_TEST(typewriter.has("DASD 151 ATTACH TO DAVE     351"));
    Minidisk const* const disk = dedicated_to(*find_device({0x151}));
    BOOST_REQUIRE(disk != nullptr);
    BOOST_TEST(disk->extent().start == 0);
    BOOST_TEST(disk->extent().cylinders == s370::ckd::geometry_3350.cylinders);
    BOOST_TEST(!disk->extent().read_only);
}

BOOST_AUTO_TEST_CASE(a_disk_in_use_is_not_available_and_is_again_afterwards) {
    log_on(0, "dave", "passd");
    log_on(1, "erin", "passe");
    BOOST_TEST(display(1).shows("DEV 350 NOT DEFINED; DEV 150 NOT AVAILABLE")); // CP's own
    BOOST_TEST(display(1).shows("DEV 351 NOT DEFINED; DEV 151 NOT AVAILABLE")); // DAVE's
    BOOST_TEST(answer(1, "query virtual dasd") == "DASD  DO NOT EXIST");
    type(0, "logoff");
    BOOST_TEST(dedicated_to(*find_device({0x151})) == nullptr);
    type(1, "logoff");
    type(1, "logon erin passe");
    BOOST_TEST(answer(1, "query virtual dasd") == "DASD 351 ON DASD 151");
}

BOOST_AUTO_TEST_SUITE_END()
