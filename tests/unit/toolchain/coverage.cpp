#include "s370/toolchain/coverage_map.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "s370/toolchain/lower.h"

namespace {

using toolchain::CoverageReport;
using toolchain::ElfImage;

// A page of code at X'2000', with coverage bytes at 100 (line 7) and 101 (line 8).
ElfImage instrumented() {
    std::string code(4096, '\x18');
    code[100] = code[101] = '\0';
    std::string map;
    for (int const i : {0, 1}) {
        map += std::string{'\0', '\0', '\x20', char(100 + i)} + "a.cpp:" + char('7' + i) +
               std::string(1, '\0');
    }
    return {{{}, {".text", 0x2000, true, true, code}, {".coverage_map", 0, false, false, map}},
            {{"pool", 0x2064, 2, toolchain::ElfSymbol::Kind::Object, 1}}};
}

std::string lcov(ElfImage const& image, std::string const& dump) {
    CoverageReport report;
    report.add(image, {dump});
    return report.lcov();
}

} // namespace

BOOST_AUTO_TEST_SUITE(coverage)

BOOST_AUTO_TEST_CASE(a_byte_that_is_on_shows_that_its_line_ran) {
    auto const image = instrumented();
    auto frame = image.sections[1].bytes;
    frame[100] = char(0xFF);
    BOOST_TEST(lcov(image, std::string(8192, '\0') + frame) ==
               "SF:a.cpp\nDA:7,1\nDA:8,0\nLF:2\nLH:1\nend_of_record\n");
}

BOOST_AUTO_TEST_CASE(a_frame_that_differs_elsewhere_is_somebody_elses) {
    auto const image = instrumented();
    auto frame = image.sections[1].bytes;
    frame[100] = char(0xFF);
    frame[2000] = '\x19';
    BOOST_TEST(lcov(image, frame) == "SF:a.cpp\nDA:7,0\nDA:8,0\nLF:2\nLH:0\nend_of_record\n");
}

BOOST_AUTO_TEST_CASE(frames_of_one_dump_are_combined_and_dumps_are_counted) {
    auto const image = instrumented();
    auto first = image.sections[1].bytes, second = first;
    first[100] = second[101] = char(0xFF);
    CoverageReport report;
    BOOST_TEST(report.add(image, {first + second, first}) == 3U);
    BOOST_TEST(report.lcov() == "SF:a.cpp\nDA:7,2\nDA:8,1\nLF:2\nLH:2\nend_of_record\n");
}

BOOST_AUTO_TEST_CASE(a_damaged_map_is_read_as_far_as_it_makes_sense) {
    auto image = instrumented();
    for (auto const* map : {"", "abc", "abcdno colon", "abcda:x", "abcd:", "\1\2\3\4only:5"}) {
        image.sections[2].bytes = map;
        BOOST_TEST(coverage_bytes(image).size() <= 1U);
    }
}

BOOST_AUTO_TEST_CASE(each_line_of_a_function_gets_one_byte_and_one_entry) {
    toolchain::Diagnostics diagnostics;
    auto const text = toolchain::lower(".text\n.file 1 \"./a.cpp\"\n\t.type\tf, @function\nf:\n"
                                       "\t.loc 1 3 1\n\tlr\t%r2,%r3\n\t.loc 1 4 1\n\tlr\t%r4,%r3\n"
                                       "\t.loc 1 4 9\n\tlr\t%r5,%r3\n\tbr\t%r14\n\t.size\tf, .-f\n",
                                       {.page_size = 4096, .coverage = true}, diagnostics);
    BOOST_TEST(diagnostics.empty());
    BOOST_TEST(text.find(".asciz\t\"a.cpp:3\"") != std::string::npos);
    BOOST_TEST(text.find(".asciz\t\"a.cpp:4\"") != std::string::npos);
    BOOST_TEST(text.find("\tmvi\t") != text.rfind("\tmvi\t"));
    BOOST_TEST(text.find("\tmvi\t", text.find("\tmvi\t") + 1) == text.rfind("\tmvi\t"));
}

BOOST_AUTO_TEST_SUITE_END()
