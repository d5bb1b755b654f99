#include "terminal/view/layout.h"

#include "terminal/view/fit.h"

#include <boost/test/unit_test.hpp>

namespace {

using terminal::Layout;
using terminal::Panel;
using terminal::Part;
using terminal::Size;

constexpr Size model2{24, 80};

Layout at(u32 rows, u32 columns, Size image = model2, u32 cursor = 0, Panel panel = Panel::IfRoom) {
    return terminal::arrange({rows, columns}, image, cursor, panel, {});
}

} // namespace

BOOST_AUTO_TEST_SUITE(layout)

BOOST_AUTO_TEST_CASE(with_room_for_nothing_else_the_image_is_first_and_the_information_below) {
    Layout const out = at(25, 80);
    BOOST_TEST(out.top == 0u);
    BOOST_TEST((out.rows == Part{0, 24}));
    BOOST_TEST(out.information == 24u);
    BOOST_TEST(!out.information_covers);
    BOOST_TEST((!out.title && !out.separator && !out.panel));
}

BOOST_AUTO_TEST_CASE(an_image_that_fits_exactly_is_not_cut) {
    Layout const out = at(24, 80, model2, 23 * 80);
    BOOST_TEST(out.top == 0u);
    BOOST_TEST((out.rows == Part{0, 24}));
    BOOST_TEST(out.information_covers);
    BOOST_TEST(out.information == 23u);
}

BOOST_AUTO_TEST_CASE(what_no_3270_had_comes_only_when_rows_are_left) {
    BOOST_TEST(at(26, 80).separator.value() == 24u);
    Layout const panel = at(27, 80);
    BOOST_TEST(panel.panel.value() == 25u);
    BOOST_TEST(panel.top == 0u);
    Layout const all = at(29, 80);
    BOOST_TEST(all.title.value() == 0u);
    BOOST_TEST(all.top == 1u);
    BOOST_TEST(all.separator.value() == 25u);
    BOOST_TEST(all.information == 26u);
    BOOST_TEST(all.panel.value() == 27u);
}

BOOST_AUTO_TEST_CASE(a_small_window_follows_the_cursor) {
    Layout const out = at(10, 40, model2, 20 * 80 + 60);
    BOOST_TEST((out.rows == Part{12, 9}));
    BOOST_TEST((out.columns == Part{21, 40}));
    BOOST_TEST(out.information == 9u);
    Layout const back = terminal::arrange({10, 40}, model2, 15 * 80 + 30, Panel::Off, out);
    BOOST_TEST((back.rows == out.rows)); // still in it: nothing moves
}

BOOST_AUTO_TEST_CASE(a_panel_that_is_asked_for_covers_where_it_must) {
    BOOST_TEST(!at(25, 80, model2, 0, Panel::Off).panel);
    BOOST_TEST(at(25, 80, model2, 0, Panel::On).panel.value() == 22u);
    BOOST_TEST(at(24, 80, model2, 0, Panel::On).panel.value() == 21u);
}

BOOST_AUTO_TEST_CASE(the_largest_model_that_fits_is_taken) {
    auto const model = [](u32 rows, u32 columns) {
        terminal::Options options;
        terminal::fit(options, {}, {rows, columns});
        return options.model;
    };
    BOOST_TEST(model(24, 80) == 2u);
    BOOST_TEST(model(32, 80) == 2u); // 31 rows and the information area
    BOOST_TEST(model(33, 80) == 3u);
    BOOST_TEST(model(44, 80) == 4u);
    BOOST_TEST(model(28, 132) == 5u);
    BOOST_TEST(model(43, 132) == 5u);
    BOOST_TEST(model(50, 200) == 4u);
    terminal::Options all;
    terminal::fit(all, {true, true}, {51, 160});
    BOOST_TEST((all.oversize == Size{50, 160}));
    terminal::fit(all, {true, true}, {20, 60}); // too small for any
    BOOST_TEST(!all.oversize);
}

BOOST_AUTO_TEST_CASE(a_panel_over_the_image_does_not_cover_the_cursor) {
    BOOST_TEST(at(24, 80, model2, 0, Panel::On).panel.value() == 21u);
    BOOST_TEST(at(24, 80, model2, 20 * 80 + 79, Panel::On).panel.value() == 21u);
    BOOST_TEST(at(24, 80, model2, 22 * 80, Panel::On).panel.value() == 0u);
    BOOST_TEST(at(12, 80, model2, 22 * 80, Panel::On).panel.value() == 0u);
}

BOOST_AUTO_TEST_CASE(any_window_is_survived) {
    for (u32 rows = 0; rows < 50; ++rows)
        for (u32 columns : {1u, 79u, 80u, 200u})
            for (Panel panel : {Panel::Off, Panel::IfRoom, Panel::On}) {
                Layout const out = at(rows, columns, {27, 132}, 27 * 132 - 1, panel);
                u32 const used = std::max(out.information, out.panel ? *out.panel + 1 : 0);
                BOOST_TEST(used < std::max(rows, 1u));
                BOOST_TEST(out.rows.first + out.rows.count <= 27u);
                BOOST_TEST(out.columns.first + out.columns.count <= 132u);
            }
}

BOOST_AUTO_TEST_SUITE_END()
