#include "cp/command/messages.h"

#include "cp/command/link.h"
#include "tests/fakes/cp/io/display_3270.h"

#include <boost/test/unit_test.hpp>

using namespace cp;

namespace {

std::string ascii(Text text) { return fakes::to_ascii(text); }

struct Row {
    LinkMode mode;
    // No other link; others read only; somebody writes; both. A message, or R or W for
    // what is granted.
    const char* cells[4];
};

std::string decided(LinkMode mode, u32 readers, u32 writers) {
    LinkDecision const decision = decide_link(mode, readers, writers);
    std::string result = decision.granted ? (decision.read_only ? "R" : "W") : "";
    if (decision.message != 0) result += std::to_string(decision.message);
    return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(messages)

BOOST_AUTO_TEST_CASE(inserts_take_their_places) {
    BOOST_TEST(ascii(compose_message("LNK"_e, 108, "MAINT"_e, "190"_e, "VMSRES"_e)) ==
               "DMKLNK108E MAINT 190 NOT LINKED; VOLID VMSRES NOT MOUNTED");
    BOOST_TEST(ascii(compose_message("CFM"_e, 1, "XYZ"_e)) == "DMKCFM001E ?CP: XYZ");
}

BOOST_AUTO_TEST_CASE(blanks_of_inserts_are_squeezed) {
    BOOST_TEST(ascii(compose_message("CQG"_e, 45, "USER1   "_e)) ==
               "DMKCQG045E USER1 NOT LOGGED ON");
    BOOST_TEST(ascii(compose_message("CQG"_e, 40)) == "DMKCQG040E DEV DOES NOT EXIST");
}

BOOST_AUTO_TEST_CASE(emsg_chooses_what_is_shown) {
    MessageLine const line = compose_message("LOG"_e, 50);
    BOOST_TEST(ascii(shown_part(line, ErrorMessages::On)) == "DMKLOG050E PASSWORD INCORRECT");
    BOOST_TEST(ascii(shown_part(line, ErrorMessages::Code)) == "DMKLOG050E");
    BOOST_TEST(ascii(shown_part(line, ErrorMessages::Text)) == "PASSWORD INCORRECT");
    BOOST_TEST(ascii(shown_part(line, ErrorMessages::Off)) == "");
}

BOOST_AUTO_TEST_CASE(links_are_granted_as_the_table_says) {
    constexpr Row table[] = {
        {LinkMode::R, {"R", "R", "105", "106"}},   {LinkMode::RR, {"R", "R", "R", "R"}},
        {LinkMode::W, {"W", "104", "105", "106"}}, {LinkMode::WR, {"W", "R101", "R102", "R103"}},
        {LinkMode::M, {"W", "W", "105", "106"}},   {LinkMode::MR, {"W", "W", "R102", "R103"}},
        {LinkMode::MW, {"W", "W", "W", "W"}},
    };
    for (Row const& row : table) {
        BOOST_TEST(decided(row.mode, 0, 0) == row.cells[0]);
        BOOST_TEST(decided(row.mode, 2, 0) == row.cells[1]);
        BOOST_TEST(decided(row.mode, 0, 1) == row.cells[2]);
        BOOST_TEST(decided(row.mode, 2, 1) == row.cells[3]);
    }
}

BOOST_AUTO_TEST_SUITE_END()
