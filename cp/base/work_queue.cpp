#include "cp/base/work_queue.h"

namespace cp {

constinit WorkQueue work_queue;

void WorkQueue::run() {
    while (WorkItem* item = items_.pop_front()) {
        // The item may lie in the coroutine's own frame, which may end.
        std::coroutine_handle<> const handle = item->handle;
        handle.resume();
    }
}

} // namespace cp
