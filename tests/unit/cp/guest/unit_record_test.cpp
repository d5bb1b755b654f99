#include "cp/guest/unit_record.h"

#include "cp/guest/card_deck.h"

#include <boost/test/unit_test.hpp>

#include "tests/unit/cp/guest/guest_fixture.h"

using namespace cp;
using namespace s370;
using namespace fixtures;

namespace {

struct Deck : CardSource {
    static std::vector<std::string> cards;
    usize next = 0;
    u32 read(std::span<u8> card) override {
        if (next == cards.size()) return 0;
        std::vector<u8> const bytes = in_ebcdic(cards[next++]);
        std::copy(bytes.begin(), bytes.end(), card.begin());
        return static_cast<u32>(bytes.size());
    }
};
std::vector<std::string> Deck::cards;

struct Sink : OutputSink {
    std::vector<std::pair<int, std::string>> records;
    void record(u8 command, std::span<const u8> data) override {
        records.emplace_back(command, ascii(Text(data)));
    }
};

struct UnitRecordGuest : Guest {
    VirtualReader& reader = *attach_reader(vm, {0x00C});
    VirtualOutput& punch = *attach_punch(vm, {0x00D});
    VirtualOutput& printer = *attach_printer(vm, {0x00E});
    Sink sink;
    void load(std::vector<std::string> cards) {
        Deck::cards = std::move(cards);
        BOOST_REQUIRE(reader.load(*free_storage::create<Deck>()));
        BOOST_TEST(interruption().csw.status == status::device_end);
    }
    u8 sense_of(u16 address) {
        ccw(0x1F00, command::sense, 0x1F10, 0, 1);
        run(address, 0x1F00);
        return get(0x1F10, 1).at(0);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(unit_record, UnitRecordGuest)

BOOST_AUTO_TEST_CASE(an_empty_reader_asks_for_intervention) {
    ccw(0x1000, 0x02, 0x2000, 0, 80);
    BOOST_TEST(run(0x00C, 0x1000).status ==
               (ce_de | status::unit_check | status::incorrect_length));
    BOOST_TEST(int(sense_of(0x00C)) == sense::intervention_required);
}

BOOST_AUTO_TEST_CASE(cards_are_read_padded_and_the_end_is_a_unit_exception) {
    load({"FIRST", "SECOND"});
    ccw(0x1000, 0x02, 0x2000, cc, 80);
    ccw(0x1008, 0x42, 0x2050, 0, 80);
    BOOST_TEST(run(0x00C, 0x1000).status == ce_de);
    BOOST_TEST(get(0x2000, 80) == in_ebcdic("FIRST" + std::string(75, ' ')));
    BOOST_TEST(get(0x2050, 6) == in_ebcdic("SECOND"));
    ccw(0x1000, 0x02, 0x2000, 0, 80);
    BOOST_TEST(run(0x00C, 0x1000).status ==
               (ce_de | status::unit_exception | status::incorrect_length));
    BOOST_TEST(run(0x00C, 0x1000).status ==
               (ce_de | status::unit_check | status::incorrect_length));
}

BOOST_AUTO_TEST_CASE(a_card_that_was_read_is_fed) {
    load({"FIRST", "SECOND"});
    ccw(0x1000, 0x02, 0x2000, cc, 80);
    ccw(0x1008, 0x23, 0, cc, 1); // to stacker 1
    ccw(0x1010, 0x22, 0x2000, sli, 5);
    Csw const csw = run(0x00C, 0x1000);
    BOOST_TEST(csw.status == ce_de);
    BOOST_TEST(get(0x2000, 5) == in_ebcdic("SECON"));
}

BOOST_AUTO_TEST_CASE(a_reset_takes_a_deck_out_that_was_begun) {
    load({"FIRST", "SECOND"});
    vm.io.reset();
    BOOST_TEST(!reader.empty());
    ccw(0x1000, 0x02, 0x2000, 0, 80);
    run(0x00C, 0x1000);
    vm.io.reset();
    BOOST_TEST(reader.empty());
}

BOOST_AUTO_TEST_CASE(printer_and_punch_give_their_records_away) {
    printer.set_sink(&sink);
    punch.set_sink(&sink);
    put(0x2000, in_ebcdic("LINE"));
    ccw(0x1000, 0x09, 0x2000, cc, 4);
    ccw(0x1008, 0x8B, 0, cc, 1);
    ccw(0x1010, 0x01, 0x2000, sli, 200);
    Csw const csw = run(0x00E, 0x1000);
    BOOST_TEST(csw.status == ce_de);
    BOOST_TEST(csw.count == 0);
    BOOST_REQUIRE(sink.records.size() == 3u);
    BOOST_TEST(sink.records[0].second == "LINE");
    BOOST_TEST(sink.records[1].first == 0x8B);
    BOOST_TEST(sink.records[2].second.size() == 132u);
    ccw(0x1000, 0x41, 0x2000, 0, 80);
    BOOST_TEST(run(0x00D, 0x1000).status == ce_de);
    BOOST_TEST(punch.records() == 1u);
    ccw(0x1000, 0x02, 0x2000, 0, 80);
    BOOST_TEST(run(0x00D, 0x1000).status ==
               (ce_de | status::unit_check | status::incorrect_length));
    BOOST_TEST(int(sense_of(0x00D)) == sense::command_reject);
}

BOOST_AUTO_TEST_CASE(an_endless_program_keeps_only_its_own_device_busy) {
    ccw(0x1000, 0x0B, 0, cc, 1);
    ccw(0x1008, command::tic, 0x1000, 0, 0);
    BOOST_TEST(int(sio(0x00E, 0x1000)) == 0);
    pump();
    BOOST_TEST(int(vm.io.test_io({0x00E})) == 2);
    BOOST_TEST(int(vm.io.test_io({0x00D})) == 0);
}

BOOST_AUTO_TEST_CASE(a_deck_waits_for_its_user_and_comes_after_those_before_it) {
    auto deck = [](const std::string& text, Text userid, u32 count) {
        auto* const made = free_storage::create<CardDeck>(userid);
        for (u32 i = 0; i < count; ++i) BOOST_REQUIRE(made->add(in_ebcdic(text)));
        deliver(*made);
    };
    deck("OTHERS", "NOBODY"_e, 1);
    deck("FIRST", "TESTER"_e, 30); // not logged on yet, as far as CP knows
    deck("NEXT", "TESTER"_e, 1);
    ccw(0x1000, 0x02, 0x2000, 0, 80);
    for (u32 i = 0; i < 30; ++i) {
        BOOST_TEST(run(0x00C, 0x1000).status == ce_de);
        BOOST_TEST(get(0x2000, 6) == in_ebcdic("FIRST "));
    }
    BOOST_TEST(run(0x00C, 0x1000).status ==
               (ce_de | status::unit_exception | status::incorrect_length));
    run(0x00C, 0x1000);
    BOOST_TEST(get(0x2000, 5) == in_ebcdic("NEXT "));
    run(0x00C, 0x1000);
    BOOST_TEST(run(0x00C, 0x1000).status ==
               (ce_de | status::unit_check | status::incorrect_length));
    delete take_waiting_deck("NOBODY"_e);
}

BOOST_AUTO_TEST_CASE(query_aligns_its_words) {
    Line<80> line;
    reader.describe(0, line);
    BOOST_TEST(ascii(line) == "CL A  NOCONT NOHOLD   EOF     READY");
    line.clear();
    printer.describe(0, line);
    BOOST_TEST(ascii(line) == "CL A  NOCONT NOHOLD CPY  01    READY");
}

BOOST_AUTO_TEST_SUITE_END()
