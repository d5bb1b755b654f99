// What the standard library's headers call when a precondition is broken, and what GCC
// calls for a pure virtual function: a program interruption where it happened.
//
// All are weak: a system that has an abend of its own defines them again.

namespace {

[[noreturn]] void fail() { __builtin_trap(); }

} // namespace

extern "C" {
[[gnu::weak, noreturn]] void __cxa_pure_virtual() { fail(); }
[[gnu::weak, noreturn]] void abort() { fail(); }
}

namespace std {

[[gnu::weak, noreturn]] void __throw_out_of_range_fmt(char const*, ...) { fail(); }
[[gnu::weak, noreturn]] void __throw_out_of_range(char const*) { fail(); }
[[gnu::weak, noreturn]] void __throw_length_error(char const*) { fail(); }
[[gnu::weak, noreturn]] void __throw_logic_error(char const*) { fail(); }
[[gnu::weak, noreturn]] void __throw_invalid_argument(char const*) { fail(); }
[[gnu::weak, noreturn]] void __throw_bad_array_new_length() { fail(); }
[[gnu::weak, noreturn]] void __throw_bad_alloc() { fail(); }
[[gnu::weak, noreturn]] void __throw_bad_function_call() { fail(); }
[[gnu::weak, noreturn]] void __glibcxx_assert_fail(char const*, int, char const*, char const*) {
    fail();
}

} // namespace std
