#include "s370/toolchain/verify.h"

#include <boost/test/unit_test.hpp>
#include <string>

namespace {

// The first thing the verifier finds in this function, or nothing.
std::string finding(std::string const& body) {
    toolchain::Diagnostics diagnostics;
    toolchain::verify("\t.text\n\t.type\tf, @function\nf:\n" + body + "\t.size\tf, .-f\n",
                      diagnostics);
    return diagnostics.empty() ? "" : diagnostics.errors().front().message;
}

std::string const enter = "\tst\t%r12,48(%r15)\n\tbalr\t%r12,0\n.Lpage1_0:\n";
std::string const leave = "\tl\t%r12,48(%r15)\n\tbcr\t15,%r14\n";

} // namespace

BOOST_AUTO_TEST_SUITE(verifier)

BOOST_AUTO_TEST_CASE(a_proper_function_passes) {
    BOOST_TEST(finding(enter + "\tbc\t8,.L1-.Lpage1_0(%r12)\n.L1:\n" + leave) == "");
    BOOST_TEST(finding("\tlr\t%r2,%r3\n\tbcr\t15,%r14\n") == "");
}

BOOST_AUTO_TEST_CASE(a_foreign_instruction_is_found) {
    BOOST_TEST(finding("\tipm\t%r2\n\tbcr\t15,%r14\n") == "not System/370: ipm");
}

BOOST_AUTO_TEST_CASE(a_base_that_was_never_set_is_found) {
    BOOST_TEST(finding(".Lpage1_0:\n\tbc\t8,.L1-.Lpage1_0(%r12)\n.L1:\n\tbcr\t15,%r14\n") != "");
}

BOOST_AUTO_TEST_CASE(leaving_with_a_page_base_is_found) {
    BOOST_TEST(finding(enter + "\tbcr\t15,%r14\n") ==
               "verification: leaves without the caller's r12");
}

BOOST_AUTO_TEST_CASE(a_base_that_only_one_path_restored_is_found) {
    BOOST_TEST(finding(enter + "\tbc\t8,.L1-.Lpage1_0(%r12)\n\tl\t%r12,48(%r15)\n.L1:\n" + leave) ==
               "");
    BOOST_TEST(finding(enter + "\tbc\t8,.L1-.Lpage1_0(%r12)\n\tl\t%r12,48(%r15)\n.L1:\n"
                               "\tbcr\t15,%r14\n") != "");
}

BOOST_AUTO_TEST_CASE(saving_the_page_base_over_the_callers_is_found) {
    BOOST_TEST(finding(enter + "\tstm\t%r11,%r15,44(%r15)\n" + leave) ==
               "verification: stores a page base as the caller's r12");
}

BOOST_AUTO_TEST_CASE(restoring_what_was_never_saved_is_found) {
    BOOST_TEST(finding("\tbalr\t%r12,0\n" + leave) != "");
}

BOOST_AUTO_TEST_CASE(a_change_of_page_must_go_to_the_page_that_r12_names) {
    auto const pages = [](std::string const& place, std::string const& page) {
        return enter + "\tl\t%r12,.Lc-.Lpage1_0(%r12)\n\tbc\t15," + place + "-" + page +
               "(%r12)\n.Lc:\n\t.long\t.Lpage1_1\n.Lpage1_1:\n\tlr\t%r2,%r3\n.L2:\n" + leave;
    };
    BOOST_TEST(finding(pages(".L2", ".Lpage1_1")) == "");
    BOOST_TEST(finding(pages(".L2", ".Lpage1_0")) != "");
}

BOOST_AUTO_TEST_CASE(running_into_the_literals_is_found) {
    BOOST_TEST(finding(enter + "\tlr\t%r2,%r3\n.Lc:\n\t.long\t5\n.Lpage1_1:\n\tlr\t%r2,%r3\n" +
                       leave) == "");
    BOOST_TEST(finding(enter + "\tbc\t8,.L2-.Lpage1_0(%r12)\n.Lc:\n\t.long\t5\n.L2:\n" + leave) ==
               "verification: runs into a literal pool");
}

BOOST_AUTO_TEST_CASE(a_helper_leaves_r12_open_until_it_is_loaded_again) {
    std::string const call =
        "\tst\t%r14,0(%r15)\n\tl\t%r12,.Lh-.Lpage1_0(%r12)\n\tbalr\t%r14,%r12\n.L1:\n";
    std::string const again = "\tl\t%r12,.Lp-.L1(%r14)\n";
    std::string const use = "\tah\t%r2,.Lh-.Lpage1_0(%r12)\n";
    std::string const pool = ".Lh:\n\t.long\ts370_dlr2\n.Lp:\n\t.long\t.Lpage1_0\n";
    BOOST_TEST(finding(enter + call + again + use + leave + pool) == "");
    BOOST_TEST(finding(enter + call + use + leave + pool) != "");
}

BOOST_AUTO_TEST_SUITE_END()
