#include "s370/base/result.h"
#include "s370/base/types.h"

#include <boost/test/unit_test.hpp>

namespace {
enum class Reason { Odd };

Result<u32, Reason> half(u32 n) {
    if (n % 2 != 0) return Failure{Reason::Odd};
    return n / 2;
}
Result<u32, Reason> quarter(u32 n) {
    u32 const h = TRY(half(n));
    return half(h);
}
} // namespace

BOOST_AUTO_TEST_SUITE(result)

BOOST_AUTO_TEST_CASE(a_failure_leaves_the_function_that_tries) {
    BOOST_TEST(quarter(12).value() == 3u);
    BOOST_TEST(!quarter(3).ok());
    BOOST_TEST((quarter(6).error() == Reason::Odd));
}

BOOST_AUTO_TEST_SUITE_END()
