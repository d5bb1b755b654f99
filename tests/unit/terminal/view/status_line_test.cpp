#include "terminal/view/status_line.h"

#include "terminal/model/codepage.h"

#include <boost/test/unit_test.hpp>

namespace {

using terminal::Lock;
using terminal::Status;

std::string line(const Status& status, bool unicode = false) {
    std::string out;
    for (char32_t c : terminal::status_line(status, 80, unicode)) terminal::append_utf8(out, c);
    return out;
}

Status session() {
    Status status;
    status.connected = status.in_3270_mode = true;
    return status;
}

} // namespace

BOOST_AUTO_TEST_SUITE(status_line)

BOOST_AUTO_TEST_CASE(connection_and_place) {
    Status status = session();
    status.row = 22, status.column = 1;
    BOOST_TEST(line(status).starts_with("4A#  "));
    BOOST_TEST(line(status, true).starts_with("4A■  "));
    BOOST_TEST(line(status).ends_with("023/002 "));
    status.sna = true;
    BOOST_TEST(line(status).starts_with("4B#"));
    BOOST_TEST(line({}).starts_with("4   "));
}

BOOST_AUTO_TEST_CASE(why_no_key_is_taken) {
    for (auto const& [lock, text] : {std::pair{Lock::System, "X SYSTEM "},
                                     {Lock::Protected, "X <-o-> "},
                                     {Lock::Numeric, "X o NUM "},
                                     {Lock::Overflow, "X o> "},
                                     {Lock::NotConnected, "X Not Connected "}}) {
        Status status = session();
        status.lock = lock;
        BOOST_TEST(line(status).substr(8, std::string(text).size()) == text);
    }
    Status status = session();
    status.lock = Lock::System, status.waiting = true;
    BOOST_TEST(line(status, true).find("X ◷") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_malformed_record_is_a_program_check) {
    Status status = session();
    status.refused = "unknown command";
    BOOST_TEST(line(status).substr(8, 10) == "X PROG401 ");
    BOOST_TEST(terminal::pressing(status));
}

BOOST_AUTO_TEST_CASE(the_keyboards_own_signs) {
    Status status = session();
    status.insert = status.numeric = status.secure = true;
    status.typed_ahead = 3;
    status.lu = "GRP";
    BOOST_TEST(line(status).substr(52) == "T NUM ^ S GRP       001/001 ");
}

BOOST_AUTO_TEST_CASE(only_mistakes_and_messages_cover_the_image) {
    Status status = session();
    BOOST_TEST(!terminal::pressing(status));
    status.lock = Lock::System;
    BOOST_TEST(!terminal::pressing(status));
    status.lock = Lock::Protected;
    BOOST_TEST(terminal::pressing(status));
}

BOOST_AUTO_TEST_SUITE_END()
