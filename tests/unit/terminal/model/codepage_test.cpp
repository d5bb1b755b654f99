#include "terminal/model/codepage.h"

#include <boost/test/unit_test.hpp>

using terminal::Codepage;

BOOST_AUTO_TEST_SUITE(codepage)

// National characters by code, from the Character Data Representation Architecture's
// tables: X'5B' currency, X'7B' number sign's place, X'7C' at sign's, X'4F' bar's,
// X'AD' and X'BD' where 1047 has the brackets.
BOOST_AUTO_TEST_CASE(national_characters_are_where_each_page_has_them) {
    struct Case {
        const char* name;
        char32_t at_5b, at_7b, at_7c, at_4f, at_ad, at_bd;
    };
    for (Case const& expected : {Case{"037", U'$', U'#', U'@', U'|', U'Ý', U'¨'},
                                 {"1047", U'$', U'#', U'@', U'|', U'[', U']'},
                                 {"273", U'$', U'#', U'§', U'!', U'Ý', U'¨'},
                                 {"277", U'Å', U'Æ', U'Ø', U'!', U'Ý', U'¨'},
                                 {"278", U'Å', U'Ä', U'Ö', U'!', U'Ý', U'¨'},
                                 {"280", U'$', U'£', U'§', U'!', U'Ý', U'¨'},
                                 {"284", U'$', U'Ñ', U'@', U'|', U'Ý', U'~'},
                                 {"285", U'£', U'#', U'@', U'|', U'Ý', U'¨'},
                                 {"297", U'$', U'£', U'à', U'!', U'Ý', U'~'},
                                 {"500", U'$', U'#', U'@', U'!', U'Ý', U'¨'},
                                 {"uk", U'£', U'#', U'@', U'|', U'Ý', U'¨'},
                                 {"bracket", U'$', U'#', U'@', U'|', U'[', U']'}}) {
        BOOST_TEST_CONTEXT(expected.name) {
            auto const page = Codepage::named(expected.name);
            BOOST_REQUIRE(page);
            BOOST_TEST((page->shown(0x5B) == expected.at_5b));
            BOOST_TEST((page->shown(0x7B) == expected.at_7b));
            BOOST_TEST((page->shown(0x7C) == expected.at_7c));
            BOOST_TEST((page->shown(0x4F) == expected.at_4f));
            BOOST_TEST((page->shown(0xAD) == expected.at_ad));
            BOOST_TEST((page->shown(0xBD) == expected.at_bd));
            BOOST_TEST((page->shown(0xC1) == U'A'));
            BOOST_TEST((page->shown(0x04) == U' '));
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_shown_can_be_typed) {
    for (const char* name : {"037", "1047", "273", "285", "500", "bracket"}) {
        auto const page = Codepage::named(name);
        for (u32 code = 0x41; code < 0xFF; ++code) {
            auto const typed = page->typed(page->shown(static_cast<u8>(code)));
            BOOST_TEST((typed && page->shown(*typed) == page->shown(static_cast<u8>(code))));
        }
    }
    BOOST_TEST(!Codepage::named("037")->typed(U'€'));
}

BOOST_AUTO_TEST_CASE(an_unknown_page_is_none) {
    BOOST_TEST(!Codepage::named("9999"));
    BOOST_TEST(!Codepage::named("../etc"));
    BOOST_TEST(Codepage::named("cp1047")->ccsid() == 1047);
}

BOOST_AUTO_TEST_CASE(line_drawing_and_apl_by_graphic_escape) {
    BOOST_TEST((Codepage::graphic(0xC5) == U'┌'));
    BOOST_TEST((Codepage::graphic(0xA2) == U'─'));
    BOOST_TEST((Codepage::graphic(0x85) == U'│'));
    BOOST_TEST((Codepage::graphic(0xB3) == U'⍴'));
    BOOST_TEST((Codepage::graphic(0x41) == U' '));
    BOOST_TEST(Codepage::typed_graphic(U'⍴').value() == 0xB3);
    BOOST_TEST(!Codepage::typed_graphic(U'A'));
}

BOOST_AUTO_TEST_SUITE_END()
