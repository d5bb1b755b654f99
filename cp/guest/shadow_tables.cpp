#include "cp/guest/shadow_tables.h"

#include "cp/base/free_storage.h"
#include "cp/guest/guest_translation.h"
#include "s370/machine/control.h"

#include <algorithm>

namespace cp {

using namespace s370;

namespace {

constexpr u32 segments_of_a_space = 256, segment_table_boundary = 64;
constexpr u32 space_bytes =
    segments_of_a_space * static_cast<u32>(sizeof(SegmentEntry)) + segment_table_boundary;

// For a space that there is no storage for: each access faults, and tries again to make it.
alignas(segment_table_boundary) constinit SegmentEntry no_segments[16];

u32 pages_of_a_segment(u32 format) { return segment_size >> translation_format(format).page_bits; }

PageEntry entry_of(u32 frame, bool large) {
    // 2K pages: the bit behind the frame is part of its address.
    return {static_cast<u16>(frame >> 8 & (large ? 0xFFF0u : 0xFFF8u))};
}

u16 invalid_entry(bool large) { return large ? 0x0008 : 0x0004; }

} // namespace

ShadowTables::Space* ShadowTables::find(u32 cr1, u32 format) {
    for (Space& space : spaces_)
        if (space.last_used != 0 && space.cr1 == cr1 && space.format == format) return &space;
    return nullptr;
}

// The one that was not used for the longest time becomes the new one.
ShadowTables::Space* ShadowTables::make(u32 cr1, u32 format) {
    Space* oldest = &spaces_[0];
    for (Space& space : spaces_)
        if (space.last_used < oldest->last_used) oldest = &space;
    if (oldest->block == nullptr) {
        oldest->block = static_cast<u8*>(free_storage::take(space_bytes));
        if (oldest->block == nullptr) return nullptr;
        u32 const address = machine::real_address(oldest->block);
        oldest->segments = machine::real<SegmentEntry>(round_up(address, segment_table_boundary));
        for (u32 i = 0; i < segments_of_a_space; ++i) oldest->segments[i] = SegmentEntry{};
    } else {
        empty(*oldest);
    }
    // Its place may have been another's, which the TLB remembers.
    machine::purge_tlb();
    oldest->cr1 = cr1;
    oldest->format = format;
    oldest->page_bits = translation_format(format).page_bits;
    return oldest;
}

void ShadowTables::follow(const GuestStorage& storage) {
    if (generation_ == storage.generation()) return;
    generation_ = storage.generation();
    empty_all();
}

void ShadowTables::note_refill(VirtualMachine& vm) const {
    static_assert(offsetof(PageTable, bytes) == 68 &&
                  offsetof(PageTable, pages_place) == 72 + 2 * sizeof(void*));
    bool const large = current_->page_bits == 12;
    Refill& refill = vm.cpu.refill;
    refill.segments = machine::real_address(current_->segments);
    refill.page = large ? 0xF000 : 0xF800;
    refill.page_shift = current_->page_bits - 1; // entries have two bytes
    refill.refused = large ? 0x000E : 0x0006;    // invalid, malformed, or above 16M
    refill.frame = large ? 0xFFF0 : 0xFFF8;
    refill.storage = vm.storage.segment_table_designation() & 0x00FFFFC0;
    refill.limit = vm.storage.size() >> 8;
}

u32 ShadowTables::select(VirtualMachine& vm, u32 space) {
    follow(vm.storage);
    u32 const cr1 = space, format = vm.cpu.cr[0] & cr0::format_mask;
    if (current_ == nullptr || current_->cr1 != cr1 || current_->format != format) {
        current_ = find(cr1, format);
        if (current_ == nullptr && translation_format(format).valid()) current_ = make(cr1, format);
    }
    if (current_ == nullptr)
        return segment_table_designation(machine::real_address(no_segments), 1);
    current_->last_used = ++clock_;
    note_refill(vm);
    return segment_table_designation(machine::real_address(current_->segments),
                                     segments_of_a_space);
}

void ShadowTables::drop_table(Space& space, PageTable& table) {
    space.segments[table.segment] = SegmentEntry{};
    free_storage::destroy(&table);
}

void ShadowTables::empty(Space& space) {
    while (PageTable* const table = space.tables) {
        space.tables = table->next;
        drop_table(space, *table);
        --page_tables_;
    }
}

void ShadowTables::empty_all() {
    for (Space& space : spaces_) empty(space);
    purged_ = true;
    store_protection_ = false;
    machine::purge_tlb();
}

void ShadowTables::purge() {
    if (purged_) return;
    for (Space& space : spaces_)
        for (PageTable* table = space.tables; table != nullptr; table = table->next)
            blank(*table, space.page_bits);
    purged_ = true;
    machine::purge_tlb();
}

void ShadowTables::release() {
    for (Space& space : spaces_) {
        empty(space);
        if (space.block != nullptr) free_storage::give(space.block, space_bytes);
        space = Space{};
    }
    machine::purge_tlb();
    current_ = nullptr;
}

u32 ShadowTables::spaces() const {
    u32 count = 0;
    for (Space const& space : spaces_) count += space.last_used != 0 ? 1 : 0;
    return count;
}

void ShadowTables::blank(PageTable& table, u32 page_bits) {
    u64 const four = invalid_entry(page_bits == 12) * 0x0001000100010001u;
    for (u32 i = 0; i < std::size(table.entries); i += 4)
        __builtin_memcpy(static_cast<void*>(&table.entries[i]), &four, sizeof four);
}

// The table for `segment`, with nothing in it that another table of the guest gave.
ShadowTables::PageTable* ShadowTables::table_for(Space& space, u32 segment, u32 origin) {
    PageTable* table = nullptr;
    if (!space.segments[segment].invalid()) {
        table = machine::real<PageTable>(space.segments[segment].page_table());
        if (table->origin == origin) return table;
        machine::purge_tlb();
    } else {
        if (page_tables_ == most_page_tables) empty_all();
        table = free_storage::create<PageTable>();
        if (table == nullptr) return nullptr;
        ++page_tables_;
        table->segment = segment;
        table->next = space.tables;
        space.tables = table;
    }
    blank(*table, space.page_bits);
    table->origin = origin;
    return table;
}

Program ShadowTables::fault(VirtualMachine& vm, u32 address, u32 space) {
    GuestTranslation const found = translate(vm, address, space);
    if (found.fault != Program::None) return found.fault;
    u8 const* const byte = vm.storage.touch({found.address});
    if (byte == nullptr) return Program::Addressing;
    // That may have taken frames from the guest.
    select(vm, space);
    if (current_ == nullptr) return Program::None;

    u32 const segment = address / segment_size;
    PageTable* const table = table_for(*current_, segment, found.page_table);
    if (table == nullptr) return Program::None;
    SegmentEntry entry = SegmentEntry::make(machine::real_address(table));
    if (found.store_protected) {
        entry.bits |= SegmentEntry::protected_bit;
        store_protection_ = true;
    }
    if (entry.bits != current_->segments[segment].bits) {
        if (!current_->segments[segment].invalid()) machine::purge_tlb();
        current_->segments[segment] = entry;
    }
    note_places(*table, vm.storage, address, found.segment_entry);
    purged_ = false;
    u32 const page_bits = current_->page_bits;
    table->entries[address % segment_size >> page_bits] =
        entry_of(machine::real_address(byte), page_bits == 12);
    return Program::None;
}

// The guest's frames stay where they are until generation() changes.
void ShadowTables::note_places(PageTable& table, GuestStorage& storage, u32 address,
                               u32 entry) const {
    auto const [page_bits, segment_bits] = translation_format(current_->format);
    u32 const segment_entry = (current_->cr1 & 0x00FFFFC0) + 4 * (address >> segment_bits);
    u32 const all = 1u << (16 - page_bits); // of 64K
    u32 const first = (address & ((1u << segment_bits) - 1)) / segment_size * all;
    u32 const valid = ((entry >> 28) + 1) << (segment_bits - page_bits - 4);
    u32 const pages = table.origin + 2 * first;
    table.entry = entry;
    table.entry_place = reinterpret_cast<const Be32*>(storage.touch({segment_entry}));
    table.pages_place = storage.touch({pages});
    bool const in_one_page = pages % page_size + 2 * all <= page_size;
    table.bytes = in_one_page && valid > first ? 2 * std::min(valid - first, all) : 0;
}

bool ShadowTables::refill(GuestStorage& storage, u32 address) {
    if (current_ == nullptr || generation_ != storage.generation()) return false;
    SegmentEntry const segment = current_->segments[address / segment_size];
    if (segment.invalid()) return false;
    auto& table = *machine::real<PageTable>(segment.page_table());
    bool const large = current_->page_bits == 12;
    u32 const page = address % segment_size >> (large ? 12 : 11);
    if (2 * page >= table.bytes || *table.entry_place != table.entry) return false;
    GuestPageEntry const entry{reinterpret_cast<const Be16*>(table.pages_place)[page], large};
    if (entry.invalid() || entry.malformed()) return false;
    u8 const* const byte = storage.touch({entry.frame()});
    if (byte == nullptr) return false;
    table.entries[page] = entry_of(machine::real_address(byte), large);
    purged_ = false;
    return true;
}

void ShadowTables::invalidate(u32 page_table, u32 page) {
    for (Space& space : spaces_) {
        if (space.tables == nullptr) continue;
        TranslationFormat const format = translation_format(space.format);
        u32 const pages = pages_of_a_segment(space.format);
        // A guest's segment of 1M is sixteen of ours; this one has the entry.
        u32 const part = format.segment_bits == 20 ? page / pages : 0;
        for (PageTable* table = space.tables; table != nullptr; table = table->next) {
            bool const has_it = table->origin == page_table &&
                                (format.segment_bits != 20 || table->segment % 16 == part);
            if (has_it) table->entries[page % pages] = {invalid_entry(format.page_bits == 12)};
        }
    }
    machine::purge_tlb();
}

} // namespace cp
