// Any number of tasks that wait for the same thing to change.
//
// Each looks again when it is woken: another may have been faster.
#pragma once

#include "cp/base/work_queue.h"

namespace cp {

class WaitQueue {
  public:
    struct Awaiter : WorkItem {
        explicit Awaiter(WaitQueue& queue) : queue_(queue) {}
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> waiting) noexcept {
            handle = waiting;
            queue_.waiting_.push_back(*this);
        }
        void await_resume() const noexcept {}

      private:
        WaitQueue& queue_;
    };

    // co_await queue.change();
    Awaiter change() { return Awaiter(*this); }

    void wake_all() {
        while (WorkItem* item = waiting_.pop_front()) work_queue.push(*item);
    }
    bool empty() const { return waiting_.empty(); }

  private:
    List<WorkItem> waiting_;
};

} // namespace cp
