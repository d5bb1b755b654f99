#include "cms/io/console.h"

#include "cms/nucleus.h"

#include <boost/test/unit_test.hpp>

using namespace cms;

BOOST_AUTO_TEST_SUITE(cms_console)

namespace {

std::string read() {
    u8 buffer[line_limit];
    return fakes::latin1_of(read_line(buffer));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_line_is_typed_without_trailing_blanks) {
    fakes::start_nucleus();
    type_line("HELLO   "_e);
    BOOST_TEST(fakes::typed == std::vector<std::string>{"HELLO"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_line_of_no_length_is_a_blank) {
    fakes::start_nucleus();
    type_line(""_e);
    BOOST_TEST(fakes::typed.at(0) == " ");
}

BOOST_AUTO_TEST_CASE(what_is_longer_than_130_is_cut) {
    fakes::start_nucleus();
    u8 const long_line[200] = {0xC1, 0xC1};
    Text const text(long_line, sizeof long_line);
    type_line(text, false);
    BOOST_TEST(fakes::typed.at(0).size() == line_limit);
}

BOOST_AUTO_TEST_CASE(a_read_waits_for_the_user) {
    fakes::start_nucleus();
    fakes::when_idle = [] { fakes::lines = {"query disk"}; };
    BOOST_TEST(read() == "query disk");
}

BOOST_AUTO_TEST_CASE(a_null_line_ends_a_read) {
    fakes::start_nucleus();
    fakes::lines = {""};
    BOOST_TEST(read() == "");
}

BOOST_AUTO_TEST_CASE(stacked_lines_come_before_the_terminal_last_in_first_out_first) {
    fakes::start_nucleus();
    stack_line("ONE"_e, false);
    stack_line("TWO"_e, false);
    stack_line("ZERO"_e, true);
    fakes::lines = {"typed"};
    BOOST_TEST(nucon().numfinrd == 3);
    BOOST_TEST(read() == "ZERO");
    BOOST_TEST(read() == "ONE");
    BOOST_TEST(read() == "TWO");
    BOOST_TEST(read() == "typed");
    BOOST_TEST(nucon().fstfinrd == 0u);
    BOOST_TEST(nucon().lstfinrd == 0u);
}

BOOST_AUTO_TEST_CASE(a_direct_read_leaves_the_stack_alone) {
    fakes::start_nucleus();
    stack_line("STACKED"_e, false);
    fakes::lines = {"typed"};
    u8 buffer[line_limit];
    BOOST_TEST(fakes::latin1_of(read_terminal(buffer)) == "typed");
    BOOST_TEST(read() == "STACKED");
}

BOOST_AUTO_TEST_CASE(clearing_the_stack_gives_its_storage_back) {
    fakes::start_nucleus();
    for (int i = 0; i < 20; ++i) stack_line("LINE"_e, false);
    clear_stack();
    BOOST_TEST(nucon().numfinrd == 0);
    BOOST_TEST(nucon().fstfinrd == 0u);
}

BOOST_AUTO_TEST_CASE(an_attention_reads_a_line_onto_the_stack) {
    fakes::start_nucleus();
    fakes::attention();
    fakes::lines = {"later"};
    type_line("FIRST"_e); // the console has the attention first, then the line
    type_line("SECOND"_e);
    BOOST_TEST(nucon().numfinrd == 1);
    BOOST_TEST(read() == "later");
}

BOOST_AUTO_TEST_CASE(ht_halts_typing_and_rt_resumes_it) {
    fakes::start_nucleus();
    fakes::attention();
    fakes::lines = {"ht"};
    type_line("SHOWN"_e);
    type_line("HIDDEN"_e);
    type_line("HIDDEN"_e);
    BOOST_TEST((nucon().msgflags & msgflags::no_typing) != 0);
    stack_line("RT"_e, false); // from the stack it works at once and is not stacked
    BOOST_TEST(nucon().numfinrd == 0);
    type_line("AGAIN"_e);
    BOOST_TEST(fakes::typed.back() == "AGAIN");
    BOOST_TEST(fakes::typed.size() == 2u);
}

BOOST_AUTO_TEST_CASE(hx_ends_what_runs_at_the_next_line) {
    fakes::start_nucleus();
    fakes::attention();
    fakes::lines = {"HX"};
    auto const type_much = [] {
        for (int i = 0; i < 4; ++i) type_line("LINE"_e);
    };
    BOOST_CHECK_THROW(type_much(), fakes::FreshStack);
}

BOOST_AUTO_TEST_CASE(hx_at_a_read_ends_it) {
    fakes::start_nucleus();
    fakes::lines = {"hx"};
    BOOST_CHECK_THROW(read(), fakes::FreshStack);
}

BOOST_AUTO_TEST_SUITE_END()
