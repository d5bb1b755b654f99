#include "tests/machine/streams/stream.h"

#include "s370/machine/storage.h"

#include <cstring>

namespace streams {
namespace {

constexpr u32 wait_time = 300;                                                       // microseconds
constexpr u32 per_mask = 0x40000000, ec_mode = 0x00080000, secondary_space = 0x8000; // of a PSW

// Every page could become page 0.
bool hides_assigned(u32 address, u32 length) {
    u32 const begin = (address & ~(page_0_size - 1)) + assigned, end = begin + assigned_size;
    auto const overlap = [&](u32 a, u32 b) { return address < b && a < address + length; };
    return overlap(begin, end) || overlap(begin + page_0_size, end + page_0_size);
}

} // namespace

Stream::Stream(u32 seed, const Arena& arena) : random_(seed), arena_(arena) {
    std::memset(&before, 0, sizeof before);
    space_ = &arena.space(random_.below(Arena::spaces));
    ec_handlers = random_.percent(50);
    purged = random_.percent(30);
    choose_place();
    choose_state();
    load_registers();
    write_instructions();
    write_pool();
    choose_new_psw();
}

void Stream::limit(u32 time, bool other) {
    u32 limit = 2'000'000; // never
    if (guarded) limit = time;
    if (waits) limit = comparator() ? 20'000 : wait_time;
    before.cpu_timer = u64{limit + (other ? 100 : 0)} << 12;
}

void Stream::place() const {
    std::memcpy(machine::real(address), text_, length);
    std::memcpy(machine::real(pool), pool_, pool_bytes);
}

bool Stream::overwrote_itself() const {
    constexpr u32 from = 8 * first_target, bytes = 8 * targets;
    return begins_again_ && (std::memcmp(machine::real(address), text_, length) != 0 ||
                             std::memcmp(machine::real(pool + from), &pool_[from / 4], bytes) != 0);
}

void Stream::choose_place() {
    do {
        address = sandbox + (random_.below(sandbox_size - most_bytes) & ~1u);
        if (random_.percent(15) && address < sandbox + sandbox_size - key_block)
            address = (address | (key_block - 1)) + 1 - 2 * random_.below(16);
    } while (hides_assigned(address, most_bytes));
    do {
        pool = sandbox + (random_.below(sandbox_size - pool_bytes) & ~7u);
    } while (hides_assigned(pool, pool_bytes) ||
             (pool < address + most_bytes && address < pool + pool_bytes));
}

void Stream::choose_state() {
    problem_ = random_.percent(35);
    guarded = problem_ || random_.percent(35);
    zero_key_ = random_.percent(45);
    waits = !guarded && random_.percent(8);
    per_ = random_.percent(15);
    u32 cr0 = control_0();
    if (random_.percent(5)) cr0 = (cr0 & ~0x00F80000u) | (random_.word() & 0x00F80000);
    u32* const cr = before.cr;
    cr[0] = cr0;
    cr[1] = random_.percent(3) ? random_.word() & 0x001FFFC0 : space_->cr1;
    cr[2] = random_.word();
    cr[3] = random_.percent(30) ? random_.word() : 0;
    cr[4] = random_.word();
    cr[7] = like_space();
    cr[8] = random_.percent(50) ? random_.word() & 0xFFFF : 0;
    cr[14] = 0xC2000000;
    if (per_) choose_events();
    before.psw = psw(address, true);
    for (u64& fpr : before.fpr) {
        fpr = u64{random_.word()} << 32 | random_.word();
        if (random_.percent(80)) fpr = (fpr & ~(u64{0x70} << 56)) | u64{0x40} << 56;
    }
}

// What PER watches: a part of the stream or its pool, or nearly all.
void Stream::choose_events() {
    u32 const first = random_.percent(50) ? address + random_.below(64) : pool + random_.below(256);
    u32 const at = random_.percent(70) ? first : sandbox + random_.below(sandbox_size);
    before.cr[9] = random_.below(16) << 28 | (random_.word() & 0xFFFF);
    before.cr[10] = at;
    before.cr[11] = random_.percent(90) ? at + random_.below(16) : at - random_.below(sandbox);
}

// Control register 1 of a space with the same sizes.
u32 Stream::like_space() {
    for (;;) {
        Space const& other = arena_.space(random_.below(Arena::spaces));
        if (other.cr0 == space_->cr0) return other.cr1;
    }
}

u32 Stream::control_0() {
    u32 cr0 = space_->cr0;
    if (guarded || waits) cr0 |= cpu_timer_mask;
    cr0 |= random_.word() & (comparator_mask | 0x6060);
    if (random_.percent(4)) cr0 |= 0x40000000; // SSM suppression
    // With key 0 it is mostly what keeps the new PSWs.
    if (random_.percent(zero_key_ ? 60 : 6)) cr0 |= low_address_protection;
    if (random_.percent(10)) cr0 |= 0x08000000; // extraction authority
    if (random_.percent(50)) cr0 |= 0x80000000;
    return cr0;
}

// A PSW that goes on at a place in the sandbox; as the first one, with the state chosen.
u64 Stream::psw(u32 real_address, bool first) {
    // One that waits gets there.
    bool const certain = first && waits;
    u32 const roll = random_.below(certain ? 65 : 100);
    bool const ec = roll >= 35, translating = roll >= 65;
    bool const problem = first ? problem_ : random_.percent(25);
    u32 mask = random_.word() & 0xFF;
    if (guarded || random_.percent(30)) mask |= 1;
    if (waits) mask &= 0xFE;
    u32 key = 0;
    if (!zero_key_) key = random_.percent(80) ? arena_.some_key(random_) : random_.below(16);
    u32 where = translating ? space_->address_of(real_address) : real_address;
    if (!certain && random_.percent(first ? 1 : 4)) where = random_.word();
    if (!certain && random_.percent(first ? 1 : 3)) where |= 1;
    u32 const condition_and_mask = random_.below(64);
    u32 high = 0, low = where & 0xFFFFFF;
    if (ec) {
        mask &= 0x03;
        if (translating) mask |= 0x04;
        if (per_ && random_.percent(70)) mask |= 0x40;
        high = mask << 24 | 0x00080000 | condition_and_mask << 8;
        if (!first && random_.percent(8)) high |= 1u << random_.below(32);
        if (!first && random_.percent(3)) low |= random_.word() & 0xFF000000;
        if (!per_) high &= ~per_mask;
        // Which space instructions come from in the secondary-space mode is unpredictable.
        high &= ~secondary_space;
    } else {
        high = mask << 24 | (random_.word() & 0xFFFF);
        low |= condition_and_mask << 24 | (random_.word() & 0xC0000000);
    }
    high = (without_wait(high) & 0xFF0FFFFF) | key << 20 | (problem ? 0x10000 : 0);
    return u64{high} << 32 | low;
}

// One new PSW may be the stream's: it leads to the program's handler or to the stream's last
// instructions, which end with an interruption of another class.
void Stream::choose_new_psw() {
    enum { External, Svc, Program };
    if (!random_.percent(20)) return;
    u32 const number = random_.below(3);
    if (number == External && guarded) return; // it tells of loops
    u32 const last = address + length - (number == Program ? 4 : 2);
    u64 value = psw(last, false);
    bool const ec = (value & in_first_word(ec_mode)) != 0;
    u64 const condition = ec ? in_first_word(0x3F00) : 0x3F000000;
    // Program interruptions must come to an end, and handlers look into control registers.
    if (random_.percent(40))
        value &= in_first_word(0x01F80000) | condition;
    else if (number == Program)
        value = (value & (in_first_word(0x030D0000) | condition)) | last;
    if (number == Program) value &= ~in_first_word(0x00F00000);
    if (number == External) value &= ~in_first_word(external_mask); // the clocks keep asking
    new_psws[number] = value;
}

u32 Stream::value_of(Role role, u32 number) {
    bool const translating = (before.psw >> 58 & 1) != 0 && (before.psw >> 51 & 1) != 0;
    auto const seen = [&](u32 real) { return translating ? space_->address_of(real) : real; };
    switch (role) {
    case Role::Pool:
        offsets_[number] = 8 * random_.below(pool_bytes / 8);
        return seen(pool) + offsets_[number];
    case Role::Sandbox: {
        u32 const at = random_.below(sandbox_size);
        return sandbox + (random_.percent(75) ? at & ~7u : at);
    }
    case Role::Edge: return sandbox + key_block * (1 + random_.below(16)) - random_.below(16);
    case Role::Block: return sandbox + key_block * random_.below(16);
    case Role::Table: return tables + (random_.below(tables_size) & ~7u);
    case Role::Target: return seen(address) + 2 * random_.below(48);
    case Role::Wild: {
        u32 const wild = random_.word();
        return (wild & 0xFFFFFF) < storage_size ? wild | 0x00400000 : wild;
    }
    case Role::Count: break;
    }
    return random_.percent(60) ? random_.below(2) : random_.below(300);
}

void Stream::load_registers() {
    constexpr Role mostly[] = {Role::Pool,    Role::Pool,    Role::Pool,  Role::Sandbox,
                               Role::Sandbox, Role::Sandbox, Role::Edge,  Role::Block,
                               Role::Block,   Role::Target,  Role::Count, Role::Wild};
    for (u32 i = 0; i < 16; ++i) {
        roles_[i] = random_.percent(3) ? Role::Table : random_.pick(mostly);
        if (waits && i == wait_base) roles_[i] = Role::Pool;
        before.gpr[i] = value_of(roles_[i], i);
        if (random_.percent(30)) before.gpr[i] |= random_.word() & 0xFF000000;
    }
    if (waits) before.gpr[wait_base] -= offsets_[wait_base], offsets_[wait_base] = 0;
}

} // namespace streams
