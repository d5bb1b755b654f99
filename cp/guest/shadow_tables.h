// Shadow tables: what a guest's translation tables come to in real storage (DMKVAT).
//
// GA22-7000-10 "Dynamic Address Translation". While a guest runs with translation on,
// the real machine translates by these tables, from the guest's virtual addresses to
// frames. An entry is made when the guest first touches its page, from a walk of its own
// tables, and stays until the guest's TLB might have lost it: so they are the TLB of
// the virtual machine, and no invalid entry of its tables is ever kept.
//
// A guest's segments of 64K and 1M both become real ones of 64K; pages keep their size.
// Each address space (control register 1 and the sizes in control register 0) has its
// own tables, so that switching between spaces loses nothing.
//
// Reference and change bits are those of the frames: the real machine keeps them.
#pragma once

#include "cp/paging/pages.h"
#include "s370/arch/dat.h"
#include "s370/arch/program_codes.h"

namespace cp {

class VirtualMachine;

class ShadowTables {
  public:
    // Spaces, and page tables of all of them, that one guest may keep: 16M at once.
    static constexpr u32 most_spaces = 8, most_page_tables = 256;

    ShadowTables() = default;
    ShadowTables(const ShadowTables&) = delete;
    ShadowTables& operator=(const ShadowTables&) = delete;
    ~ShadowTables() { release(); }

    // The real control register that stands for the guest's `space` (its control register 1 or
    // 7), which becomes the current one.
    u32 select(VirtualMachine& vm, u32 space);
    // The page fault of the running guest at `address` of `space`: None when the page is there
    // now, else the exception that the guest gets.
    s370::Program fault(VirtualMachine& vm, u32 address, u32 space);
    // The same in the current space where the page's segment has been translated before and its
    // entry is as it was then; false: not so, and nothing done.
    bool refill(GuestStorage& storage, u32 address);
    // May fast_path.S do so from now on, by VirtualCpu::refill?
    bool allow_refills(const GuestStorage& storage) {
        if (current_ == nullptr || generation_ != storage.generation()) return false;
        purged_ = false;
        return true;
    }

    // PTLB: nothing is translated any more, but the tables stay for what comes next.
    void purge();
    // Nothing has been translated since the last purge().
    bool purged() const { return purged_; }
    // There may be a protected segment, of which a real address does not tell.
    bool store_protection() const { return store_protection_; }
    // IPTE: entry `page` (its number in the segment) of the guest's page table at `page_table`.
    void invalidate(u32 page_table, u32 page);
    // Gives all storage back.
    void release();

    u32 spaces() const;
    u32 page_tables() const { return page_tables_; }

  private:
    // fast_path.S knows the offsets.
    struct PageTable {
        alignas(8) s370::PageEntry entries[32]; //  0: 16 of them with 4K pages
        u32 segment;                            // 64: of 64K
        // For refill(): how many bytes of entries the guest's page table has for this segment; its
        // segment table entry, the present place of that and what it was; where those bytes are.
        u32 bytes;               // 68
        const Be32* entry_place; // 72
        u32 entry;               // 76
        const u8* pages_place;   // 80
        u32 origin;              // of the guest's page table that they come from
        PageTable* next;
    };
    struct Space {
        u32 cr1 = 0, format = 0; // of the guest
        u32 page_bits = 0;
        u32 last_used = 0; // 0: nobody's
        u8* block = nullptr;
        s370::SegmentEntry* segments = nullptr;
        PageTable* tables = nullptr;
    };

    Space* find(u32 cr1, u32 format);
    Space* make(u32 cr1, u32 format);
    static void blank(PageTable& table, u32 page_bits);
    static void drop_table(Space& space, PageTable& table);
    void empty(Space& space);
    void empty_all();
    void note_refill(VirtualMachine& vm) const;
    void note_places(PageTable& table, GuestStorage& storage, u32 address, u32 entry) const;
    PageTable* table_for(Space& space, u32 segment, u32 origin);
    void follow(const GuestStorage& storage);

    Space spaces_[most_spaces];
    Space* current_ = nullptr;
    u32 clock_ = 0;
    u32 page_tables_ = 0;
    u32 generation_ = 0;
    bool purged_ = true;
    bool store_protection_ = false;
};

} // namespace cp
