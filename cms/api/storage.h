// Free storage of a CMS program: DMSFREE and DMSFRET.
#pragma once

#include "s370/base/types.h"

#include <new>
#include <utility>

namespace cms::api {

// `bytes` aligned to a doubleword, or null when storage is exhausted.
void* allocate(u32 bytes);
// `bytes` as they were asked for.
void release(void* block, u32 bytes);

// An array of T that is given back at the end of its scope. Empty when there
// was not enough storage: ask ok().
template <typename T>
class Array {
  public:
    Array() = default;
    explicit Array(u32 count) { resize(count); }
    Array(Array&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    Array& operator=(Array&& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        return *this;
    }
    Array(const Array&) = delete;
    Array& operator=(const Array&) = delete;
    ~Array() { drop(); }

    // Makes room for `count` elements; keeps those that fit. False: nothing has changed.
    bool resize(u32 count) {
        if (count >= (1u << 24) / sizeof(T)) return false;
        auto* fresh = static_cast<T*>(allocate(count * u32{sizeof(T)}));
        if (fresh == nullptr) return false;
        for (u32 i = 0; i < count; ++i) new (fresh + i) T(i < size_ ? std::move(data_[i]) : T{});
        drop();
        data_ = fresh;
        size_ = count;
        return true;
    }

    bool ok() const { return data_ != nullptr; }
    u32 size() const { return size_; }
    T* data() { return data_; }
    const T* data() const { return data_; }
    T& operator[](u32 i) { return data_[i]; }
    const T& operator[](u32 i) const { return data_[i]; }

  private:
    void drop() {
        if (data_ == nullptr) return;
        for (u32 i = 0; i < size_; ++i) data_[i].~T();
        release(data_, size_ * u32{sizeof(T)});
        data_ = nullptr;
        size_ = 0;
    }

    T* data_ = nullptr;
    u32 size_ = 0;
};

} // namespace cms::api
