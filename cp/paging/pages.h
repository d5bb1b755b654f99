// Real page frames, and the storage of a virtual machine made of them (DMKPTR).
//
// A guest's page exists from its first use, zero-filled. Frames are promised
// when a virtual machine's storage is created, so that a touch never finds none;
// with paging the promise goes and touch() may have to wait.
#pragma once

#include "cp/base/abend.h"
#include "s370/arch/dat.h"
#include "s370/arch/program_codes.h"
#include "s370/base/result.h"
#include "s370/base/types.h"
#include "s370/machine/storage.h"

#include <span>

namespace cp {

// An address in a guest's real storage: what the guest, untranslated, calls an address.
struct GuestReal {
    u32 value = 0;
    friend constexpr GuestReal operator+(GuestReal a, u32 n) { return {a.value + n}; }
};

class FramePool {
  public:
    // Frames of real storage from `start` to `end`, both multiples of 4096; the
    // first ones hold the frame table.
    void initialize(u32 start, u32 end);
    // Promises `count` frames; false when there are not so many.
    bool commit(u32 count);
    void uncommit(u32 count);
    // A frame of a promise, zeroed, its keys zero.
    u8* take_promised();
    void give_promised(u8* frame);
    // The same for CP itself, `count` frames in one piece; nullptr when all are promised or used.
    u8* take(u32 count = 1);
    void give(u8* frames, u32 count = 1);
    // Was it taken from this pool?
    bool owns(const u8* frame) const;

    u32 total() const { return total_; }
    u32 in_use() const { return in_use_; }
    u32 promised() const { return committed_; } // and not taken yet

  private:
    // The chain of free frames lies outside them: a free frame is zero.
    struct Entry {
        u16 next, previous; // of the chain; `end` closes it
        bool free;
    };
    static constexpr u16 end = 0xFFFF;

    u8* pop();
    void unchain(u16 index);
    void release(u32 index);
    u32 index_of(const u8* frame) const;
    u8* frame_at(u32 index) const;
    static void clean(u8* frame);

    Entry* table_ = nullptr;
    u32 start_ = 0;
    u32 total_ = 0, in_use_ = 0, committed_ = 0;
    u16 first_ = end;
};

extern FramePool frame_pool;

// The storage of one virtual machine: its segment and page tables (64K, 4K) and frames.
class GuestStorage {
  public:
    GuestStorage() = default;
    GuestStorage(const GuestStorage&) = delete;
    GuestStorage& operator=(const GuestStorage&) = delete;
    ~GuestStorage() { release(); }

    // `size`: bytes, a multiple of 4096, at most 16M. False: not enough storage.
    bool create(u32 size);
    // Gives all frames and tables back.
    void release();
    // All pages zero and keys zero, as after a system-clear reset.
    void clear();

    u32 size() const { return size_; }
    u32 resident() const { return resident_; }
    bool contains(GuestReal address, u32 length = 1) const {
        return length <= size_ && address.value <= size_ - length;
    }

    // Changes whenever a page may have lost its frame, or got another: what was made of
    // the frames' addresses (shadow tables) is no longer right then.
    u32 generation() const { return generation_; }

    // The guest's prefix. Its real pages 0 and `prefix` change places: addresses in here are
    // real; absolute() makes one of an absolute address, such as channels use.
    void set_prefix(u32 prefix);
    u32 prefix() const { return prefix_; }
    GuestReal absolute(u32 address) const {
        if (prefix_ == 0 || ((address & ~0xFFFu) != 0 && (address & ~0xFFFu) != prefix_))
            return {address};
        return {address ^ prefix_};
    }

    // Control register 1 for running this guest without its own translation.
    u32 segment_table_designation() const { return designation_; }

    // The byte at `address`, whose page is made resident; nullptr when outside
    // the storage. Valid up to the end of that page and until the next wait.
    u8* touch(GuestReal address) {
        if (address.value >= size_) return nullptr;
        s370::SegmentEntry const segment = segments_[address.value / s370::segment_size];
        if (!segment.invalid()) {
            u32 const page = address.value / s370::page_size % s370::pages_per_segment;
            s370::PageEntry const entry =
                machine::real<s370::PageEntry>(segment.page_table())[page];
            if (!entry.invalid())
                return machine::real(entry.frame() | address.value % s370::page_size);
        }
        return make_resident(address);
    }

    // Copies across pages; false (nothing moved) when any part is outside.
    bool read(GuestReal from, std::span<u8> to);
    bool write(GuestReal to, std::span<const u8> from);
    template <typename T>
    bool read(GuestReal from, T& to) {
        if (u8 const* const bytes = within_page(from, sizeof(T))) {
            __builtin_memcpy(&to, bytes, sizeof(T)); // one instruction: no call
            return true;
        }
        return read(from, std::span<u8>(reinterpret_cast<u8*>(&to), sizeof(T)));
    }
    template <typename T>
    bool write(GuestReal to, const T& from) {
        if (u8* const bytes = within_page(to, sizeof(T))) {
            __builtin_memcpy(bytes, &from, sizeof(T));
            return true;
        }
        return write(to, std::span<const u8>(reinterpret_cast<const u8*>(&from), sizeof(T)));
    }

    // The storage key of the 2K block at `address`: real key with reference and change.
    u8 key(GuestReal address);
    void set_key(GuestReal address, u8 key);
    // RRB: turns the reference bit off; condition code 2 * reference + change, as they were.
    u8 reset_reference(GuestReal address);

    // The page fault of the running guest at `address`: true when the page is
    // there now, false when it lies outside (an addressing exception).
    bool fault(GuestReal address) { return touch(address) != nullptr; }

  private:
    // As touch(), nullptr also when `length` bytes reach beyond the page.
    u8* within_page(GuestReal address, u32 length) {
        return address.value % s370::page_size > s370::page_size - length ? nullptr
                                                                          : touch(address);
    }
    u8* make_resident(GuestReal address);
    s370::PageEntry* page_entry(GuestReal address); // nullptr: no page table there yet
    s370::PageEntry* make_page_table(u32 segment);
    void exchange_with_page_zero(u32 address);
    // Moves between the guest's storage and `bytes`, page by page.
    template <typename Move>
    bool each_piece(GuestReal at, u32 length, Move move);

    u32 size_ = 0, resident_ = 0, designation_ = 0, generation_ = 0, prefix_ = 0;
    s370::SegmentEntry* segments_ = nullptr; // on a boundary of 64 bytes
    u8* segments_block_ = nullptr;           // as taken
    u32 segments_bytes_ = 0;
};

} // namespace cp
