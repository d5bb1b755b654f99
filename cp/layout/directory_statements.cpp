#include "cp/layout/directory_statements.h"

namespace cp::directory {
namespace {

struct KeywordName {
    Text text;
    usize shortest;
    Keyword keyword;
};
constexpr KeywordName keyword_names[] = {
    {"DIRECTORY"_e, 3, Keyword::Directory},
    {"USER"_e, 1, Keyword::User},
    {"ACCOUNT"_e, 1, Keyword::Account},
    {"OPTION"_e, 1, Keyword::Option},
    {"IPL"_e, 1, Keyword::Ipl},
    {"CONSOLE"_e, 1, Keyword::Console},
    {"MDISK"_e, 1, Keyword::Minidisk},
    {"SPOOL"_e, 1, Keyword::Spool},
    {"DEDICATE"_e, 1, Keyword::Dedicate},
    {"LINK"_e, 1, Keyword::Link},
    {"SPECIAL"_e, 3, Keyword::Special},
};

Failure<Fault> bad(Text operand) { return Failure{Fault{invalid_operand, Name8(operand)}}; }

using Word = Result<Text, Fault>;
Word required(Fields& fields) {
    Text const word = fields.next();
    if (word.empty()) return Failure{Fault{operand_missing, {}}};
    return word;
}

Parsed end_of(Fields& fields) {
    if (!fields.empty()) return bad(fields.next());
    return Nothing{};
}

template <usize length>
Parsed take_name(Fields& fields, Name<length>& name) {
    Text const word = TRY(required(fields));
    if (word.size() > length) return bad(word);
    name = word;
    return Nothing{};
}

Result<u16, Fault> take_address(Fields& fields) {
    Text const word = TRY(required(fields));
    ParsedNumber const number = parse_hex(word);
    if (!number.valid || number.value > 0xFFF) return bad(word);
    return static_cast<u16>(number.value);
}

Result<u16, Fault> take_halfword(Fields& fields) {
    Text const word = TRY(required(fields));
    ParsedNumber const number = parse_decimal(word);
    if (!number.valid || number.value > 0xFFFF) return bad(word);
    return static_cast<u16>(number.value);
}

Parsed take_password(Fields& fields, Password& password) {
    Text const word = fields.next();
    if (word.size() > 8) return bad(word);
    password = word;
    return Nothing{};
}

// nnnnnK or nnM, up to a multiple of 4K.
Result<u32, Fault> parse_storage(Text word) {
    if (word.size() < 2) return bad(word);
    ParsedNumber const number = parse_decimal(word.substr(0, word.size() - 1));
    bool const mega = word.back() == 'M'_e;
    if (!number.valid || (!mega && word.back() != 'K'_e) || number.value > 16384) return bad(word);
    u32 const kilobytes = number.value * (mega ? 1024 : 1);
    if (kilobytes < 8 || kilobytes > 16384) return bad(word);
    return (kilobytes + 3) / 4 * 4096;
}

Result<u8, Fault> parse_classes(Text word) {
    u8 classes = 0;
    for (u8 c : word) {
        if (c < 'A'_e || c > 'H'_e) return bad(word);
        classes = static_cast<u8>(classes | 0x80 >> (c - 'A'_e));
    }
    return classes;
}

// A character, its two hexadecimal digits, ON or OFF.
Result<u8, Fault> parse_editing(Text word, u8 usual) {
    if (word.empty() || word == "ON"_e) return usual;
    if (word == "OFF"_e) return u8{0};
    if (word.size() == 1) return word[0];
    ParsedNumber const number = parse_hex(word);
    if (word.size() != 2 || !number.valid) return bad(word);
    return static_cast<u8>(number.value);
}

bool listed(u32 value, std::initializer_list<u32> values) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

// Device types are read as the hexadecimal digits that they look like.
Result<u16, Fault> take_type(Fields& fields, std::initializer_list<u32> types) {
    Text const word = TRY(required(fields));
    ParsedNumber const number = parse_hex(word);
    if (!number.valid || !listed(number.value, types)) return bad(word);
    return static_cast<u16>(number.value);
}

Result<u8, Fault> take_class(Fields& fields, u8 usual) {
    Text const word = fields.next();
    if (word.empty()) return usual;
    if (word.size() != 1 || (!ebcdic::is_upper_letter(word[0]) && !ebcdic::is_digit(word[0])))
        return bad(word);
    return word[0];
}

Parsed set_mode(Text word, DeviceEntry& device, bool suffix) {
    Text mode = word;
    if (suffix && mode.size() > 1 && mode.back() == 'V'_e) {
        device.flags |= device_flag::reserve_release;
        mode = mode.substr(0, mode.size() - 1);
    }
    if (!(mode == "R"_e || mode == "RR"_e || mode == "W"_e || mode == "WR"_e || mode == "M"_e ||
          mode == "MR"_e || mode == "MW"_e))
        return bad(word);
    device.mode = mode;
    return Nothing{};
}

Parsed parse_option(Fields& fields, UserEntry& user) {
    struct OptionName {
        Text text;
        usize shortest;
        u16 bit;
    };
    static constexpr OptionName names[] = {
        {"REALTIMER"_e, 1, option::real_timer},
        {"ECMODE"_e, 1, option::ec_mode},
        {"ISAM"_e, 1, option::isam},
        {"VIRT=REAL"_e, 1, option::virtual_real},
        {"AFFINITY"_e, 2, option::affinity},
        {"ACCT"_e, 1, option::account},
        {"SVCOFF"_e, 1, option::svc_off},
        {"BMX"_e, 1, option::block_multiplexer},
        {"CPUID"_e, 1, option::cpu_id},
        {"LNKNOPAS"_e, 1, option::link_no_password},
        {"STFIRST"_e, 2, option::st_first},
    };
    if (fields.empty()) return Failure{Fault{operand_missing, {}}};
    while (!fields.empty()) {
        Text const word = fields.next();
        u16 bit = 0;
        for (const OptionName& name : names)
            if (bit == 0 && abbreviates(word, name.text, name.shortest)) bit = name.bit;
        if (bit == 0) return bad(word);
        user.options |= bit;
        if (bit == option::cpu_id) {
            Text const serial = TRY(required(fields));
            ParsedNumber const number = parse_hex(serial);
            if (serial.size() != 6 || !number.valid) return bad(serial);
            user.cpu_serial = number.value;
        } else if (bit == option::affinity) {
            Text const cpu = TRY(required(fields));
            ParsedNumber const number = parse_hex(cpu);
            if (cpu.size() != 2 || !number.valid) return bad(cpu);
            user.affinity = static_cast<u8>(number.value);
        }
    }
    return Nothing{};
}

// IPL system [PARM text]
Parsed parse_ipl(Fields& fields, UserEntry& user) {
    TRY(take_name(fields, user.ipl));
    if (fields.empty()) return Nothing{};
    Text const word = fields.next();
    if (!(word == "PARM"_e)) return bad(word);
    Text const parameters = fields.rest().without_trailing_blanks();
    if (parameters.size() > sizeof user.ipl_parameters) return bad(parameters);
    user.ipl_parameters = parameters;
    return Nothing{};
}

// MDISK cuu type {cylr cyls volser|T-DISK cyls} [mode [pr [pw [pm]]]]
Parsed parse_minidisk(Fields& fields, DeviceEntry& device) {
    Text const word = TRY(required(fields));
    if (word == "2311T"_e || word == "2311B"_e) {
        device.type = 0x2311;
        if (word.back() == 'B'_e) device.flags |= device_flag::bottom;
    } else {
        ParsedNumber const number = parse_hex(word);
        if (!number.valid || !listed(number.value, {0x2305, 0x2311, 0x2314, 0x2319, 0x3330, 0x3340,
                                                    0x3350, 0x3375, 0x3380}))
            return bad(word);
        device.type = static_cast<u16>(number.value);
    }

    Text const start = TRY(required(fields));
    if (start == "T-DISK"_e) {
        device.flags |= device_flag::temporary;
    } else {
        ParsedNumber const number = parse_decimal(start);
        if (!number.valid || number.value > 0xFFFF) return bad(start);
        device.first_cylinder = static_cast<u16>(number.value);
    }
    Text const length = fields.peek();
    device.cylinders = TRY(take_halfword(fields));
    if (device.cylinders == 0 || u32{device.first_cylinder} + device.cylinders > 0x10000)
        return bad(length);
    if ((device.flags & device_flag::temporary) == 0) TRY(take_name(fields, device.volume));

    Text const mode = fields.next();
    TRY(set_mode(mode.empty() ? "W"_e : mode, device, true));
    TRY(take_password(fields, device.read));
    TRY(take_password(fields, device.write));
    TRY(take_password(fields, device.multiple));
    return Nothing{};
}

// SPOOL cuu devtype [class]
Parsed parse_spool(Fields& fields, DeviceEntry& device) {
    device.type = TRY(take_type(
        fields, {0x1403, 0x1443, 0x3203, 0x3211, 0x3800, 0x2540, 0x2501, 0x3505, 0x3525}));
    if (device.type == 0x2540) {
        Text const side = TRY(required(fields));
        if (abbreviates(side, "READER"_e, 1))
            device.flags |= device_flag::reader;
        else if (abbreviates(side, "PUNCH"_e, 1))
            device.flags |= device_flag::punch;
        else
            return bad(side);
    }
    if (device.type == 0x2501 || device.type == 0x3505) device.flags |= device_flag::reader;
    if (device.type == 0x3525) device.flags |= device_flag::punch;
    device.spool_class = TRY(take_class(fields, 'A'_e));
    return Nothing{};
}

// DEDICATE cuu {rdev|[VOLID] volser} [3330V]
Parsed parse_dedicate(Fields& fields, DeviceEntry& device) {
    Text word = TRY(required(fields));
    bool const volume = word == "VOLID"_e;
    if (volume) word = TRY(required(fields));
    ParsedNumber const number = parse_hex(word);
    if (!volume && number.valid && number.value <= 0xFFF) {
        device.real_address = static_cast<u16>(number.value);
    } else {
        if (word.size() > 6) return bad(word);
        device.flags |= device_flag::by_volume;
        device.volume = word;
    }
    if (fields.peek() == "3330V"_e) fields.next();
    return Nothing{};
}

// LINK userid ldev [cuu [mode]]; the first two are what is linked to.
Parsed parse_link(Fields& fields, DeviceEntry& device) {
    TRY(take_name(fields, device.link_userid));
    device.link_address = TRY(take_address(fields));
    device.address = device.link_address.value();
    if (!fields.empty()) device.address = TRY(take_address(fields));
    Text const mode = fields.next();
    return set_mode(mode.empty() ? "R"_e : mode, device, false);
}

// SPECIAL cuu devtype [IBM|TELE]
Parsed parse_special(Fields& fields, DeviceEntry& device) {
    Text const word = TRY(required(fields));
    if (word == "CTCA"_e) {
        device.type = type_ctca;
        return Nothing{};
    }
    if (word == "TIMER"_e) {
        device.type = type_timer;
        return Nothing{};
    }
    ParsedNumber const number = parse_hex(word);
    if (!number.valid ||
        !listed(number.value, {0x2701, 0x2702, 0x2703, 0x3270, 0x3138, 0x3148, 0x3158}))
        return bad(word);
    device.type = static_cast<u16>(number.value);
    if (fields.peek() == "TELE"_e) device.flags |= device_flag::tele;
    if (fields.peek() == "TELE"_e || fields.peek() == "IBM"_e) fields.next();
    return Nothing{};
}

} // namespace

SourceLine source_line(Text text) {
    SourceLine line;
    for (u8 c : text.substr(0, source_columns)) line << ebcdic::upper(c);
    return line;
}

Result<Keyword, Fault> parse_keyword(Fields& fields) {
    Text const word = fields.next();
    if (word.empty() || word[0] == '*'_e) return Keyword::Comment;
    for (const KeywordName& name : keyword_names)
        if (abbreviates(word, name.text, name.shortest)) return name.keyword;
    return bad(word);
}

Parsed parse_directory(Fields& fields, Target& target) {
    target.address = TRY(take_address(fields));
    target.type =
        TRY(take_type(fields, {0x2305, 0x2314, 0x2319, 0x3330, 0x3340, 0x3350, 0x3375, 0x3380}));
    TRY(take_name(fields, target.volume));
    return end_of(fields);
}

// USER userid pass [stor [mstor [cl [pri [le [ld [cd [es]]]]]]]]
Parsed parse_user(Fields& fields, UserEntry& user) {
    constexpr u32 usual_storage = 128u << 10, usual_max_storage = 1u << 20;
    user = {};
    TRY(take_name(fields, user.userid));
    user.account = user.userid.text();
    user.distribution = user.userid.text();
    Text const password = TRY(required(fields));
    if (password.size() > 8) return bad(password);
    user.password = password;

    Text const storage = fields.next();
    user.storage = storage.empty() ? usual_storage : TRY(parse_storage(storage));
    Text const max_storage = fields.next();
    user.max_storage = max_storage.empty() ? std::max(usual_max_storage, user.storage.value())
                                           : TRY(parse_storage(max_storage));
    if (user.max_storage < user.storage) return bad(max_storage);

    Text const classes = fields.next();
    user.classes = TRY(parse_classes(classes.empty() ? "G"_e : classes));
    Text const priority = fields.next();
    ParsedNumber const number = parse_decimal(priority.empty() ? "50"_e : priority);
    if (!number.valid || number.value < 1 || number.value > 99) return bad(priority);
    user.priority = static_cast<u8>(number.value);

    user.line_end = TRY(parse_editing(fields.next(), '#'_e));
    user.line_delete = TRY(parse_editing(fields.next(), '\xA2'_e));
    user.character_delete = TRY(parse_editing(fields.next(), '@'_e));
    user.escape = TRY(parse_editing(fields.next(), '"'_e));
    return end_of(fields);
}

Parsed parse_user_statement(Keyword keyword, Fields& fields, UserEntry& user) {
    if (keyword == Keyword::Option) return parse_option(fields, user);
    if (keyword == Keyword::Ipl) return parse_ipl(fields, user);
    TRY(take_name(fields, user.account));
    if (!fields.empty()) TRY(take_name(fields, user.distribution));
    return end_of(fields);
}

Parsed parse_device(Keyword keyword, Fields& fields, DeviceEntry& device) {
    device = {};
    device.read = Text();
    device.write = Text();
    device.multiple = Text();
    if (keyword == Keyword::Link) {
        device.statement = Statement::Link;
        TRY(parse_link(fields, device));
        return end_of(fields);
    }
    device.address = TRY(take_address(fields));
    switch (keyword) {
    case Keyword::Minidisk:
        device.statement = Statement::Minidisk;
        TRY(parse_minidisk(fields, device));
        break;
    case Keyword::Spool:
        device.statement = Statement::Spool;
        TRY(parse_spool(fields, device));
        break;
    case Keyword::Dedicate:
        device.statement = Statement::Dedicate;
        TRY(parse_dedicate(fields, device));
        break;
    case Keyword::Special:
        device.statement = Statement::Special;
        TRY(parse_special(fields, device));
        break;
    default:
        device.statement = Statement::Console;
        device.type = TRY(take_type(
            fields, {0x1052, 0x3210, 0x3215, 0x3138, 0x3148, 0x3158, 0x3036, 0x3066, 0x3270}));
        device.spool_class = TRY(take_class(fields, 'T'_e));
    }
    return end_of(fields);
}

} // namespace cp::directory
