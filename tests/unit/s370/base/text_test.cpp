#include "s370/base/text.h"

#include <boost/test/unit_test.hpp>
#include <string>

namespace {
std::string ascii(Text text) {
    std::string result;
    for (u8 c : text) result.push_back(static_cast<char>(ebcdic::to_latin1(c)));
    return result;
}
} // namespace

BOOST_AUTO_TEST_SUITE(text)

BOOST_AUTO_TEST_CASE(a_literal_is_ebcdic) {
    Text const name = "CP 37"_e;
    u8 const expected[] = {0xC3, 0xD7, 0x40, 0xF3, 0xF7};
    BOOST_TEST(std::equal(name.begin(), name.end(), std::begin(expected), std::end(expected)));
    BOOST_TEST("\xA2"_e[0] == 0x4A); // cent sign
    BOOST_TEST("\xAC"_e[0] == 0x5F); // not sign
}

BOOST_AUTO_TEST_CASE(translation_is_one_to_one_in_both_directions) {
    for (u32 c = 0; c < 256; ++c)
        BOOST_TEST(ebcdic::to_latin1(ebcdic::from_latin1(static_cast<u8>(c))) == c);
}

BOOST_AUTO_TEST_CASE(only_the_26_letters_are_raised) {
    for (u32 c = 0; c < 256; ++c) {
        u8 const latin = ebcdic::to_latin1(static_cast<u8>(c));
        bool const letter = latin >= 'a' && latin <= 'z';
        u8 const expected =
            letter ? ebcdic::from_latin1(static_cast<u8>(latin - 32)) : static_cast<u8>(c);
        BOOST_TEST(ebcdic::upper(static_cast<u8>(c)) == expected);
        BOOST_TEST(ebcdic::is_upper_letter(static_cast<u8>(c)) == (latin >= 'A' && latin <= 'Z'));
    }
}

BOOST_AUTO_TEST_CASE(a_substring_never_reaches_outside) {
    BOOST_TEST(ascii("ABC"_e.substr(1)) == "BC");
    BOOST_TEST("ABC"_e.substr(9).empty());
    BOOST_TEST(ascii("ABC"_e.substr(2, 9)) == "C");
    BOOST_TEST("ABC"_e.starts_with("AB"_e));
    BOOST_TEST(!"AB"_e.starts_with("ABC"_e));
}

BOOST_AUTO_TEST_CASE(a_name_is_padded_and_compares_without_its_blanks) {
    Name8 const name("OPERATOR1"_e);
    BOOST_TEST(ascii(name.padded()) == "OPERATOR");
    BOOST_TEST((Name8("A"_e) == Name8("A  "_e)));
    BOOST_TEST(Name8().blank());
}

BOOST_AUTO_TEST_CASE(a_line_drops_what_does_not_fit) {
    Line<5> line("ABC"_e);
    line << "DEF"_e;
    BOOST_TEST(ascii(line) == "ABCDE");
}

BOOST_AUTO_TEST_CASE(numbers_are_edited_in_columns) {
    Line<80> line;
    line.decimal(7, 3) << ' '_e;
    line.decimal(0).at(8).hex(0xBAD, 6);
    BOOST_TEST(ascii(line) == "007 0   000BAD");
    Line<20> blank;
    blank.decimal(42, 5, ' '_e);
    BOOST_TEST(ascii(blank) == "   42");
}

BOOST_AUTO_TEST_CASE(fields_are_split_at_blanks) {
    Fields fields("  LINK   TO * 191  "_e);
    BOOST_TEST(ascii(fields.next()) == "LINK");
    BOOST_TEST(ascii(fields.peek()) == "TO");
    BOOST_TEST(ascii(fields.rest().without_trailing_blanks()) == "TO * 191");
    fields.next();
    fields.next();
    BOOST_TEST(ascii(fields.next()) == "191");
    BOOST_TEST(fields.empty());
    BOOST_TEST(fields.next().empty());
}

BOOST_AUTO_TEST_CASE(hexadecimal_numbers_are_refused_when_they_do_not_fit) {
    BOOST_TEST(parse_hex("ffFF"_e).value == 0xFFFFu);
    BOOST_TEST(parse_hex("FFFFFFFF"_e).valid);
    BOOST_TEST(!parse_hex("100000000"_e).valid);
    BOOST_TEST(!parse_hex(""_e).valid);
    BOOST_TEST(!parse_hex("12G"_e).valid);
}

BOOST_AUTO_TEST_CASE(decimal_numbers_are_refused_when_they_do_not_fit) {
    BOOST_TEST(parse_decimal("4294967295"_e).value == 4294967295u);
    BOOST_TEST(!parse_decimal("4294967296"_e).valid);
    BOOST_TEST(!parse_decimal("-1"_e).valid);
    BOOST_TEST(!parse_decimal(""_e).valid);
}

BOOST_AUTO_TEST_SUITE_END()
