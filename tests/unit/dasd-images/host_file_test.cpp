#include "dasd-images/host_file.h"
#include "tests/unit/dasd-images/temporary.h"

#include <boost/test/unit_test.hpp>

using namespace dasd;

namespace {

std::string string(const Bytes& b) { return {b.begin(), b.end()}; }

FileId const id = make_file_id("A", "DATA");

CmsFile load(const std::string& content, const HostFileOptions& options = {}) {
    TemporaryFolder const folder;
    return load_host_file(folder.write("x", content), id, parse_mode("A1"), options);
}

} // namespace

BOOST_AUTO_TEST_SUITE(host_file)

BOOST_AUTO_TEST_CASE(text_is_fixed_80_when_no_line_is_longer) {
    CmsFile const file = load("hello\nworld\n");
    BOOST_TEST(file.format == cms::fixed_format);
    BOOST_TEST(file.record_length == 80u);
    BOOST_REQUIRE(file.records.size() == 2u);
    BOOST_TEST(file.records[0].size() == 80u);
    BOOST_TEST(file.records[0][0] == 0x88);
    BOOST_TEST(file.records[0][79] == 0x40);
}

BOOST_AUTO_TEST_CASE(text_is_variable_when_a_line_is_longer) {
    CmsFile const file = load(std::string(81, 'x') + "\n\ny");
    BOOST_TEST(file.format == cms::variable_format);
    BOOST_TEST(file.record_length == 81u);
    BOOST_REQUIRE(file.records.size() == 3u);
    BOOST_TEST(string(file.records[1]) == "\x40"); // no empty records
}

BOOST_AUTO_TEST_CASE(text_comes_back_whatever_its_encoding_and_line_ends) {
    BOOST_TEST(string(to_host_bytes(load("a\r\nb"), Content::Text)) == "a\nb\n");
    BOOST_TEST(string(to_host_bytes(load("w\xC3\xB6rld \xC2\xA2\n"), Content::Text)) ==
               "w\xC3\xB6rld \xC2\xA2\n");
    BOOST_TEST(string(to_host_bytes(load("w\xF6rld\n"), Content::Text)) == "w\xC3\xB6rld\n");
    BOOST_TEST(string(to_host_bytes(load("blanks   \n"), Content::Text)) == "blanks\n");
}

BOOST_AUTO_TEST_CASE(every_character_of_the_code_page_survives) {
    std::string text;
    for (u32 c = 0x20; c < 0x7F; ++c) text.push_back(static_cast<char>(c));
    for (u32 c = 0xA1; c < 0x100; ++c) {
        text.push_back(static_cast<char>(0xC0 | c >> 6));
        text.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    }
    text += "\n";
    HostFileOptions options;
    options.format = cms::variable_format;
    BOOST_TEST(string(to_host_bytes(load(text, options), Content::Text)) == text);
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_refused_with_its_line) {
    HostFileOptions options;
    options.format = cms::fixed_format;
    BOOST_TEST(contains(failure_of([&] { load("a\n" + std::string(81, 'x') + "\n", options); }),
                        "line 2: has 81 characters, not 80 at most"));
    BOOST_TEST(contains(failure_of([&] { load("a\n\xE2\x82\xAC\n"); }), "line 2: has a character"));
    options.record_length = 0;
    BOOST_TEST(failure_of([&] { load("a\n", options); }) != "");
    options.record_length = 65536;
    BOOST_TEST(failure_of([&] { load("a\n", options); }) != "");
}

BOOST_AUTO_TEST_CASE(binary_is_cut_into_records) {
    HostFileOptions options;
    options.content = Content::Binary;
    options.record_length = 4;
    CmsFile fixed = load("abcdef", options);
    BOOST_REQUIRE(fixed.records.size() == 2u);
    BOOST_TEST(bool(fixed.records[1] == Bytes{'e', 'f', 0, 0}));
    options.format = cms::variable_format;
    CmsFile const variable = load("abcdef", options);
    BOOST_TEST(bool(variable.records[1] == Bytes{'e', 'f'}));
    BOOST_TEST(string(to_host_bytes(variable, Content::Binary)) == "abcdef");
}

BOOST_AUTO_TEST_CASE(a_record_image_keeps_everything_and_is_recognized) {
    CmsFile const file = make_file("A", "DATA", cms::variable_format, {1, 65535, 3});
    CmsFile const back = load(string(to_record_image(file)));
    BOOST_TEST(back.format == file.format);
    BOOST_TEST(back.record_length == 65535u);
    BOOST_TEST(bool(back.records == file.records));
}

BOOST_AUTO_TEST_CASE(a_damaged_record_image_is_refused) {
    std::string const image =
        string(to_record_image(make_file("A", "DATA", cms::variable_format, {5, 6})));
    for (usize size = 17; size < image.size(); ++size)
        if (size != 23) // after the first record
            BOOST_TEST(contains(failure_of([&] { load(image.substr(0, size)); }), "is damaged"));
    std::string wrong = image;
    wrong[8] = 'U';
    BOOST_TEST(failure_of([&] { load(wrong); }) != "");
}

BOOST_AUTO_TEST_CASE(names_are_taken_in_several_forms) {
    BOOST_TEST(to_string(parse_pattern("hello.exec").id()) == "HELLO EXEC");
    BOOST_TEST(to_string(parse_pattern("HELLO EXEC").id()) == "HELLO EXEC");
    BOOST_TEST(parse_pattern("HELLO EXEC B1").mode == "B1");
    BOOST_TEST(to_string(pattern_from_path("/a/b.c/hello.exec").id()) == "HELLO EXEC");
    BOOST_TEST(parse_pattern("*.EX?C").matches(make_file_id("HELLO", "EXEC")));
    BOOST_TEST(!parse_pattern("H*O.E*").matches(make_file_id("HELP", "EXEC")));
    BOOST_TEST(failure_of([] { parse_pattern("hello"); }) != "");
    BOOST_TEST(failure_of([] { parse_pattern("a b c d"); }) != "");
    BOOST_TEST(to_string(parse_mode("b").text()) == "B1");
    BOOST_TEST(failure_of([] { parse_mode("B9"); }) != "");
}

BOOST_AUTO_TEST_SUITE_END()
