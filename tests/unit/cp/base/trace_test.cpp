#include "cp/base/trace.h"

#include <boost/test/unit_test.hpp>

using namespace cp;

BOOST_AUTO_TEST_SUITE(trace_)

BOOST_AUTO_TEST_CASE(an_entry_holds_what_was_given) {
    u32 const at = trace_contents().next;
    trace(Event::Sio, 0x350, 1, 0x12345678, 0xFFFFFFFF);
    TraceEntry const& entry = trace_contents().entries[at];
    BOOST_TEST(entry.event == 0x08);
    BOOST_TEST(entry.a == 0x350u);
    BOOST_TEST(entry.b == 1u);
    BOOST_TEST(entry.c == 0x12345678u);
    BOOST_TEST(entry.d == 0xFFFFFFFFu);
}

BOOST_AUTO_TEST_CASE(the_oldest_entry_is_overwritten) {
    u32 const at = trace_contents().next;
    for (u32 i = 0; i < trace_contents().capacity; ++i) trace(Event::Command, i);
    BOOST_TEST(trace_contents().next == at);
    trace(Event::Command, 0xABCDEF);
    BOOST_TEST(trace_contents().entries[at].a == 0xABCDEFu);
}

BOOST_AUTO_TEST_SUITE_END()
