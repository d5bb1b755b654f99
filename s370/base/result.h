// A value or the reason why there is none. Used for what can fail by no fault
// of ours: devices, disks, users. Broken promises are abends instead.
#pragma once

#include <utility>

template <typename Error>
struct Failure {
    Error error;
};

template <typename Error>
Failure(Error) -> Failure<Error>;

template <typename Value, typename Error>
class [[nodiscard]] Result {
  public:
    constexpr Result(Value value) : value_(std::move(value)), ok_(true) {}
    constexpr Result(Failure<Error> failure) : error_(std::move(failure.error)) {}

    constexpr bool ok() const { return ok_; }
    constexpr explicit operator bool() const { return ok_; }

    // The caller has looked at ok().
    constexpr Value& value() { return value_; }
    constexpr const Value& value() const { return value_; }
    constexpr const Error& error() const { return error_; }

  private:
    Value value_{};
    Error error_{};
    bool ok_ = false;
};

struct Nothing {};

// The value of `expression`; returns its failure from the enclosing function
// (not from a coroutine).
#define TRY(expression)                                                                            \
    ({                                                                                             \
        auto try_result_ = (expression);                                                           \
        if (!try_result_.ok()) return Failure{try_result_.error()};                                \
        std::move(try_result_.value());                                                            \
    })
