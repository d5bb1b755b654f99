#include "cms/files/allocation.h"

#include "cms/base/free_storage.h"

#include <algorithm>
#include <bit>

namespace cms::files {

bool Allocation::create(u32 blocks, Listener& listener) {
    u32 const bytes = (blocks + 7) / 8;
    u8* const storage = static_cast<u8*>(allocate_nucleus(2 * bytes));
    if (storage == nullptr) return false;
    std::fill_n(storage, 2 * bytes, u8{0});
    *this = {};
    used_ = storage;
    temporary_ = storage + bytes;
    listener_ = &listener;
    total_ = blocks;
    bytes_ = bytes;
    storage_ = 2 * bytes;
    return true;
}

void Allocation::destroy() {
    if (used_ != nullptr) release_nucleus(used_, storage_);
    *this = {};
}

void Allocation::load(u32 byte, u8 bits) {
    u32 const last = total_ - byte * 8; // bits of blocks that do not exist count for nothing
    if (last < 8) bits = static_cast<u8>(bits & 0xFF00u >> last);
    used_count_ += static_cast<u32>(std::popcount(bits));
    used_[byte] = bits;
}

void Allocation::shrink(u32 total) {
    total_ = total;
    bytes_ = (total + 7) / 8;
}

u32 Allocation::find_free() {
    for (; cursor_ < bytes_; ++cursor_) {
        u32 const taken = used_[cursor_] | u32{temporary_[cursor_]};
        if (taken == 0xFF) continue;
        u32 const block =
            cursor_ * 8 + static_cast<u32>(std::countl_one(static_cast<u8>(taken))) + 1;
        return block <= total_ ? block : 0;
    }
    return 0;
}

void Allocation::set(u32 block, bool new_used, bool new_temporary) {
    u32 const byte = (block - 1) / 8;
    u8 const mask = bit(block);
    bool const was_used = used(block), was_temporary = temporary(block);
    used_count_ += u32{new_used} - u32{was_used};
    open_ += u32{new_used && new_temporary} - u32{was_used && was_temporary};
    retired_ += u32{!new_used && new_temporary} - u32{!was_used && was_temporary};
    if ((new_used && !new_temporary) != (was_used && !was_temporary)) listener_->map_changes(byte);
    used_[byte] = static_cast<u8>(new_used ? used_[byte] | mask : used_[byte] & ~u32{mask});
    temporary_[byte] =
        static_cast<u8>(new_temporary ? temporary_[byte] | mask : temporary_[byte] & ~u32{mask});
    if (!new_used && !new_temporary) cursor_ = std::min(cursor_, byte);
}

u32 Allocation::take_open() {
    u32 const block = find_free();
    if (block != 0) set(block, true, true);
    return block;
}

u32 Allocation::take_for_directory() {
    u32 const block = find_free();
    if (block != 0) set(block, true, false);
    return block;
}

void Allocation::keep(u32 block) { set(block, true, false); }

void Allocation::retire(u32 block) {
    if (used(block)) set(block, false, !temporary(block));
}

void Allocation::forget_retired() {
    for (u32 i = 0; i < bytes_; ++i) temporary_[i] &= used_[i];
    if (retired_ != 0) cursor_ = 0;
    retired_ = 0;
}

} // namespace cms::files
