#include "cp/base/task.h"

namespace cp {
namespace {

// The outermost coroutine of a task that nobody awaits: ends and frees itself.
struct Root {
    struct promise_type : detail::PromiseBase {
        Root get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
    };
};

Root run_to_end(Task<> task) { co_await task; }

} // namespace

void spawn(Task<> task) { run_to_end(std::move(task)); }

} // namespace cp
