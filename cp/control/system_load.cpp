#include "cp/control/system_load.h"

#include "cp/control/dispatch.h"
#include "cp/paging/pages.h"

#include <algorithm>

namespace cp {

constinit Microseconds busy_time{};

namespace {

constexpr Microseconds sample_time = seconds(10);
constexpr u32 weight = 4; // a sample counts for a quarter

class Sampler final : public Alarm {
  public:
    void begin() {
        since_ = now();
        busy_then_ = busy_time;
        timer_.start_at(since_ + sample_time.count, *this);
    }
    void ring() override {
        smoothed_ = samples_++ == 0 ? current() : ((weight - 1) * smoothed_ + current()) / weight;
        begin();
    }
    u32 percent() const { return samples_ == 0 ? current() : smoothed_; }

  private:
    u32 current() const {
        u64 const elapsed = now() - since_;
        if (elapsed == 0) return 0;
        u64 const busy = (busy_time - busy_then_).count;
        return std::min(100u, static_cast<u32>(busy * 100 / elapsed));
    }

    Timer timer_;
    u64 since_ = 0;
    Microseconds busy_then_{};
    u32 smoothed_ = 0, samples_ = 0;
};
// Made when dispatching starts, and never destroyed.
alignas(Sampler) constinit u8 place[sizeof(Sampler)]{};
constinit Sampler* sampler = nullptr;

} // namespace

void begin_load_samples() {
    if (sampler == nullptr) sampler = ::new (place) Sampler;
    sampler->begin();
}

SystemLoad system_load() {
    QueueLengths const queues = queue_lengths();
    u32 const total = std::max(1u, frame_pool.total());
    u32 const percent = sampler == nullptr ? 0 : sampler->percent();
    return {percent, queues.q1, queues.q2, frame_pool.in_use() * 100 / total};
}

} // namespace cp
