#include "tests/machine/streams/arena.h"

#include "s370/arch/dat.h"
#include "s370/base/bits.h"
#include "s370/machine/control.h"
#include "s370/machine/key.h"
#include "s370/machine/storage.h"
#include "tests/machine/streams/operations.h"
#include "tests/machine/streams/processor.h"

#include <cstring>

namespace streams {
namespace {

constexpr u32 page_0_part = 0x200; // the streams' own part of page 0 begins here
constexpr u32 program_key = 0xF0;
constexpr u32 space_size = tables_size / Arena::spaces, page_table_at = 0x80;

u32 copy[arena_size / 4];
u32 empty_page[page_0_size / 4]; // outside the arena

u32 block_address(u32 number) {
    return number < 2 ? number * key_block : sandbox + (number - 2) * key_block;
}

void clear(u32 from, u32 to, Changes& changes) {
    for (u32 at = from; at < to;) {
        u32 const offset = at % page_0_size, left = page_0_size - offset,
                  piece = to - at < left ? to - at : left;
        restore_to(at, &empty_page[offset / 4], piece, changes);
        at += piece;
    }
}

// What a page needs to become page 0 by SET PREFIX and to be left again.
void put_assigned(u32* page, u32 timer) {
    std::memcpy(&page[assigned / 4], machine::real(assigned), assigned_size);
    page[interval_timer / 4] = timer; // this one has begun to run
}
void put_restart(u32* page) {
    std::memcpy(page, &machine::low_storage().restart_new_psw, restart_psws_size);
}

u32 random_word(Random& random, u32 kind) {
    switch (kind) {
    case 0: return 0;
    case 1: return random.word() & 0x77777777; // digits
    case 2: return harmless(sandbox + random.below(sandbox_size));
    case 3: return random.below(256);
    default: return harmless(random.word());
    }
}

// A page-table entry: mostly of the sandbox.
u16 page_entry(Random& random, u32 page_bits, u32 frame, bool far) {
    u32 const page = 1u << page_bits;
    u32 const roll = random.below(100);
    bool const large = page_bits == 12;
    if (roll < 10) return static_cast<u16>((random.word() & 0xFFF0) | (large ? 8 : 4));
    if (roll < 14 && far) return static_cast<u16>((storage_size + (random.word() & 0xFF000)) >> 8);
    if (roll < 16 && far) return static_cast<u16>(random.word());
    if (roll < 17) frame = 0x1000;
    if (roll == 17) frame = storage_size - page;
    if (roll == 18) frame = tables + (random.below(tables_size) & ~(page - 1));
    return static_cast<u16>(frame >> 8);
}

// No common segments: they would have to be the same in all spaces.
u32 segment_entry(Random& random, u32 page_table, u32 protection) {
    u32 const roll = random.below(100);
    u32 const length = random.percent(60) ? 15 : random.below(16);
    u32 entry = length << 28 | page_table;
    if (roll < 20) entry |= 1;
    if (roll >= 20 && roll < 24) entry |= 1u << (24 + random.below(4));
    if (roll >= 24 && roll < 32) entry |= protection;
    if (roll >= 36 && roll < 40) entry = length << 28 | storage_size | 0x12340;
    return entry;
}

} // namespace

bool restore_to(u32 address, const u32* should, u32 bytes, Changes& changes) {
    bool any = false;
    for (u32 left = bytes / unit; left != 0;) {
        u32 const alike = streams_alike(machine::real(address), should, left);
        address += alike * unit;
        should += alike * unit / 4;
        left -= alike;
        if (left == 0) break;
        any = true;
        u32* const differs = machine::real<u32>(address);
        for (u32 i = 0; i < unit / 4; ++i)
            if (differs[i] != should[i] && (address + 4 * i) % page_0_size != interval_timer)
                changes.changed(address + 4 * i, differs[i]);
        streams_copy(differs, should);
        address += unit;
        should += unit / 4;
        --left;
    }
    return any;
}

u32 Space::address_of(u32 real_address) const {
    for (u32 i = 0; i < blocks; ++i)
        if (real[i] == (real_address & ~(key_block - 1)))
            return sandbox + i * key_block + real_address % key_block;
    return real_address;
}

void Arena::fill(Random& random) {
    for (u32 at = 0; at < sandbox_size; at += unit) {
        u32 const kind = random.below(8);
        for (u32 i = 0; i < unit; i += 4) {
            u32 const word = random_word(random, kind);
            // A PSW that is loaded by accident should not end it all.
            copy[(at + i) / 4] = i % 8 == 0 ? without_wait(word) : word;
        }
    }
}

void Arena::make_space(Random& random, u32 number) {
    Space& space = spaces_[number];
    u32 const page_bits = (number & 1) != 0 ? 11 : 12, segment_bits = (number & 2) != 0 ? 20 : 16;
    space.cr0 = (page_bits == 12 ? 0x00800000 : 0x00400000) | (segment_bits == 20 ? 0x00100000 : 0);
    space.cr1 = tables + number * space_size;
    u32 const origin = space.cr1 + page_table_at;
    u32* const segments = &copy[(space.cr1 - sandbox) / 4];
    auto* const pages = reinterpret_cast<u16*>(segments) + page_table_at / 2;

    // Protected segments, or pages beyond storage: of a store to both at once CP cannot know that
    // it is one.
    bool const far = random.percent(50);
    u32 const protection = far ? 0 : 4;
    for (u32 i = 0; i < 16; ++i) segments[i] = segment_entry(random, origin, protection);
    segments[sandbox >> segment_bits] = 0xF0000000 | origin | (random.percent(16) ? protection : 0);

    u32 const page = 1u << page_bits;
    for (u32 i = 0; i < 1u << (segment_bits - page_bits); ++i)
        pages[i] = page_entry(random, page_bits,
                              sandbox + (random.below(sandbox_size) & ~(page - 1)), far);

    bool const straight = random.percent(50);
    for (u32& real : space.real) real = Space::nowhere;
    for (u32 at = 0; at < sandbox_size; at += page) {
        u32 const frame = sandbox + (straight ? at : random.below(sandbox_size) & ~(page - 1));
        u16& entry = pages[((sandbox + at) & ((1u << segment_bits) - 1)) >> page_bits];
        entry = page_entry(random, page_bits, frame, far);
        if (entry != frame >> 8) continue;
        for (u32 i = 0; i < page; i += key_block) space.real[(at + i) / key_block] = frame + i;
    }
}

void Arena::make(u32 seed, u32 timer) {
    Random random(seed);
    fill(random);
    std::memset(&copy[sandbox_size / 4], 0, tables_size);
    for (u32 i = 0; i < spaces; ++i) make_space(random, i);
    std::memset(empty_page, 0, sizeof empty_page); // a stream may have stored into it
    put_assigned(empty_page, timer);
    put_restart(empty_page);
    for (u32 page = 0; page < arena_size; page += page_0_size) {
        put_assigned(&copy[page / 4], timer);
        if (page < sandbox_size) put_restart(&copy[page / 4]);
    }
    for (u8& key : keys_) {
        key = static_cast<u8>(random.pick({0x00u, 0x10u, 0x20u, 0x70u, program_key}));
        if (random.percent(25)) key |= 8;
    }
    keys_[0] = program_key | 8;
    for (u32 i = page_0_blocks + sandbox_size / key_block; i < key_blocks; ++i)
        keys_[i] = program_key;
}

bool Arena::knows(const u32 (&cr)[16]) const {
    for (Space const& space : spaces_)
        if (((space.cr0 ^ cr[0]) & 0x00F80000) == 0 && space.cr1 == cr[1]) return true;
    return false;
}

void Arena::set_keys() const {
    for (u32 i = 0; i < key_blocks; ++i) machine::set_storage_key(block_address(i), keys_[i]);
    machine::purge_tlb();
}

void Arena::find_keys() {
    for (u32 i = 0; i < key_blocks; ++i) found_keys_[i] = machine::storage_key(block_address(i));
}

void Arena::restore_keys(bool exact, Changes& changes) const {
    bool any = false;
    for (u32 i = 0; i < key_blocks; ++i) {
        u32 const key = found_keys_[i] & (exact ? 0xFEu : 0xF8u);
        if (key != keys_[i]) changes.changed(block_address(i) + 1, key);
        if ((key & 0xF8) == keys_[i]) continue;
        machine::set_storage_key(block_address(i), keys_[i]);
        any = true;
    }
    if (any) machine::purge_tlb();
}

void Arena::restore(bool exact, Changes& changes) const {
    restore_keys(exact, changes);
    clear(page_0_part, 0x300, changes);
    std::memset(machine::real(0x300), 0, unit);
    clear(0x400, page_0_size, changes);
    restore_to(sandbox, copy, sandbox_size, changes);
    if (restore_to(tables, &copy[sandbox_size / 4], tables_size, changes)) machine::purge_tlb();
}

bool Arena::tables_altered() const {
    constexpr u32 units = tables_size / unit;
    if (streams_alike(machine::real(tables), &copy[sandbox_size / 4], units) == units) return false;
    for (u32 i = 0; i < spaces; ++i) {
        u32 const at = i * space_size;
        u32 const invalid = (spaces_[i].cr0 & 0x00800000) != 0 ? 0x0008'0008u : 0x0004'0004u;
        for (u32 word = 0; word < space_size; word += 4) {
            u32 const made =
                *machine::real<u32>(tables + at + word) ^ copy[(sandbox_size + at + word) / 4];
            if ((word < page_table_at ? made : made & ~invalid) != 0) return true;
        }
    }
    return false;
}

bool Arena::timer_set(u32 last) {
    constexpr u32 most = 1u << 20; // 13 s
    auto const set = [](u32 word) { return empty_page[interval_timer / 4] - word >= most; };
    for (u32 page = sandbox; page < sandbox + arena_size; page += page_0_size)
        if (set(*machine::real<u32>(page + interval_timer))) return true;
    return set(last);
}

void clear_rest(Changes& changes) {
    for (u32 at = page_0_size; at < storage_size; at += key_block) {
        if (at == sandbox) at += arena_size;
        u32 const key = machine::storage_key(at) & 0xF8u;
        if (key == program_key) continue;
        changes.changed(at + 1, key);
        machine::set_storage_key(at, program_key);
    }
    clear(page_0_size, machine::real_address(streams_begin), changes);
    clear(round_up(machine::real_address(streams_end), unit), sandbox, changes);
    clear(sandbox + arena_size, storage_size, changes);
}

} // namespace streams
