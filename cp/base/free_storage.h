// CP's free storage: control blocks and coroutine frames (DMKFRE).
//
// Blocks are multiples of 8 bytes and doubleword-aligned. Storage comes in
// pages from the frame pool and small sizes are kept on chains by size, so that
// the common take and give are a few instructions. Never called by an
// interruption's first level.
#pragma once

#include "s370/base/types.h"

#include <new>
#include <span>
#include <utility>

namespace cp::free_storage {

// `start` and `length`: the storage that free storage begins with.
void initialize(void* start, usize length);

// Where more pages come from when that is used up: `count` pages of 4096 bytes in
// one piece, or nullptr; give() is false for pages that did not come from there.
struct PageSource {
    u8* (*take)(u32 count);
    bool (*give)(u8* pages, u32 count);
};
void grow_from(PageSource pages);

// Zeroed storage; nullptr when nothing is left.
void* take(usize bytes);
// `bytes` as taken. Abend FRE001 or FRE003 when the block was not taken so.
void give(void* block, usize bytes);

struct Usage {
    u32 bytes_in_use;
    u32 bytes_total;
};
Usage usage();

// A T in free storage, or nullptr.
template <typename T, typename... Arguments>
T* create(Arguments&&... arguments) {
    void* block = take(sizeof(T));
    return block == nullptr ? nullptr : ::new (block) T(std::forward<Arguments>(arguments)...);
}
template <typename T>
void destroy(T* object) {
    if (object == nullptr) return;
    object->~T();
    give(object, sizeof(T));
}

// Storage until the end of the scope.
class Buffer {
  public:
    explicit Buffer(u32 bytes) : data_(static_cast<u8*>(take(bytes))), size_(bytes) {}
    ~Buffer() {
        if (data_ != nullptr) give(data_, size_);
    }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    bool there() const { return data_ != nullptr; }
    std::span<u8> span() const { return {data_, size_}; }

  private:
    u8* data_;
    u32 size_;
};

} // namespace cp::free_storage
