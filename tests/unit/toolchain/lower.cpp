#include "s370/toolchain/lower.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "s370/toolchain/verify.h"

namespace {

using toolchain::Diagnostics;

std::string function(std::string const& body) {
    return ".text\n\t.type\tf, @function\nf:\n" + body + "\t.size\tf, .-f\n";
}

// The lowered text, or the first error.
std::string lowered(std::string const& source, int page_size = 4096) {
    Diagnostics diagnostics;
    auto const result = toolchain::lower(source, {.page_size = page_size}, diagnostics);
    return diagnostics.empty() ? result : "error: " + diagnostics.errors().front().message;
}

std::size_t count(std::string const& text, std::string const& part) {
    std::size_t result = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++result;
    }
    return result;
}

std::string const leave = "\tbr\t%r14\t# 1\t[c=0 l=2]  return\n";

} // namespace

BOOST_AUTO_TEST_SUITE(lowering)

BOOST_AUTO_TEST_CASE(an_unknown_instruction_is_an_error_with_its_line) {
    Diagnostics diagnostics;
    static_cast<void>(toolchain::lower(function("\tlghi\t%r2,1\n" + leave), {}, diagnostics));
    BOOST_REQUIRE(diagnostics.errors().size() == 1U);
    BOOST_TEST(diagnostics.errors()[0].line == 4);
    BOOST_TEST(diagnostics.errors()[0].message == "no System/370 form of lghi");
}

BOOST_AUTO_TEST_CASE(every_mistake_is_reported_at_once) {
    Diagnostics diagnostics;
    static_cast<void>(
        toolchain::lower(function("\tlghi\t%r2,1\n\tstrange\n" + leave), {}, diagnostics));
    BOOST_TEST(diagnostics.errors().size() == 2U);
}

BOOST_AUTO_TEST_CASE(damaged_input_is_an_error_and_never_a_crash) {
    BOOST_TEST(lowered("f:\n\tlr\t%r2,%r3\n").starts_with("error"));
    BOOST_TEST(lowered("\t.type f, @function\nf:\n").starts_with("error"));
    for (auto const* line :
         {"\tlhi\n", "\tlhi\t%r2\n", "\tlhi\t%r99,1\n", "\tlhi\t%r12,1\n", "\tahi\t%r2,x\n",
          "\ttml\t5,6\n", "\tmsr\t%r2\n", "\tmlr\t%r3,%r4\n", "\tdlr\t%r12,%r4\n", "\trll\t%r2\n",
          "\tbrct\n", "\tbrasl\t%r14\n", "\tjne\tother\n",
          "\tla\t%r2,(((\t# 1 [c=1 l=4] *la_31_and\n", "\t.ascii\t\"x\"\n", "\tstm\n",
          "\tlm\t%r11,%r15\n", "\tbasr\t%r14\n"}) {
        BOOST_TEST_CONTEXT(line) {
            Diagnostics diagnostics;
            auto const text = toolchain::lower(function(line + leave), {}, diagnostics);
            verify(text, diagnostics);
            BOOST_TEST((!diagnostics.empty() || text.find("f:") != std::string::npos));
        }
    }
}

BOOST_AUTO_TEST_CASE(unwinding_and_machine_directives_go_but_lines_and_data_stay) {
    auto const text = lowered(".machine \"z900\"\n\t.section\t.rodata\n\t.long\t5\n" +
                              function("\t.cfi_startproc\n\t.loc 1 2 3\n" + leave));
    BOOST_TEST(count(text, ".cfi") == 0U);
    BOOST_TEST(count(text, ".machine") == 0U);
    BOOST_TEST(count(text, "\t.loc 1 2 3\n") == 1U);
    BOOST_TEST(count(text, ".long\t5") == 1U);
}

BOOST_AUTO_TEST_CASE(data_in_the_middle_of_a_function_moves_out_of_it) {
    auto const text = lowered(function("\t.section\t.rodata\n.L5:\n\t.long\t7\n.text\n" + leave));
    BOOST_TEST(text.find(".long\t7") < text.find("f:\n"));
}

BOOST_AUTO_TEST_CASE(references_from_debugging_sections_take_no_address) {
    std::string const debug = "\t.section\t.debug_info,\"\",@progbits\n\t.long\t.L1\n";
    std::string body = ".L1:\n";
    for (int i = 0; i < 40; ++i) { body += "\tmhi\t%r2," + std::to_string(i + 2) + "\n"; }
    auto const text = lowered(function(body + leave) + debug, 100);
    BOOST_TEST(count(text, "$e") == 0U);
    BOOST_TEST(count(text, "\t.long\t.L1\n") + count(text, ".long\t.L1\n") >= 1U);
}

BOOST_AUTO_TEST_CASE(a_page_that_cannot_hold_one_instruction_is_an_error) {
    BOOST_TEST(lowered(function("\tdlr\t%r2,%r5\n" + leave), 16) ==
               "error: page too small for this code");
}

BOOST_AUTO_TEST_CASE(a_condition_code_that_is_still_read_is_not_spoilt) {
    // The branch behind the call cannot see the comparison in front of it; the one before can.
    auto const text = lowered(function("\tcr\t%r2,%r3\n\tlhi\t%r4,0\n\tje\t.L1\n"
                                       "\tlhi\t%r5,0\n\tbrasl\t%r14,g\n.L1:\n" +
                                       leave));
    BOOST_TEST(count(text, "la\t%r4,0") == 1U);
    BOOST_TEST(count(text, "slr\t%r5,%r5") == 1U);
}

BOOST_AUTO_TEST_CASE(a_condition_code_read_round_a_loop_is_seen) {
    auto const text = lowered(function("\tltr\t%r2,%r2\n.L1:\n\tjh\t.L2\n\tcr\t%r2,%r3\n"
                                       "\tlhi\t%r4,0\n\tj\t.L1\n.L2:\n" +
                                       leave));
    BOOST_TEST(count(text, "la\t%r4,0") == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
