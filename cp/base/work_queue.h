// What is ready to run in CP: coroutines, first come first served (CPEXBLOK).
//
// Interruption handlers and tasks push; only the dispatcher pops. A work item
// lies in what waits (an Event, a Timer, a Task), so pushing never allocates.
#pragma once

#include "s370/base/list.h"

#include <coroutine>

namespace cp {

struct WorkItem : Link<WorkItem> {
    std::coroutine_handle<> handle;
};

class WorkQueue {
  public:
    // Makes `item`'s coroutine ready. Does nothing when it is queued already.
    void push(WorkItem& item) {
        if (!item.linked()) items_.push_back(item);
    }
    bool empty() const { return items_.empty(); }
    // Resumes what is queued until nothing is; called by the dispatcher alone.
    void run();

  private:
    List<WorkItem> items_;
};

extern WorkQueue work_queue;

} // namespace cp
