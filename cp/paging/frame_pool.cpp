#include "cp/paging/pages.h"

#include "s370/machine/key.h"
#include "s370/machine/storage.h"

#include <cstring>

namespace cp {

using s370::page_size;

constinit FramePool frame_pool;

void FramePool::initialize(u32 start, u32 end_address) {
    u32 const frames = (end_address - start) / page_size;
    u32 const table = round_up(frames * static_cast<u32>(sizeof(Entry)), page_size);
    table_ = machine::real<Entry>(start);
    start_ = start + table;
    total_ = frames - table / page_size;
    in_use_ = total_;
    committed_ = 0;
    first_ = end;
    // Highest first, so that the lowest are used first.
    for (u32 i = total_; i-- > 0;) {
        table_[i].free = false;
        release(i);
    }
}

u8* FramePool::frame_at(u32 index) const { return machine::real(start_ + index * page_size); }

bool FramePool::owns(const u8* frame) const {
    u32 const address = machine::real_address(frame);
    return address >= start_ && (address - start_) / page_size < total_;
}

u32 FramePool::index_of(const u8* frame) const {
    VERIFY(owns(frame), Abend::PTR001);
    return (machine::real_address(frame) - start_) / page_size;
}

// The keys last: clearing the frame turned its change bits on.
void FramePool::clean(u8* frame) {
    std::memset(frame, 0, page_size);
    u32 const address = machine::real_address(frame);
    machine::set_storage_key(address, 0);
    machine::set_storage_key(address + s370::key_block_size, 0);
}

void FramePool::release(u32 index) {
    Entry& entry = table_[index];
    VERIFY(!entry.free, Abend::PTR001);
    clean(frame_at(index));
    entry = {first_, end, true};
    if (first_ != end) table_[first_].previous = static_cast<u16>(index);
    first_ = static_cast<u16>(index);
    --in_use_;
}

void FramePool::unchain(u16 index) {
    Entry& entry = table_[index];
    (entry.previous == end ? first_ : table_[entry.previous].next) = entry.next;
    if (entry.next != end) table_[entry.next].previous = entry.previous;
    entry.free = false;
    ++in_use_;
}

u8* FramePool::pop() {
    VERIFY(first_ != end, Abend::PTR002);
    u16 const index = first_;
    unchain(index);
    return frame_at(index);
}

bool FramePool::commit(u32 count) {
    if (count > total_ - in_use_ - committed_) return false;
    committed_ += count;
    return true;
}

void FramePool::uncommit(u32 count) {
    VERIFY(count <= committed_, Abend::PTR002);
    committed_ -= count;
}

u8* FramePool::take_promised() {
    VERIFY(committed_ > 0, Abend::PTR002);
    --committed_;
    return pop();
}

void FramePool::give_promised(u8* frame) {
    release(index_of(frame));
    ++committed_;
}

u8* FramePool::take(u32 count) {
    if (count > total_ - in_use_ - committed_) return nullptr;
    if (count == 1) return pop();
    u32 run = 0;
    for (u32 i = 0; i < total_; ++i) {
        run = table_[i].free ? run + 1 : 0;
        if (run < count) continue;
        u32 const first = i + 1 - count;
        for (u32 k = first; k <= i; ++k) unchain(static_cast<u16>(k));
        return frame_at(first);
    }
    return nullptr;
}

void FramePool::give(u8* frames, u32 count) {
    u32 const first = index_of(frames);
    for (u32 i = 0; i < count; ++i) release(first + i);
}

} // namespace cp
