// Waiting is a coroutine.
//
// Task<T> starts when it is awaited, runs on the dispatcher's stack and hands
// its value to the one who awaits it. Frames come from free storage. spawn()
// starts a Task<> of its own that nobody awaits.
//
// Keep each co_await in a plain statement of its own (GCC 12 mishandles
// temporaries around it), and pass parameters of coroutines by value, or by
// reference to what outlives them.
#pragma once

#include "cp/base/abend.h"
#include "cp/base/free_storage.h"
#include "cp/base/work_queue.h"

#include <coroutine>
#include <utility>

namespace cp {

template <typename T = void>
class Task;

namespace detail {

struct PromiseBase {
    std::coroutine_handle<> continuation;

    // Without a frame CP cannot go on: whoever may fail politely checks
    // free storage before it starts a task.
    static void* operator new(usize bytes) {
        void* frame = free_storage::take(bytes);
        VERIFY(frame != nullptr, Abend::FRE002);
        return frame;
    }
    static void operator delete(void* frame, usize bytes) { free_storage::give(frame, bytes); }

    std::suspend_always initial_suspend() noexcept { return {}; }

    struct Final {
        bool await_ready() noexcept { return false; }
        template <typename Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> self) noexcept {
            auto next = self.promise().continuation;
            return next ? next : std::noop_coroutine();
        }
        void await_resume() noexcept {}
    };
    Final final_suspend() noexcept { return {}; }
    void unhandled_exception() noexcept { abend(Abend::TSK001); }
};

template <typename T>
struct Promise : PromiseBase {
    T value{};
    Task<T> get_return_object();
    void return_value(T result) { value = std::move(result); }
    T take() { return std::move(value); }
};

template <>
struct Promise<void> : PromiseBase {
    Task<void> get_return_object();
    void return_void() {}
    void take() {}
};

} // namespace detail

template <typename T>
class [[nodiscard]] Task {
  public:
    using promise_type = detail::Promise<T>;
    using Handle = std::coroutine_handle<promise_type>;

    explicit Task(Handle handle) : handle_(handle) {}
    Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
    Task& operator=(Task&&) = delete;
    ~Task() {
        if (handle_) handle_.destroy();
    }

    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) noexcept {
        handle_.promise().continuation = awaiting;
        return handle_;
    }
    T await_resume() { return handle_.promise().take(); }

  private:
    Handle handle_;
};

template <typename T>
Task<T> detail::Promise<T>::get_return_object() {
    return Task<T>(std::coroutine_handle<Promise>::from_promise(*this));
}
inline Task<void> detail::Promise<void>::get_return_object() {
    return Task<void>(std::coroutine_handle<Promise>::from_promise(*this));
}

// Runs `task` to its end on its own; starts at once, up to its first wait.
void spawn(Task<> task);

// What a timer does when it is due; never waits, and frees no timer.
class Alarm {
  public:
    virtual void ring() = 0;

  protected:
    ~Alarm() = default;
};

// Something that happens, and at most one task that waits for it. set() before
// wait() is not lost. May be set by an interruption handler.
class Signal final : public Alarm {
  public:
    void ring() override { set(); }
    void set() {
        happened_ = true;
        if (waiter_.handle) work_queue.push(waiter_);
    }
    void clear() { happened_ = false; }
    bool happened() const { return happened_; }

    bool await_ready() const noexcept { return happened_; }
    void await_suspend(std::coroutine_handle<> handle) noexcept { waiter_.handle = handle; }
    void await_resume() noexcept {
        waiter_.handle = {};
        happened_ = false;
    }

  private:
    bool happened_ = false;
    WorkItem waiter_;
};

} // namespace cp
