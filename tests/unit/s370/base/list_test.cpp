#include "s370/base/list.h"

#include <boost/test/unit_test.hpp>
#include <vector>

namespace {
struct Item : Link<Item> {
    explicit Item(int n) : number(n) {}
    int number;
};

std::vector<int> numbers(List<Item>& list) {
    std::vector<int> result;
    for (Item& item : list) result.push_back(item.number);
    return result;
}
} // namespace

BOOST_AUTO_TEST_SUITE(list)

BOOST_AUTO_TEST_CASE(an_untouched_list_is_empty_and_can_be_walked) {
    List<Item> list;
    BOOST_TEST(list.empty());
    BOOST_TEST(list.pop_front() == nullptr);
    BOOST_TEST(numbers(list).empty());
}

BOOST_AUTO_TEST_CASE(items_keep_their_order_at_both_ends) {
    List<Item> list;
    Item one(1), two(2), three(3), four(4);
    list.push_back(two);
    list.push_back(four);
    list.push_front(one);
    list.insert_before(four, three);
    BOOST_TEST(numbers(list) == (std::vector{1, 2, 3, 4}), boost::test_tools::per_element());
    BOOST_TEST(list.pop_front() == &one);
    BOOST_TEST(!one.linked());
}

BOOST_AUTO_TEST_CASE(an_item_takes_itself_out_and_may_go_in_again) {
    List<Item> list;
    Item one(1), two(2);
    list.push_back(one);
    list.push_back(two);
    one.unlink();
    one.unlink();
    BOOST_TEST(numbers(list) == (std::vector{2}), boost::test_tools::per_element());
    list.push_back(one);
    BOOST_TEST(numbers(list) == (std::vector{2, 1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
