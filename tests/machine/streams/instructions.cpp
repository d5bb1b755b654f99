// The instructions of a stream, and what they find in its pool.
#include "tests/machine/streams/stream.h"

#include <cstring>

namespace streams {
namespace {

constexpr u16 devices[] = {0x009, 0x00C, 0x00E, 0x0FF, 0x00A, 0x100, 0x1FF, 0x5C0, 0xFFF};
constexpr u16 absent_devices[] = {0x0FF, 0x00A, 0x100, 0x1FF, 0x5C0, 0xFFF};
// Of SIGP: none that stops the CPU.
constexpr u8 restart_order = 6;
constexpr u8 orders[] = {0,  1,  2,  2,  3,  3,  4,  restart_order, 13,
                         14, 15, 16, 17, 19, 19, 20, 127,           255};

constexpr u32 purge_tlb = 0xB20D, load_psw = 0x8200, store_comparator = 0xB207,
              set_cpu_timer = 0xB208;
// The first targets are not changed by EXECUTE.
constexpr u32 fixed_targets = 3;

template <usize size>
bool among(const u8 (&codes)[size], u32 code) {
    for (u8 const one : codes)
        if (one == code) return true;
    return false;
}
bool may_turn_masks_off(u32 halfword) {
    constexpr u8 codes[] = {0x80, 0x82, 0xAC, 0xAD, 0xB7};
    return halfword == set_cpu_timer || among(codes, halfword >> 8);
}
bool may_branch(u32 halfword) {
    constexpr u8 codes[] = {0x05, 0x06, 0x07, 0x0D, 0x44, 0x45, 0x46, 0x47, 0x4D, 0x82, 0x86, 0x87};
    return among(codes, halfword >> 8);
}

// MOVE LONG, EDIT, EDIT AND MARK: begun again, they find what they have stored.
bool may_begin_again(u32 halfword) {
    constexpr u8 codes[] = {0x0E, 0xDE, 0xDF};
    return among(codes, halfword >> 8);
}

u32 length_of(u32 halfword) { return halfword >> 14 == 0 ? 2 : halfword >> 14 == 3 ? 6 : 4; }

} // namespace

void Stream::put(u32 halfword) {
    if (may_begin_again(halfword)) begins_again_ = true;
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
    // A long operand does not begin in page 0 and go over this program; nor does it, interrupted,
    // leave another address of itself to EXECUTE.
    auto const fits = [&] {
        bool const base = roles_[number] == Role::Pool || roles_[number ^ 1] == Role::Pool;
        return roles_[number] != Role::Count && !(in_pool_ && base);
    };
    if (operation.has(trait::moves))
        for (u32 i = 0; i < 16 && !fits(); ++i) number = (number + 2) & 15;
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
