// C++20 as the system uses it: virtual functions with thunks, templates, coroutines,
// constructors of globals, the freestanding part of the library.

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <coroutine>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "tests/machine/toolchain/samples/recorder.h"

namespace {

// --- virtual functions
struct Shape {
    u32 seed = 3;
    virtual u32 area(u32 x) const = 0;
    virtual u32 name() const { return 1; }
};
struct Named {
    u32 number = 5;
    virtual u32 label(u32 x) { return number += x; }
    virtual u32 extra() { return 2; }
};
struct Square : Shape, Named {
    u32 area(u32 x) const override { return x * x + seed; }
    u32 label(u32 x) override { return number = number * 3 + x; }
};
struct Base {
    u32 shared = 7;
    virtual u32 twist(u32 x) { return x ^ shared; }
};
struct Left : virtual Base {
    u32 twist(u32 x) override { return x + shared * 2; }
};
struct Right : virtual Base {
    u32 right = 9;
};
struct Diamond : Left, Right, Square {
    u32 twist(u32 x) override { return Left::twist(x) * right; }
    u32 extra() override { return shared + right; }
};

[[gnu::noinline]] u32 through(Base& base, Shape& shape, Named& named, u32 x) {
    return base.twist(x) * 31 + shape.area(x) * 17 + named.label(x) + named.extra() + shape.name();
}

// --- constructors of globals
u32 constructed = 0;
struct Counter {
    explicit Counter(u32 x) : value(hidden(x) + ++constructed) {}
    u32 value;
};
Counter first(100), second(200);
std::array<Counter, 3> counters = {Counter(1), Counter(2), Counter(3)};

// --- coroutines
alignas(8) std::array<u8, 8192> arena;
u32 arena_used = 0, frames = 0;

struct Generator {
    struct promise_type {
        u32 current = 0;
        Generator get_return_object() {
            return Generator{std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        std::suspend_always yield_value(u32 value) {
            current = value;
            return {};
        }
        void return_void() {}
        void unhandled_exception() {}
        static void* operator new(decltype(sizeof 0) size) {
            ++frames;
            auto* const place = arena.data() + arena_used;
            arena_used += u32(size + 7) & ~7U;
            return place;
        }
        static void operator delete(void*) { --frames; }
    };

    explicit Generator(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
    Generator(Generator&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
    ~Generator() {
        if (handle_) { handle_.destroy(); }
    }
    bool next() {
        handle_.resume();
        return !handle_.done();
    }
    u32 value() const { return handle_.promise().current; }

  private:
    std::coroutine_handle<promise_type> handle_;
};

Generator fibonacci(u32 count) {
    u64 a = 0, b = 1;
    for (u32 i = 0; i < count; ++i) {
        co_yield u32(a % 1000003);
        a = std::exchange(b, a + b);
    }
}

Generator zipped(u32 count) {
    auto one = fibonacci(count);
    auto two = fibonacci(count / 2);
    bool more = true;
    while (one.next()) {
        more = more && two.next();
        co_yield one.value() * 2 + (more ? two.value() : 1);
    }
}

// --- templates and library
template <std::unsigned_integral T>
[[gnu::noinline]] T gcd(T a, T b) {
    while (b != 0) { a = std::exchange(b, T(a % b)); }
    return a;
}

[[gnu::noinline]] std::optional<u32> find(std::span<u32 const> values, u32 wanted) {
    auto const place = std::ranges::find(values, wanted);
    return place == values.end() ? std::nullopt : std::optional<u32>(u32(place - values.begin()));
}

template <class Function>
[[gnu::noinline]] u32 apply(Function function, u32 x) {
    return function(x) + function(x + 1);
}

struct Members {
    u32 value = 4;
    u32 one(u32 x) const { return x + value; }
    u32 two(u32 x) const { return x * value; }
};

[[gnu::noinline]] u32 by_member(Members const& object, u32 (Members::*function)(u32) const, u32 x) {
    return (object.*function)(x);
}

constexpr auto squares = [] {
    std::array<u16, 50> result{};
    for (u32 i = 0; i < result.size(); ++i) { result[i] = u16(i * i); }
    return result;
}();

void library(Recorder& record) {
    std::array<u32, 60> numbers{};
    u32 x = 12345;
    for (auto& number : numbers) {
        x = x * 1103515245 + 12345;
        number = x >> 7;
    }
    std::ranges::sort(numbers);
    record(std::ranges::is_sorted(numbers));
    record(numbers[0]), record(numbers[30]), record(numbers[59]);
    std::ranges::sort(numbers, std::ranges::greater{});
    record(find(numbers, numbers[17]).value_or(99)), record(find(numbers, 1).value_or(99));
    record(gcd<u32>(3528, 3780)), record(gcd<u64>(123456789012345600, 9876543210));
    std::string_view const words = "the quick brown fox";
    record(u32(words.find("quick"))), record(u32(words.find('z') == std::string_view::npos));
    record(words.substr(4, 5) == "quick"), record(words < "thf"), record(u32(words.size()));
    record(apply([&](u32 y) { return y * numbers[3]; }, 5));
    record(by_member({}, hidden(&Members::one), 10)),
        record(by_member({}, hidden(&Members::two), 10));
    record(u32(squares[hidden(49)]));
    record(std::bit_ceil(hidden(1000U))), record(u32(std::has_single_bit(hidden(64U))));
}

} // namespace

extern "C" void s370_test(u32* results) {
    Recorder record(results);
    Square square;
    Diamond diamond;
    for (u32 i = 0; i < 5; ++i) {
        record(through(hidden<Base*>(&diamond)[0], square, square, i));
        record(through(diamond, diamond, diamond, i * 77));
    }
    record(first.value), record(second.value), record(constructed);
    for (auto const& counter : counters) { record(counter.value); }
    {
        auto sequence = zipped(40);
        while (sequence.next()) { record(sequence.value()); }
        record(frames);
    }
    record(frames);
    library(record);
}
