#include "terminal/net/telnet.h"

#include <boost/test/unit_test.hpp>

namespace {

using terminal::Bytes;
using terminal::Telnet;

struct Line : terminal::TelnetUser {
    Bytes answer, text_seen, system_seen;
    std::vector<Bytes> records;
    std::vector<Telnet::Mode> modes;
    u32 binds = 0, unbinds = 0, tls = 0;
    std::string gave_up;
    Telnet telnet{*this, {.type = "IBM-3279-2-E", .lus = {"0010", "0011"}, .window = {43, 80}}};

    void send(std::span<const u8> bytes) override {
        answer.insert(answer.end(), bytes.begin(), bytes.end());
    }
    void record(const terminal::Record& record) override {
        auto const body = record.buffer.subspan(record.header, record.end - record.header);
        records.emplace_back(body.begin(), body.end());
    }
    void system_services(std::span<const u8> data) override {
        system_seen.assign(data.begin(), data.end());
    }
    void bind(std::span<const u8>) override { ++binds; }
    void unbind() override { ++unbinds; }
    void text(u8 byte) override { text_seen.push_back(byte); }
    void mode_changed() override { modes.push_back(telnet.mode()); }
    void start_tls() override { ++tls; }
    void give_up(const char* why) override { gave_up = why; }

