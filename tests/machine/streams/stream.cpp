#include "tests/machine/streams/stream.h"

#include "s370/machine/storage.h"

#include <cstring>

namespace streams {
namespace {

constexpr u16 devices[] = {0x009, 0x00C, 0x00E, 0x0FF, 0x00A, 0x100, 0x1FF, 0x5C0, 0xFFF};
constexpr u16 absent_devices[] = {0x0FF, 0x00A, 0x100, 0x1FF, 0x5C0, 0xFFF};
// Of SIGP: none that stops the CPU.
constexpr u8 restart_order = 6;
constexpr u8 orders[] = {0,  1,  2,  2,  3,  3,  4,  restart_order, 13,
                         14, 15, 16, 17, 19, 19, 20, 127,           255};

constexpr u32 purge_tlb = 0xB20D, load_psw = 0x8200, store_comparator = 0xB207;
constexpr u32 wait_base = 12;  // has the pool's address
constexpr u32 wait_time = 300; // microseconds
// The first targets are not changed by EXECUTE.
constexpr u32 fixed_targets = 3;

constexpr u32 low_address_protection = 0x10000000;
constexpr u32 external_mask = 0x01000000, per_mask = 0x40000000, ec_mode = 0x00080000; // of a PSW

u64 in_first_word(u32 bits) { return u64{bits} << 32; }

bool may_turn_masks_off(u32 halfword) {
    switch (halfword >> 8) {
    case 0x80:
    case 0x82:
    case 0xAC:
    case 0xAD:
    case 0xB7: return true;
    case 0xB2: return (halfword & 0xFF) == 0x08;
    default: return false;
    }
}
bool may_branch(u32 halfword) {
    switch (halfword >> 8) {
    case 0x05:
    case 0x06:
    case 0x07:
    case 0x0D:
    case 0x44:
    case 0x45:
    case 0x46:
    case 0x47:
    case 0x4D:
    case 0x82:
    case 0x86:
    case 0x87: return true;
    default: return false;
    }
}

// Every page could become page 0.
bool hides_new_psws(u32 address, u32 length) {
    u32 const begin = (address & ~0xFFFu) + new_psws, end = begin + new_psws_size;
    auto const overlap = [&](u32 a, u32 b) { return address < b && a < address + length; };
    return overlap(begin, end) || overlap(begin + 0x1000, end + 0x1000);
}

u32 length_of(u32 halfword) { return halfword >> 14 == 0 ? 2 : halfword >> 14 == 3 ? 6 : 4; }

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

bool Stream::moved_over_itself() const {
    constexpr u32 from = 8 * first_target, bytes = 8 * targets;
    return moves_ && (std::memcmp(machine::real(address), text_, length) != 0 ||
                      std::memcmp(machine::real(pool + from), &pool_[from / 4], bytes) != 0);
}

void Stream::choose_place() {
    do {
        address = sandbox + (random_.below(sandbox_size - most_bytes) & ~1u);
        if (random_.percent(15) && address < sandbox + sandbox_size - key_block)
            address = (address | (key_block - 1)) + 1 - 2 * random_.below(16);
    } while (hides_new_psws(address, most_bytes));
    do {
        pool = sandbox + (random_.below(sandbox_size - pool_bytes) & ~7u);
    } while (hides_new_psws(pool, pool_bytes) ||
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
    // Which space instructions come from in the secondary-space mode is unpredictable.
    if (ec) value &= ~in_first_word(0x8000);
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

// ---- Instructions

void Stream::put(u32 halfword) {
    if (halfword >> 8 == 0x0E) moves_ = true;
    if (length < most_bytes) text_[length / 2] = static_cast<u16>(halfword);
    length += 2;
}

bool Stream::allowed(u32 halfword) const {
    if (!reproducible(halfword)) return false;
    if (problem_) return true;
    if (waits)
        return !may_turn_masks_off(halfword) && !may_branch(halfword) &&
               halfword != store_comparator;
    return guarded ? !may_turn_masks_off(halfword) : !may_branch(halfword);
}

const Operation& Stream::choose() {
    for (;;) {
        auto const table = random_.percent(45)                 ? ordinary()
                           : random_.percent(guarded ? 20 : 2) ? branches()
                                                               : sensitive();
        Operation const& operation = table[random_.below(static_cast<u32>(table.size()))];
        if (in_pool_ && operation.has(trait::untold)) continue;
        if (problem_) return operation;
        if (waits && operation.has(trait::masks | trait::branch | trait::alarm)) continue;
        bool const spoils = operation.has(trait::clears) && random_.percent(90) &&
                            (before.cr[0] & low_address_protection) == 0;
        if (!spoils && !operation.has(guarded ? trait::masks : trait::branch)) return operation;
    }
}

void Stream::write_random() {
    u32 first = 0;
    do { first = random_.word() >> 16; } while (!allowed(first));
    put(first);
    for (u32 i = 2; i < length_of(first); i += 2) put(random_.word() & 0xFFFF);
}

u16 Stream::order() {
    u16 const order = random_.pick(orders);
    if (order == restart_order) restarts = true;
    return order;
}

u16 Stream::device(const Operation& operation) {
    return operation.has(trait::device) ? random_.pick(devices) : random_.pick(absent_devices);
}

u16 Stream::pool_operand(u32 number) {
    u32 const first = random_.below(16);
    for (u32 i = 0; i < 16; ++i) {
        u32 const base = (first + i) % 16;
        if (base != 0 && roles_[base] == Role::Pool && offsets_[base] <= 8 * number)
            return static_cast<u16>(base << 12 | (8 * number - offsets_[base]));
    }
    return static_cast<u16>(random_.below(16) << 12 | 8 * number);
}

// Base and displacement.
u16 Stream::operand(const Operation& operation) {
    if (random_.percent(operation.wanted == Wanted::Psw ? 96 : 85)) switch (operation.wanted) {
        case Wanted::Psw:
            // Each PSW of its own leads to where its LPSW is followed.
            if (in_pool_ || used_psws_ == own_psws)
                return pool_operand(psws - 1 - random_.below(psws - own_psws));
            continuations_[used_psws_] = length + 4;
            return pool_operand(used_psws_++);
        case Wanted::Target: break;
        case Wanted::Control:
            return static_cast<u16>(pool_operand(first_control + random_.below(4)) +
                                    4 * random_.below(2));
        case Wanted::Address:
            return static_cast<u16>(pool_operand(first_address + random_.below(4)) +
                                    4 * random_.below(2));
        case Wanted::Digits: return pool_operand(first_digits + random_.below(4));
        case Wanted::Any: break;
        }
    u32 base = 0;
    for (u32 tries = 0; tries < 6 && (base == 0 || roles_[base] == Role::Count); ++tries)
        base = random_.below(16);
    u32 const mask = random_.percent(85) ? ~(operation.alignment - 1u) : ~0u;
    if (roles_[base] == Role::Count) base = 0;
    // The interval timer and the new PSWs are best left alone.
    if (base == 0) return static_cast<u16>((0x400 + random_.below(0xC00)) & mask);
    u32 const most = random_.percent(6) ? 4096 : roles_[base] == Role::Edge ? 16 : 128;
    return static_cast<u16>(base << 12 | (random_.below(most) & mask));
}

u32 Stream::any_register(const Operation& operation) {
    u32 number = random_.below(16);
    if (operation.has(trait::pairs) && random_.percent(85)) number &= 14;
    // A long operand does not begin in page 0 and go over this program.
    if (operation.has(trait::moves))
        for (u32 i = 0; i < 16 && roles_[number] == Role::Count; ++i) number = (number + 2) & 15;
    return number;
}

// One with the address of a block: not of page 0, where the new PSWs and the interval timer are,
// nor of the tables, which the TLB may still have.
u32 Stream::block_register() {
    u32 number = random_.below(16);
    for (u32 i = 0; i < 8 && roles_[number] != Role::Block; ++i) number = random_.below(16);
    for (u32 i = 0; i < 16 && (roles_[number] == Role::Count || roles_[number] == Role::Table); ++i)
        number = (number + 1) & 15;
    return number;
}

// One with a small number: the CPU's, perhaps.
u32 Stream::count_register() {
    u32 number = random_.below(16);
    for (u32 i = 0; i < 16 && roles_[number] != Role::Count; ++i) number = (number + 1) & 15;
    return number;
}

// The second one of an RR instruction.
u32 Stream::second_register(const Operation& operation) {
    if (operation.has(trait::block)) return block_register();
    return any_register(operation);
}

// LA and SLL: an address that is not in the pages of the stream, which are fetched from till PTLB.
void Stream::load_elsewhere(u32 number) {
    u32 const page = address & ~0xFFFu;
    u32 elsewhere = 0;
    do {
        elsewhere = sandbox + (random_.below(sandbox_size) & ~0xFFu);
    } while (elsewhere - page < 0x2000);
    put(0x4100 | number << 4), put(elsewhere >> 8);
    put(0x8900 | number << 4), put(8);
}

void Stream::write(const Operation& operation) {
    u32 const code = u32{operation.code} << 8;
    u32 const r1 = any_register(operation);
    switch (operation.form) {
    case Form::Bare: put(code | operation.second), put(0); break;
    case Form::RR: {
        u32 const r2 = second_register(operation);
        if (operation.has(trait::untold)) load_elsewhere(r2);
        put(code | r1 << 4 | r2);
        if (operation.has(trait::untold)) put(purge_tlb), put(0);
        break;
    }
    case Form::RX: {
        u32 const index = random_.percent(75) ? 0 : random_.below(16);
        if (operation.wanted == Wanted::Target && random_.percent(85)) {
            bool const changed = random_.percent(50);
            u32 const target =
                first_target + (changed ? fixed_targets : 0) + random_.below(fixed_targets);
            put(code | (changed ? r1 << 4 : 0)), put(pool_operand(target) + 2u);
            break;
        }
        u32 const where = operand(operation);
        put(code | r1 << 4 | index), put(where);
        break;
    }
    case Form::RS: {
        u32 r3 = random_.percent(60) ? (r1 + random_.below(3)) & 15 : random_.below(16);
        if (operation.wanted == Wanted::Control && random_.percent(90)) {
            constexpr u8 often[] = {0, 0, 0, 1, 1, 2, 3, 7, 8, 9, 10, 11};
            u32 const one = random_.pick(often);
            u32 const where = operand(operation), first_word = where & ~4u;
            put(code | one << 4 | (one == 0 && random_.percent(25) ? 1 : one));
            put(one == 0 ? first_word : one == 1 ? where | 4 : where);
            break;
        }
        if (operation.has(trait::order)) r3 = count_register();
        put(code | r1 << 4 | r3);
        put(operation.has(trait::order) ? order() : operand(operation));
        break;
    }
    case Form::SI: {
        u32 const where = operand(operation);
        put(code | (random_.word() & 0xFF)), put(where);
        break;
    }
    case Form::S: {
        bool const device_wanted = operation.has(trait::device | trait::absent);
        u32 const where = device_wanted ? device(operation) : operand(operation);
        put(code | operation.second), put(where);
        if (operation.has(trait::untold)) put(purge_tlb), put(0);
        break;
    }
    case Form::RRE: {
        u32 const r2 = block_register();
        if (operation.has(trait::untold)) load_elsewhere(r2);
        put(code | operation.second), put(r1 << 4 | r2);
        if (operation.has(trait::untold)) put(purge_tlb), put(0);
        break;
    }
    case Form::SS: {
        u32 const lengths =
            random_.percent(80) ? random_.below(4) << 4 | random_.below(16) : random_.below(256);
        put(code | lengths);
        put(operand(operation)), put(operand(operation));
        break;
    }
    case Form::SSE:
        put(code | operation.second);
        put(operand(operation)), put(operand(operation));
        break;
    }
}

void Stream::write_instructions() {
    u32 const count = 1 + random_.below(waits ? most_instructions / 3 : most_instructions);
    while (instructions < count && length + bytes_at_once + end_bytes <= most_bytes) {
        random_.percent(6) ? write_random() : write(choose());
        ++instructions;
    }
    if (waits) put(load_psw), put(wait_base << 12 | 8 * (psws - 1));
    for (u32 i = 0; i < 4; ++i) put(0x0A00 | (random_.word() & 0xFF));
    put(0); // no operation
}

void Stream::write_pool() {
    u32* const words = pool_;
    for (u32 i = 0; i < pool_bytes / 4; ++i)
        words[i] = harmless(i % 2 == 0 ? without_wait(random_.word()) : random_.word());
    for (u32 i = 0; i < psws; ++i) {
        u32 const where = i < used_psws_ ? continuations_[i] : length - 2 * (1 + random_.below(4));
        u64 value = psw(address + where, false);
        if (waits && i == psws - 1) value |= in_first_word(wait | external_mask);
        words[2 * i] = static_cast<u32>(value >> 32);
        words[2 * i + 1] = static_cast<u32>(value);
    }
    for (u32 i = 0; i < 4; ++i) {
        words[2 * (first_control + i)] = without_wait(control_0());
        words[2 * (first_control + i) + 1] = like_space();
        u32 const anywhere = sandbox + random_.below(sandbox_size);
        words[2 * (first_address + i)] =
            without_wait(random_.percent(60) ? anywhere & ~15u : anywhere);
        words[2 * (first_address + i) + 1] = sandbox + (random_.below(sandbox_size) & ~7u);
        words[2 * (first_digits + i)] &= 0x11111111 * random_.below(10) & ~wait;
        words[2 * (first_digits + i) + 1] =
            (words[2 * (first_digits + i) + 1] & 0x77777770) | (10 + random_.below(6));
    }
    // Instructions for EXECUTE.
    in_pool_ = true;
    u16 stream_text[most_bytes / 2];
    std::memcpy(stream_text, text_, sizeof text_);
    u32 const stream_length = length, stream_instructions = instructions;
    for (u32 i = 0; i < targets; ++i) {
        do {
            length = 0;
            random_.percent(6) ? write_random() : write(choose());
        } while (i >= fixed_targets && long_code(text_[0]));
        auto* const target = reinterpret_cast<u16*>(&words[2 * (first_target + i)]);
        target[0] = 0;
        std::memcpy(target + 1, text_, length);
    }
    std::memcpy(text_, stream_text, sizeof text_);
    length = stream_length;
    instructions = stream_instructions;
}

} // namespace streams
