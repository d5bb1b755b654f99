#include "cms/base/cp.h"
#include "cms/nucleus.h"
#include "cms/program/synonyms.h"
#include "cms/shell/ready.h"
#include "cms/shell/scan.h"
#include "s370/machine/control.h"

#include <boost/test/unit_test.hpp>

using namespace cms;

BOOST_AUTO_TEST_SUITE(cms_shell)

namespace {

std::string token(u32 i) {
    return fakes::latin1_of(reinterpret_cast<Name8*>(nucon().cmndlist)[i].text());
}
std::string ready(i32 code, bool brief, u64 virtual_time = 12345, u64 total_time = 99'995'000) {
    return fakes::latin1_of(
        ready_text(code, brief, virtual_time, total_time, Name8("12:34:56"_e)).text());
}
std::string full(Text name) { return fakes::latin1_of(find_synonym(Name8(name)).text()); }

} // namespace

BOOST_AUTO_TEST_CASE(a_line_becomes_tokens_of_eight_upper_case_characters) {
    fakes::start_nucleus();
    BOOST_TEST(scan("  listfile verylongname *(date)"_e) == 6u);
    BOOST_TEST(token(0) == "LISTFILE");
    BOOST_TEST(token(1) == "VERYLONG");
    BOOST_TEST(token(2) == "*");
    BOOST_TEST(token(3) == "(");
    BOOST_TEST(token(4) == "DATE");
    BOOST_TEST(token(5) == ")");
    BOOST_TEST(nucon().cmndlist[6 * 8] == 0xFF);
    BOOST_TEST((nucon().exec_token == Name8("EXEC"_e)));
}

BOOST_AUTO_TEST_CASE(the_extended_list_points_into_the_line_as_typed) {
    fakes::start_nucleus();
    scan("  type My File"_e);
    u32 const line = address_of(nucon().cmndline);
    BOOST_TEST(nucon().nucplist[0] == line + 2);
    BOOST_TEST(nucon().nucplist[1] == line + 6);
    BOOST_TEST(nucon().nucplist[2] == line + 14);
    BOOST_TEST(nucon().cmndline[7] == 'M'_e);
}

BOOST_AUTO_TEST_CASE(an_empty_line_has_no_tokens) {
    fakes::start_nucleus();
    BOOST_TEST(scan("   "_e) == 0u);
    BOOST_TEST(nucon().cmndlist[0] == 0xFF);
}

BOOST_AUTO_TEST_CASE(a_line_of_single_characters_stays_within_its_area) {
    fakes::start_nucleus();
    u8 line[160];
    for (usize i = 0; i < sizeof line; ++i) line[i] = '('_e;
    BOOST_TEST(scan(Text(line, sizeof line)) == 66u);
    BOOST_TEST(nucon().cmndlist[66 * 8] == 0xFF);
    BOOST_TEST(nucon().constack[0] == 0);
}

BOOST_AUTO_TEST_CASE(the_ready_message_rounds_and_pads) {
    BOOST_TEST(ready(0, false) == "Ready; T=0.01/100.00 12:34:56");
    BOOST_TEST(ready(28, false) == "Ready(00028); T=0.01/100.00 12:34:56");
    BOOST_TEST(ready(-3, false) == "Ready(-0003); T=0.01/100.00 12:34:56");
    BOOST_TEST(ready(0, true) == "R;");
    BOOST_TEST(ready(104, true) == "R(00104);");
}

BOOST_AUTO_TEST_CASE(short_forms_are_no_shorter_than_allowed) {
    fakes::start_nucleus();
    BOOST_TEST(full("L"_e) == "LISTFILE");
    BOOST_TEST(full("AC"_e) == "ACCESS");
    BOOST_TEST(full("A"_e) == "ASSEMBLE");
    BOOST_TEST(full("COPY"_e) == "COPYFILE");
    BOOST_TEST(full("COP"_e) == "");
    BOOST_TEST(full("LISTFILE"_e) == "");
    BOOST_TEST(full("TYPES"_e) == "");
    nucon().optflags = optflags::no_abbreviations;
    BOOST_TEST(full("L"_e) == "");
}

BOOST_AUTO_TEST_CASE(the_clock_gives_the_date_without_cp) {
    fakes::start_nucleus();
    auto const at = [](u64 seconds) {
        fakes::time_of_day = seconds * 1'000'000 << 12;
        Times const now = times();
        return fakes::latin1_of(now.date.padded()) + " " + fakes::latin1_of(now.time.padded());
    };
    constexpr u64 unix_epoch = 2'208'988'800;
    BOOST_TEST(at(unix_epoch) == "01/01/70 00:00:00");
    BOOST_TEST(at(unix_epoch + 951'782'400) == "02/29/00 00:00:00");
    BOOST_TEST(at(unix_epoch + 1'709'251'199) == "02/29/24 23:59:59");
    BOOST_TEST(at(unix_epoch + 1'735'689'599) == "12/31/24 23:59:59");
    BOOST_TEST(at(unix_epoch + 1'735'689'600) == "01/01/25 00:00:00");
}

BOOST_AUTO_TEST_SUITE_END()
