// STORE (DMKCDS): storage, registers and PSW of the user's virtual machine.

#include "cp/command/processors.h"
#include "cp/guest/reflect.h"

namespace cp {
namespace {

// What the data go to next.
struct Target {
    enum class Kind : u8 { None, Words, Bytes, General, Floating, Control, Psw };
    Kind kind = Kind::None;
    u32 position = 0;  // address or register number
    u32 psw_words = 0; // taken
    u32 psw_first = 0;
    bool filled = false; // got any data
};

// 0, or the number of the message that refuses it.
// A number that there is no register of is refused when data are to go there.
u16 open_register(Target& target, Target::Kind kind, Text number) {
    bool const floating = kind == Target::Kind::Floating;
    ParsedNumber parsed = parse_decimal(number);
    if (!parsed.valid && !floating) parsed = parse_hex(number);
    if (!parsed.valid || number.size() > (floating ? 1u : 2u)) return 10;
    target = {kind, floating ? parsed.value & ~1u : parsed.value, 0, 0, false};
    return 0;
}

u16 open_storage(Target& target, Target::Kind kind, Text location) {
    if (location.empty()) return 33;
    ParsedNumber const address = parse_hex(location);
    if (!address.valid || location.size() > 6) return 4;
    u32 const at = kind == Target::Kind::Words ? address.value & ~3u : address.value;
    target = {kind, at, 0, 0, false};
    return 0;
}

// Does `word` begin a new target?
bool opens(Text word) {
    u8 const c = word[0];
    return c == 'G'_e || c == 'Y'_e || c == 'X'_e || c == 'S'_e || c == 'L'_e || c == 'P'_e;
}

u16 open(Target& target, Text word) {
    if (word[0] == 'P'_e) {
        if (!abbreviates(word, "PSW"_e, 1)) return 26;
        target = {Target::Kind::Psw, 0, 0, 0, false};
        return 0;
    }
    Text const rest = word.substr(1);
    switch (word[0]) {
    case 'G'_e: return open_register(target, Target::Kind::General, rest);
    case 'Y'_e: return open_register(target, Target::Kind::Floating, rest);
    case 'X'_e: return open_register(target, Target::Kind::Control, rest);
    case 'S'_e: return open_storage(target, Target::Kind::Bytes, rest);
    case 'L'_e: return open_storage(target, Target::Kind::Words, rest);
    default: return open_storage(target, Target::Kind::Words, word);
    }
}

u16 store_bytes(GuestStorage& storage, Target& target, Text data) {
    if (data.size() % 2 != 0) return 5;
    for (usize i = 0; i < data.size(); i += 2)
        if (!parse_hex(data.substr(i, 2)).valid) return 5;
    if (!storage.contains(GuestReal{target.position}, static_cast<u32>(data.size() / 2)))
        return 160;
    for (usize i = 0; i < data.size(); i += 2)
        storage.write(GuestReal{target.position++},
                      static_cast<u8>(parse_hex(data.substr(i, 2)).value));
    return 0;
}

u64 parse_long(Text data, bool& valid) {
    // Up to 16 digits, on the left where there are fewer.
    u8 digits[16];
    std::fill_n(digits, 16, '0'_e);
    std::copy_n(data.data(), std::min<usize>(16, data.size()), digits);
    ParsedNumber const high = parse_hex({digits, 8}), low = parse_hex({digits + 8, 8});
    valid = high.valid && low.valid && data.size() <= 16;
    return u64{high.value} << 32 | low.value;
}

u16 store_word(VirtualMachine& machine, Target& target, Text data) {
    ParsedNumber const value = parse_hex(data);
    if (!value.valid || data.size() > 8) return 5;
    switch (target.kind) {
    case Target::Kind::Words:
        if (!machine.storage.write(GuestReal{target.position}, Be32(value.value))) return 160;
        target.position += 4;
        return 0;
    case Target::Kind::General:
        if (target.position > 15) return 163;
        machine.cpu.gpr[target.position++] = value.value;
        return 0;
    case Target::Kind::Control:
        if (target.position > 15) return 163;
        // Without ECMODE there is one; the others are nobody's.
        if (target.position == 0 || machine.settings.ec_mode)
            machine.cpu.cr[target.position] = value.value;
        ++target.position;
        return 0;
    case Target::Kind::Psw:
        // One word is the second half, two are both.
        if (target.psw_words == 2) return 12;
        if (target.psw_words == 1) target.psw_first = static_cast<u32>(machine.cpu.psw.bits);
        machine.cpu.psw.bits = target.psw_words == 0
                                   ? (machine.cpu.psw.bits & 0xFFFFFFFF00000000) | value.value
                                   : u64{target.psw_first} << 32 | value.value;
        ++target.psw_words;
        return 0;
    case Target::Kind::None:
    case Target::Kind::Bytes:
    case Target::Kind::Floating: break;
    }
    return 5;
}

u16 store_data(VirtualMachine& machine, Target& target, Text data) {
    target.filled = true;
    if (target.kind == Target::Kind::Bytes) return store_bytes(machine.storage, target, data);
    if (target.kind != Target::Kind::Floating) return store_word(machine, target, data);
    if (target.position > 6) return 163;
    bool valid = false;
    u64 const value = parse_long(data, valid);
    if (!valid) return 5;
    machine.cpu.fpr[target.position / 2] = value;
    target.position += 2;
    return 0;
}

// Is `value` of use for translation in control register 0 or 1? It is stored all the same.
bool doubtful(u32 number, u32 value) {
    if (number == 1) return (value & 0x3F) != 0;
    u32 const sizes = value & s370::cr0::page_size_mask;
    return value == s370::cr0::initial || sizes == 0 || sizes == s370::cr0::page_size_mask ||
           (value & 0x000F0000) != 0;
}

} // namespace

Task<u32> store_command(const Caller& caller, Fields operands) {
    VirtualMachine& machine = caller.machine();
    MessageLine const complete("STORE COMPLETE"_e);
    Target target;
    bool stored = false; // anything
    Text where;          // of storage, as typed
    s370::Psw const before = machine.cpu.psw;
    while (!operands.empty()) {
        Text const word = operands.next();
        // The first field behind a target is data, whatever it looks like.
        bool const opening = target.kind == Target::Kind::None || (target.filled && opens(word));
        if (opening && word == "STATUS"_e) {
            if (!machine.settings.ec_mode) co_return co_await caller.fail("CDS"_e, 26);
            machine.store_status();
            stored = true;
            target = {};
            continue;
        }
        if (opening) where = word[0] == 'L'_e || word[0] == 'S'_e ? word.substr(1) : word;
        bool const control = !opening && target.kind == Target::Kind::Control;
        u32 const number = target.position;
        u16 const wrong = opening ? open(target, word) : store_data(machine, target, word);
        if (wrong != 0) co_return co_await caller.fail("CDS"_e, wrong, wrong == 160 ? where : word);
        stored = stored || !opening;
        if (control && number < 2 && machine.settings.ec_mode &&
            doubtful(number, machine.cpu.cr[number])) {
            Line<2> register_number;
            register_number.hex(number, 2);
            Line<8> data;
            data.hex(machine.cpu.cr[number], 8);
            co_await caller.fail("CDS"_e, 162, register_number, data);
        }
        bool const psw_ends = operands.empty() || opens(operands.peek());
        if (psw_ends && !valid_psw(machine, machine.cpu.psw)) {
            machine.cpu.psw = before;
            co_return co_await caller.fail("CDS"_e, 12, word);
        }
    }
    if (!stored) co_return co_await caller.fail("CDS"_e, 26);
    co_return co_await caller.answer(complete);
}

} // namespace cp