    usize receive(const Bytes& piece) {
        answer.clear();
        return telnet.receive(piece);
    }
    // DEVICE-TYPE and FUNCTIONS of TN3270E, as far as the functions that the host agrees to.
    void negotiate_extended(const Bytes& functions) {
        receive({255, 253, 40});
        receive({255, 250, 40, 8, 2, 255, 240});
        receive({255, 250, 40, 2, 4, 'I', 'B', 'M', 1, 'L', 'U', '7', 255, 240});
        Bytes agreed{255, 250, 40, 3, 4};
        agreed.insert(agreed.end(), functions.begin(), functions.end());
        agreed.insert(agreed.end(), {255, 240});
        receive(agreed);
    }
    void negotiate() {
        receive({255, 253, 24});
        receive({255, 250, 24, 1, 255, 240});
        receive({255, 253, 25, 255, 251, 25});
        receive({255, 253, 0, 255, 251, 0});
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(telnet, Line)

BOOST_AUTO_TEST_CASE(hercules_gets_the_bytes_that_it_compares) {
    receive({255, 253, 24});
    BOOST_TEST(answer == (Bytes{255, 251, 24}), boost::test_tools::per_element());
    receive({255, 250, 24, 1, 255, 240});
    std::string const type = "IBM-3279-2-E@0010";
    Bytes expected{255, 250, 24, 0};
    expected.insert(expected.end(), type.begin(), type.end());
    expected.insert(expected.end(), {255, 240});
    BOOST_TEST(answer == expected, boost::test_tools::per_element());
    receive({255, 253, 25, 255, 251, 25});
    BOOST_TEST(answer == (Bytes{255, 251, 25, 255, 253, 25}), boost::test_tools::per_element());
    receive({255, 253, 0, 255, 251, 0});
    BOOST_TEST(answer == (Bytes{255, 251, 0, 255, 253, 0}), boost::test_tools::per_element());
    BOOST_TEST(telnet.in_3270_mode());
}

BOOST_AUTO_TEST_CASE(a_record_may_come_in_pieces_with_doubled_escapes) {
    negotiate();
    receive({0xF5, 255});
    receive({255, 0xC1, 255});
    receive({239});
    BOOST_REQUIRE(records.size() == 1);
    BOOST_TEST(records[0] == (Bytes{0xF5, 0xFF, 0xC1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(timing_marks_are_refused_each_time) {
    receive({255, 253, 6, 255, 253, 6});
    BOOST_TEST(answer == (Bytes{255, 252, 6, 255, 252, 6}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_in_force_already_is_not_answered_again) {
    negotiate();
    receive({255, 253, 0});
    BOOST_TEST(answer.empty());
}

BOOST_AUTO_TEST_CASE(a_record_is_wrapped_for_the_line) {
    BOOST_TEST(telnet.wrap(Bytes{0x7D, 0xFF}) == (Bytes{0x7D, 0xFF, 0xFF, 0xFF, 0xEF}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_units_are_asked_for_in_turn_and_then_it_gives_up) {
    Bytes const send_type{255, 250, 24, 1, 255, 240};
    receive({255, 253, 24});
    receive(send_type);
    BOOST_TEST(telnet.lu() == "0010");
    receive(send_type);
    BOOST_TEST(telnet.lu() == "0011");
    receive(send_type);
    BOOST_TEST(!gave_up.empty());
}

BOOST_AUTO_TEST_CASE(an_unknown_option_is_refused_and_garbage_survived) {
    receive({255, 253, 77, 255, 251, 78});
    BOOST_TEST(answer == (Bytes{255, 252, 77, 255, 254, 78}), boost::test_tools::per_element());
    receive(
        {255, 250, 255, 240, 255, 250, 24, 255, 240, 255, 250, 40, 8, 255, 255, 255, 240, 255, 1});
    BOOST_TEST(answer.empty());
}

BOOST_AUTO_TEST_CASE(text_before_any_agreement_is_a_virtual_terminal) {
    receive({'h', 'i', 255, 255});
    BOOST_TEST((telnet.mode() == Telnet::Mode::Line));
    BOOST_TEST(text_seen == (Bytes{'h', 'i', 255}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(with_bind_an_application_has_to_bind_first) {
    negotiate_extended({0, 2, 4});
    BOOST_TEST((telnet.mode() == Telnet::Mode::Unbound));
    BOOST_TEST(telnet.lu() == "LU7");
    receive({0, 0, 0, 0, 1, 0xF5, 0xC2, 255, 239});
    BOOST_TEST(records.empty());
    receive({3, 0, 0, 0, 1, 0x31, 255, 239});
    BOOST_TEST(binds == 1u);
    receive({0, 0, 0, 0, 1, 0xF5, 0xC2, 255, 239});
    BOOST_REQUIRE(records.size() == 1);
    BOOST_TEST((telnet.mode() == Telnet::Mode::Bound));
    receive({4, 0, 0, 0, 2, 1, 255, 239});
    BOOST_TEST((telnet.mode() == Telnet::Mode::Unbound));
    BOOST_TEST(unbinds == 1u);
}

BOOST_AUTO_TEST_CASE(functions_that_were_never_offered_end_the_extensions) {
    negotiate_extended({0, 2, 4, 5});
    BOOST_TEST(answer == (Bytes{255, 252, 40}), boost::test_tools::per_element());
    BOOST_TEST(!telnet.extended_mode());
}

BOOST_AUTO_TEST_CASE(sysreq_goes_to_the_system_and_back) {
    negotiate_extended({2, 4});
    BOOST_TEST((telnet.mode() == Telnet::Mode::Bound));
    answer.clear();
    BOOST_TEST(telnet.system_request());
    BOOST_TEST((telnet.mode() == Telnet::Mode::System));
    BOOST_TEST(answer == (Bytes{255, 245}), boost::test_tools::per_element());
    BOOST_TEST(telnet.wrap(Bytes{0xC1}) == (Bytes{7, 0, 0, 0, 0, 0xC1, 255, 239}),
               boost::test_tools::per_element());
    BOOST_TEST(telnet.system_request());
    BOOST_TEST(telnet.wrap(Bytes{0xC1}) == (Bytes{0, 0, 0, 0, 1, 0xC1, 255, 239}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(responses_are_as_the_header_wants_them) {
    using Refusal = terminal::DataStream::Refusal;
    auto const response = [&](u8 flag, Refusal refusal, bool replied) {
        return telnet.response(Bytes{0, 0, flag, 255, 2}, refusal, replied);
    };
    BOOST_TEST(response(0, Refusal::Command, false).empty());
    BOOST_TEST(response(1, Refusal::None, false).empty());
    BOOST_TEST(response(2, Refusal::None, true) == (Bytes{2, 0, 0, 255, 255, 2, 0, 255, 239}),
               boost::test_tools::per_element());
    BOOST_TEST(response(1, Refusal::Operation, false) == (Bytes{2, 0, 1, 255, 255, 2, 2, 255, 239}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(tls_starts_where_the_host_says_so_and_only_once) {
    receive({255, 253, 46});
    BOOST_TEST(answer == (Bytes{255, 251, 46, 255, 250, 46, 1, 255, 240}),
               boost::test_tools::per_element());
    Bytes const follows{255, 250, 46, 1, 255, 240, 0x16, 0x03};
    BOOST_TEST(receive(follows) == follows.size() - 2); // what is TLS was not touched
    BOOST_TEST(tls == 1u);
    telnet.secured();
    receive({255, 254, 46, 255, 253, 46});
    BOOST_TEST(answer == (Bytes{255, 252, 46, 255, 252, 46}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
