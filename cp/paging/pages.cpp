#include "cp/paging/pages.h"

#include "cp/base/free_storage.h"
#include "s370/machine/control.h"
#include "s370/machine/key.h"
#include "s370/machine/storage.h"

#include <algorithm>
#include <cstring>

namespace cp {

using namespace s370;

namespace {

constexpr u32 segment_table_unit = 64;
constexpr u32 page_table_bytes = pages_per_segment * sizeof(PageEntry);

u32 entries_of(u32 size) { return round_up(size, segment_size) / segment_size; }

} // namespace

bool GuestStorage::create(u32 size) {
    release();
    if (size == 0 || size % page_size != 0 || size > 0x01000000) return false;
    u32 const frames = size / page_size;
    if (!frame_pool.commit(frames)) return false;

    // Whole units of 16 entries: those beyond the size are invalid.
    u32 const entries = round_up(entries_of(size), 16);
    segments_bytes_ = entries * static_cast<u32>(sizeof(SegmentEntry)) + segment_table_unit;
    segments_block_ = static_cast<u8*>(free_storage::take(segments_bytes_));
    if (segments_block_ == nullptr) {
        frame_pool.uncommit(frames);
        return false;
    }
    u32 const origin = round_up(machine::real_address(segments_block_), segment_table_unit);
    segments_ = machine::real<SegmentEntry>(origin);
    for (u32 i = 0; i < entries; ++i) segments_[i] = SegmentEntry{};
    size_ = size;
    designation_ = s370::segment_table_designation(origin, entries);
    return true;
}

void GuestStorage::set_prefix(u32 prefix) {
    exchange_with_page_zero(prefix_);
    exchange_with_page_zero(prefix);
    prefix_ = prefix;
}

void GuestStorage::exchange_with_page_zero(u32 address) {
    if (address == 0) return;
    touch({0});
    touch({address});
    std::swap(*page_entry({0}), *page_entry({address}));
    ++generation_;
    machine::purge_tlb();
}

void GuestStorage::clear() {
    prefix_ = 0;
    ++generation_;
    for (u32 i = 0; i < entries_of(size_); ++i) {
        if (segments_[i].invalid()) continue;
        auto* const pages = machine::real<PageEntry>(segments_[i].page_table());
        for (u32 p = 0; p < pages_per_segment; ++p) {
            if (pages[p].invalid()) continue;
            frame_pool.give_promised(machine::real(pages[p].frame()));
            pages[p] = PageEntry{};
            --resident_;
        }
    }
    if (size_ != 0) machine::purge_tlb();
}

void GuestStorage::release() {
    if (size_ == 0) return;
    clear();
    for (u32 i = 0; i < entries_of(size_); ++i) {
        if (segments_[i].invalid()) continue;
        free_storage::give(machine::real(segments_[i].page_table()), page_table_bytes);
    }
    free_storage::give(segments_block_, segments_bytes_);
    frame_pool.uncommit(size_ / page_size);
    segments_ = nullptr;
    segments_block_ = nullptr;
    size_ = designation_ = 0;
}

PageEntry* GuestStorage::page_entry(GuestReal address) {
    SegmentEntry const segment = segments_[address.value / segment_size];
    if (segment.invalid()) return nullptr;
    auto* const pages = machine::real<PageEntry>(segment.page_table());
    return &pages[address.value / page_size % pages_per_segment];
}

PageEntry* GuestStorage::make_page_table(u32 segment) {
    auto* const pages = static_cast<PageEntry*>(free_storage::take(page_table_bytes));
    VERIFY(pages != nullptr, Abend::FRE002);
    for (u32 i = 0; i < pages_per_segment; ++i) pages[i] = PageEntry{};
    segments_[segment] = SegmentEntry::make(machine::real_address(pages));
    return pages;
}

u8* GuestStorage::make_resident(GuestReal address) {
    PageEntry* entry = page_entry(address);
    if (entry == nullptr)
        entry = make_page_table(address.value / segment_size) +
                address.value / page_size % pages_per_segment;
    *entry = PageEntry::make(machine::real_address(frame_pool.take_promised()));
    ++resident_;
    return touch(address);
}

template <typename Move>
bool GuestStorage::each_piece(GuestReal at, u32 length, Move move) {
    if (!contains(at, length)) return false;
    for (u32 done = 0; done < length;) {
        u32 const piece = std::min(length - done, page_size - (at.value + done) % page_size);
        move(touch(at + done), done, piece);
        done += piece;
    }
    return true;
}

bool GuestStorage::read(GuestReal from, std::span<u8> to) {
    return each_piece(from, static_cast<u32>(to.size()), [&](u8* bytes, u32 done, u32 piece) {
        std::memcpy(to.data() + done, bytes, piece);
    });
}

bool GuestStorage::write(GuestReal to, std::span<const u8> from) {
    return each_piece(to, static_cast<u32>(from.size()), [&](u8* bytes, u32 done, u32 piece) {
        std::memcpy(bytes, from.data() + done, piece);
    });
}

u8 GuestStorage::key(GuestReal address) {
    if (address.value >= size_) return 0;
    PageEntry const* const entry = page_entry(address);
    if (entry == nullptr || entry->invalid()) return 0;
    return machine::storage_key(entry->frame() + address.value % page_size);
}

// Once the machine at hand has been told to purge some 2000 times, its lookaside buffer survives
// changes of keys: references and stores would leave no marks, and protection be as before.
void GuestStorage::set_key(GuestReal address, u8 key) {
    u8 const* const byte = touch(address);
    if (byte == nullptr) return;
    u32 const real = machine::real_address(byte);
    // SSK is the dearest instruction there is: most calls change nothing.
    if (machine::storage_key(real) == key) return;
    machine::set_storage_key(real, key);
    machine::purge_tlb();
}

u8 GuestStorage::reset_reference(GuestReal address) {
    u8 const* const byte = touch(address);
    if (byte == nullptr) return 0;
    u8 const bits = machine::reset_reference_bit(machine::real_address(byte));
    machine::purge_tlb();
    return bits;
}

} // namespace cp
