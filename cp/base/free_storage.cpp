#include "cp/base/free_storage.h"

#include "cp/base/abend.h"

#include <cstring>

namespace cp::free_storage {
namespace {

// Behind each block: is it in use, and of which size? Found wrong by give(),
// somebody wrote beyond the end of the block.
struct RedZone {
    u32 size;
    u32 mark;
};
constexpr u32 mark_in_use = 0xC6D9C5C5, mark_free = 0x00FA11ED;

struct FreeBlock {
    FreeBlock* next;
};

constexpr usize unit = 8, page = 4096;
constexpr usize largest_chained = 2048; // with red zone; larger ones are whole pages
constexpr u32 chains = largest_chained / unit + 1;

constinit FreeBlock* chain[chains];
constinit u8* carve = nullptr; // the page that small blocks are cut from
constinit usize carve_left = 0;
constinit u8* initial = nullptr; // what is left of the storage given at start
constinit usize initial_left = 0;
constinit PageSource source{nullptr, nullptr};
constinit Usage now_used{0, 0};

usize with_red_zone(usize bytes) { return (bytes + unit - 1) / unit * unit + sizeof(RedZone); }

RedZone& red_zone(void* block, usize whole) {
    return *reinterpret_cast<RedZone*>(static_cast<u8*>(block) + whole - sizeof(RedZone));
}

u8* take_pages(u32 count) {
    usize const bytes = count * page;
    u8* found = nullptr;
    if (initial_left >= bytes) {
        found = initial;
        initial += bytes;
        initial_left -= bytes;
    } else if (source.take != nullptr) {
        found = source.take(count);
        if (found != nullptr) now_used.bytes_total += static_cast<u32>(bytes);
    }
    return found;
}

void chain_up(void* block, usize whole) {
    auto* const free = static_cast<FreeBlock*>(block);
    red_zone(block, whole) = {static_cast<u32>(whole), mark_free};
    free->next = chain[whole / unit];
    chain[whole / unit] = free;
}

u8* take_small(usize whole) {
    if (FreeBlock* free = chain[whole / unit]) {
        chain[whole / unit] = free->next;
        return reinterpret_cast<u8*>(free);
    }
    if (carve_left < whole) {
        u8* const fresh = take_pages(1);
        if (fresh == nullptr) return nullptr;
        // What is left of the old page serves as a block of its size.
        if (carve_left >= 2 * unit) chain_up(carve, carve_left);
        carve = fresh;
        carve_left = page;
    }
    u8* const block = carve;
    carve += whole;
    carve_left -= whole;
    return block;
}

} // namespace

void initialize(void* start, usize length) {
    for (FreeBlock*& head : chain) head = nullptr;
    carve = nullptr;
    carve_left = 0;
    initial = static_cast<u8*>(start);
    initial_left = length / page * page;
    now_used = {0, static_cast<u32>(initial_left)};
}

void grow_from(PageSource pages) { source = pages; }

void* take(usize bytes) {
    usize const whole = with_red_zone(bytes);
    u8* const block = whole <= largest_chained
                          ? take_small(whole)
                          : take_pages(static_cast<u32>((whole + page - 1) / page));
    if (block == nullptr) return nullptr;
    std::memset(block, 0, whole);
    red_zone(block, whole) = {static_cast<u32>(bytes), mark_in_use};
    now_used.bytes_in_use += static_cast<u32>(whole);
    return block;
}

void give(void* block, usize bytes) {
    if (block == nullptr) return;
    usize const whole = with_red_zone(bytes);
    RedZone const zone = red_zone(block, whole);
    VERIFY(zone.mark != mark_free, Abend::FRE001);
    VERIFY(zone.mark == mark_in_use && zone.size == bytes, Abend::FRE003);
    now_used.bytes_in_use -= static_cast<u32>(whole);
    if (whole <= largest_chained) {
        chain_up(block, whole);
        return;
    }
    auto const count = static_cast<u32>((whole + page - 1) / page);
    red_zone(block, whole).mark = mark_free;
    if (source.give != nullptr && source.give(static_cast<u8*>(block), count)) {
        now_used.bytes_total -= static_cast<u32>(count * page);
        return;
    }
    // From the storage given at start: cut up for small blocks.
    for (usize at = 0; at < count * page; at += largest_chained)
        chain_up(static_cast<u8*>(block) + at, largest_chained);
}

Usage usage() { return now_used; }

} // namespace cp::free_storage
