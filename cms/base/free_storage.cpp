#include "cms/base/free_storage.h"

#include "cms/base/abend.h"
#include "cms/base/storage.h"
#include "s370/base/bits.h"
#include "s370/machine/key.h"

#include <algorithm>
#include <cstring>

namespace cms {
namespace {

struct FreeBlock {
    Be32 next;
    Be32 size; // bytes
};

Frdsect& lists() { return fixed<Frdsect, at::dmsfrt>(); }
FreeBlock& block_at(u32 address) { return *at_address<FreeBlock>(address); }

u8& use_of(u32 address) { return *at_address(lists().pages + address / page_size); }

void mark_pages(u32 from, u32 to, PageUse use) {
    for (u32 page = from; page < to; page += page_size) use_of(page) = static_cast<u8>(use);
}

FreeList& list_of(StorageType type, bool high) {
    if (type == StorageType::User) return high ? lists().high_user : lists().low_user;
    return high ? lists().high_nucleus : lists().low_nucleus;
}

PageUse use_for(StorageType type) {
    return type == StorageType::User ? PageUse::UserFree : PageUse::NucleusFree;
}
u8 key_for(StorageType type) { return type == StorageType::User ? user_key : nucleus_key; }

// The field that holds the address of the first block not below `address`.
Be32& link_before(FreeList& list, u32 address) {
    Be32* link = &list.first;
    while (*link != 0 && *link < address) link = &block_at(*link).next;
    return *link;
}

// Puts [address, address + size) on the list, joined with its neighbours.
// False: part of it is free already.
bool insert(FreeList& list, u32 address, u32 size) {
    u32 previous = 0;
    for (u32 at = list.first; at != 0 && at < address; at = block_at(at).next) previous = at;
    u32 const next = previous != 0 ? block_at(previous).next : list.first;
    if (previous != 0 && previous + block_at(previous).size > address) return false;
    if (next != 0 && address + size > next) return false;

    FreeBlock& block = block_at(address);
    block.size = size;
    block.next = next;
    if (previous != 0)
        block_at(previous).next = address;
    else
        list.first = address;
    list.blocks += 1;
    if (next != 0 && address + size == next) {
        block.size += block_at(next).size;
        block.next = block_at(next).next;
        list.blocks -= 1;
    }
    if (previous != 0 && previous + block_at(previous).size == address) {
        FreeBlock& before = block_at(previous);
        before.size += block.size;
        before.next = block.next;
        list.blocks -= 1;
    }
    return true;
}

// Takes [address, address + size) out of the block that holds it.
void cut(FreeList& list, u32 holder, u32 address, u32 size) {
    Be32& link = link_before(list, holder);
    FreeBlock const block = block_at(holder);
    u32 const end = holder + block.size;
    if (address + size < end) {
        FreeBlock& rest = block_at(address + size);
        rest.next = block.next;
        rest.size = end - (address + size);
        link = address + size;
        list.blocks += 1;
    } else {
        link = block.next;
    }
    if (holder < address) {
        FreeBlock& front = block_at(holder);
        front.next = link.value();
        front.size = address - holder;
        link = holder;
        list.blocks += 1;
    }
    list.blocks -= 1;
}

// The first block of `size` bytes, else the largest of at least `least`; 0 for none.
u32 find(const FreeList& list, u32 size, u32 least) {
    u32 best = 0, best_size = 0;
    for (u32 at = list.first; at != 0; at = block_at(at).next) {
        u32 const available = block_at(at).size;
        if (available >= size) return at;
        if (available >= least && available > best_size) {
            best = at;
            best_size = available;
        }
    }
    return best;
}

// Takes from the end of a block, so that the lowest pages fall free first.
FreeGrant take(FreeList& list, u32 size, u32 least) {
    u32 const holder = find(list, size, least);
    if (holder == 0) return {};
    u32 const available = block_at(holder).size;
    u32 const taken = std::min(available, size);
    u32 const address = holder + available - taken;
    cut(list, holder, address, taken);
    return {free_rc::ok, address, taken / 8};
}

// Lowers FREELOWE by whole pages. False: the user area needs what is left.
bool grow(StorageType type, u32 size) {
    Nucon& page0 = nucon();
    u32 const bytes = round_up(size, page_size);
    u32 const reserve = type == StorageType::User ? u32{page0.frerespg} * page_size : 0;
    u32 const floor = round_up(page0.mainhigh, page_size) + reserve;
    u32 const low = page0.freelowe;
    if (bytes > low || low - bytes < floor) return false;
    mark_pages(low - bytes, low, use_for(type));
    set_keys(low - bytes, low, key_for(type));
    page0.freelowe = low - bytes;
    return insert(list_of(type, true), low - bytes, bytes);
}

// Gives whole pages of low nucleus storage to the user, when high storage is used up.
bool convert_low_pages(u32 size) {
    u32 const bytes = round_up(size, page_size);
    FreeList& from = lists().low_nucleus;
    for (u32 at = from.first; at != 0; at = block_at(at).next) {
        u32 const first = round_up(at, page_size);
        u32 const end = at + block_at(at).size;
        if (first > end || end - first < bytes) continue;
        cut(from, at, first, bytes);
        mark_pages(first, first + bytes, PageUse::UserFree);
        set_keys(first, first + bytes, user_key);
        return insert(lists().low_user, first, bytes);
    }
    return false;
}

// Raises FREELOWE over pages that are wholly free.
void shrink() {
    Nucon& page0 = nucon();
    bool again = true;
    while (again) {
        again = false;
        for (StorageType type : {StorageType::User, StorageType::Nucleus}) {
            FreeList& list = list_of(type, true);
            u32 const first = list.first;
            if (first == 0 || first != page0.freelowe) continue;
            u32 const bytes = block_at(first).size / page_size * page_size;
            if (bytes == 0) continue;
            cut(list, first, first, bytes);
            mark_pages(first, first + bytes, PageUse::UserArea);
            if (type == StorageType::Nucleus) set_keys(first, first + bytes, user_key);
            page0.freelowe = first + bytes;
            again = true;
        }
    }
}

FreeGrant take_from(const FreeRequest& request, u32 size, u32 least) {
    if (request.area != StorageArea::High) {
        FreeGrant const low = take(list_of(request.type, false), size, least);
        if (low.rc == free_rc::ok) return low;
    }
    if (request.area == StorageArea::Low) return {};
    return take(list_of(request.type, true), size, least);
}

} // namespace

void set_keys(u32 from, u32 to, u8 key) {
    for (u32 at = from & ~(key_block - 1); at < to; at += key_block)
        machine::set_storage_key(at, key);
}

void initialize_free_storage(u32 low, u32 low_end, u32 high_end) {
    Nucon& page0 = nucon();
    Frdsect& area = lists();
    std::memset(static_cast<void*>(&area), 0, sizeof area);
    area.pages = low;
    area.low_end = low_end;
    low = round_up(low + page0.vmsize / page_size, 8);
    page0.freelist = low;
    page0.freelowr = low_end;
    page0.freelowe = page0.freeuppr = high_end;
    page0.admsfrt = at::dmsfrt;
    page0.frerespg = 2;

    mark_pages(0, page0.vmsize, PageUse::System);
    mark_pages(low & ~(page_size - 1), low_end, PageUse::NucleusFree);
    mark_pages(at::transient_area, at::nucleus, PageUse::Transient);
    mark_pages(at::user_area, high_end, PageUse::UserArea);
    area.low_nucleus.flags = 0x10;
    area.high_nucleus.flags = 0x30;
    area.high_user.flags = 0x20;
    for (FreeList* list : {&area.low_nucleus, &area.high_nucleus}) {
        list->key = nucleus_key;
        list->code = static_cast<u8>(PageUse::NucleusFree);
    }
    for (FreeList* list : {&area.low_user, &area.high_user}) {
        list->key = user_key;
        list->code = static_cast<u8>(PageUse::UserFree);
    }
    insert(area.low_nucleus, low, low_end - low);
}

FreeGrant dmsfree(const FreeRequest& request) {
    u32 const most = request.doublewords;
    u32 const least = request.at_least == 0 ? most : request.at_least;
    if (most == 0 || most > address_mask / 8 || least > most) return {free_rc::bad_size};

    u32 const size = most * 8;
    FreeGrant grant = take_from(request, size, size);
    if (grant.rc != free_rc::ok && request.area != StorageArea::Low && grow(request.type, size))
        grant = take_from(request, size, size);
    if (grant.rc != free_rc::ok && request.type == StorageType::User &&
        request.area != StorageArea::High && convert_low_pages(size))
        grant = take_from(request, size, size);
    if (grant.rc != free_rc::ok) grant = take_from(request, size, least * 8);
    if (grant.rc != free_rc::ok && least < most && request.area != StorageArea::Low &&
        grow(request.type, least * 8))
        grant = take_from(request, size, least * 8);
    return grant;
}

i32 dmsfret(u32 address, u32 doublewords) {
    address &= address_mask;
    if (doublewords == 0 || doublewords > address_mask / 8) return free_rc::fret_size;
    if (address % 8 != 0) return free_rc::not_doubleword;
    u32 const size = doublewords * 8;
    if (range(address, size).empty()) return free_rc::bad_block;

    u8 const use = use_of(address);
    if (use != static_cast<u8>(PageUse::UserFree) && use != static_cast<u8>(PageUse::NucleusFree))
        return free_rc::bad_block;
    for (u32 at = address; at < address + size; at = round_up(at + 1, page_size))
        if (use_of(at) != use) return free_rc::bad_block;
    if (address < lists().pages + nucon().vmsize / page_size) return free_rc::bad_block;

    StorageType const type =
        use == static_cast<u8>(PageUse::UserFree) ? StorageType::User : StorageType::Nucleus;
    if (!insert(list_of(type, address >= lists().low_end), address, size))
        return free_rc::bad_block;
    shrink();
    return free_rc::ok;
}

void release_user_storage() {
    for (FreeList* list : {&lists().low_user, &lists().high_user}) {
        list->first = 0;
        list->blocks = 0;
    }
    for (u32 page = 0; page < nucon().vmsize; page += page_size)
        if (use_of(page) == static_cast<u8>(PageUse::UserFree))
            insert(list_of(StorageType::User, page >= lists().low_end), page, page_size);
    shrink();
}

void* allocate_nucleus(u32 bytes) {
    FreeGrant const grant = dmsfree({(bytes + 7) / 8, 0, StorageType::Nucleus, StorageArea::Any});
    return grant.rc == free_rc::ok ? at_address(grant.address) : nullptr;
}

void release_nucleus(void* block, u32 bytes) {
    CMS_VERIFY(dmsfret(address_of(block), (bytes + 7) / 8) == free_rc::ok, Abend::BadStorageCall);
}

void strinit() {
    Nucon& page0 = nucon();
    u32 const start = round_up(std::max<u32>(page0.loccnt, page0.ausrarea), 8);
    page0.mainstrt = start;
    page0.mainhigh = start;
    page0.mainlist = 0;
}

} // namespace cms
