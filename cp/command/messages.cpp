#include "cp/command/messages.h"

namespace cp {
namespace {

struct Skeleton {
    u16 number;
    u8 kind;
    Text text;
};

constexpr u8 E = 'E'_e, W = 'W'_e, I = 'I'_e;

constexpr Skeleton skeletons[] = {
    {1, E, "?CP: .."_e},
    {2, E, "INVALID OPERAND - .."_e},
    {3, E, "INVALID OPTION - .."_e},
    {4, E, "INVALID HEXLOC - .."_e},
    {5, E, "INVALID HEXDATA - .."_e},
    {6, E, "INVALID DEVICE TYPE - .."_e},
    {7, E, "INVALID USERID - .."_e},
    {8, E, "INVALID SPOOLID - .."_e},
    {9, E, "INVALID RANGE - .."_e},
    {10, E, "INVALID REGISTER - .."_e},
    {11, E, "INVALID DEVICE TYPE - .. .."_e},
    {12, E, "INVALID PSW - .."_e},
    {13, E, "CONFLICTING OPTION - .."_e},
    {20, E, "USERID MISSING OR INVALID"_e},
    {21, E, "RADDR MISSING OR INVALID"_e},
    {22, E, "VADDR MISSING OR INVALID"_e},
    {23, E, "VOLID MISSING OR INVALID"_e},
    {24, E, "CYLS MISSING OR INVALID"_e},
    {25, E, "STORAGE MISSING OR INVALID"_e},
    {26, E, "OPERAND MISSING OR INVALID"_e},
    {27, E, "SPOOLID MISSING OR INVALID"_e},
    {28, E, "CLASS MISSING OR INVALID"_e},
    {33, E, "HEXLOC MISSING OR INVALID"_e},
    {34, E, "CHANNEL MISSING OR INVALID"_e},
    {35, E, "DEVICE TYPE MISSING OR INVALID"_e},
    {40, E, "DEV .. DOES NOT EXIST"_e},
    {41, E, "LOGMSG .. DOES NOT EXIST"_e},
    {42, E, "SPOOLID .. DOES NOT EXIST"_e},
    {44, E, "SYSTEM .. DOES NOT EXIST"_e},
    {45, E, ".. NOT LOGGED ON"_e},
    {46, E, ".. .. OFFLINE"_e},
    {47, E, ".. .. DOES NOT EXIST"_e},
    {49, E, ".. .. IN USE"_e},
    {50, E, "PASSWORD INCORRECT"_e},
    {51, E, "MAXIMUM USERS EXCEEDED"_e},
    {52, E, "ERROR IN CP DIRECTORY"_e},
    {53, E, ".. NOT IN CP DIRECTORY"_e},
    {54, E, "ALREADY LOGGED ON .."_e},
    {55, E, "LINE(S) NOT AVAILABLE ON .."_e},
    {56, E, "LINE .. BUSY ON .."_e},
    {57, W, ".. NOT RECEIVING; .."_e},
    {59, E, "AUTOLOG FAILED FOR .. - .."_e},
    {60, E, "DUMP FAILED; VIRTUAL PRINTER UNAVAILABLE"_e},
    {61, E, "DUMP FAILED; VIRTUAL PRINTER ERROR"_e},
    {67, E, "COMMAND FORMAT NOT VALID"_e},
    {90, E, "DEV .. NOT DEFINED; DEV .. NOT AVAILABLE"_e},
    {91, E, "DASD .. NOT DEFINED; TEMP SPACE NOT AVAILABLE"_e},
    {92, E, "DEV .. NOT DEFINED; .. .. ALREADY DEFINED"_e},
    {93, E, ".. ERROR IN CP DIRECTORY"_e},
    {94, E, "STORAGE EXCEEDS ALLOWED MAXIMUM"_e},
    {95, E, ".. INSUFFICIENT FREE STORAGE"_e},
    {101, W, "DASD .. FORCED R/O; R/O BY .."_e},
    {102, W, "DASD .. FORCED R/O; R/W BY .."_e},
    {103, W, "DASD .. FORCED R/O; R/W BY ..; R/O BY .."_e},
    {104, E, ".. .. NOT LINKED; R/O BY .."_e},
    {105, E, ".. .. NOT LINKED; R/W BY .."_e},
    {106, E, ".. .. NOT LINKED; R/W BY ..; R/O BY .."_e},
    {107, E, ".. .. NOT LINKED; NOT IN CP DIRECTORY"_e},
    {108, E, ".. .. NOT LINKED; VOLID .. NOT MOUNTED"_e},
    {109, E, ".. .. NOT LINKED; INVALID LINK DEVICE"_e},
    {110, E, ".. .. NOT LINKED; .. .. ALREADY DEFINED"_e},
    {111, E, ".. .. NOT LINKED; NO READ PASSWORD"_e},
    {112, E, ".. .. NOT LINKED; NO WRITE PASSWORD"_e},
    {113, E, ".. .. NOT LINKED; NO MULT PASSWORD"_e},
    {114, E, ".. .. NOT LINKED; PASSWORD INCORRECT"_e},
    {115, E, "LINK INVALID; EXCESSIVE INCORRECT PASSWORDS"_e},
    {116, E, ".. .. NOT LINKED; CP DIRECTORY IN USE"_e},
    {117, E, ".. .. NOT LINKED; VOLID .. CONFLICT"_e},
    {118, E, "COMMAND FORMAT NOT VALID"_e},
    {119, E, ".. .. NOT LINKED; INSUFFICIENT FREE STORAGE"_e},
    {160, E, "HEXLOC .. EXCEEDS STORAGE"_e},
    {162, W, "INVALID ECR .. - .."_e},
    {163, E, "STORE EXCEEDS MAXIMUM REGISTER"_e},
    {164, E, "HEXLOC .. NON-ADDRESSABLE STORAGE"_e},
    {177, E, "PARM EXCEEDS 64 CHARACTERS"_e},
    {180, W, "TRACE NOT IN EFFECT"_e},
    {183, E, "VM ASSIST NOT ACTIVE"_e},
    {187, E, "TIMER ASSIST NOT AVAILABLE"_e},
    {190, E, "NO AFFINITY SPECIFIED IN DIRECTORY"_e},
    {951, I, "CP VOLID .. NOT MOUNTED"_e},
    {960, I, "SYSTEM WARM START DATA SAVED"_e},
    {961, W, "SYSTEM SHUTDOWN COMPLETE"_e},
};

} // namespace

MessageLine compose_message(Text module, u16 number, Text a, Text b, Text c, Text d) {
    Text const inserts[] = {a, b, c, d};
    Skeleton skeleton{number, E, ".. .. .. .."_e};
    for (Skeleton const& known : skeletons)
        if (known.number == number) skeleton = known;

    MessageLine line("DMK"_e);
    line << module;
    line.decimal(number, 3) << skeleton.kind;

    usize next = 0;
    bool blank_due = true; // before the next character that is not one
    auto put = [&](u8 character) {
        if (character == ' '_e) {
            blank_due = true;
            return;
        }
        if (blank_due) line << ' '_e;
        blank_due = false;
        line << character;
    };
    for (usize i = 0; i < skeleton.text.size(); ++i) {
        if (skeleton.text.substr(i, 2) != ".."_e) {
            put(skeleton.text[i]);
            continue;
        }
        ++i;
        if (next == std::size(inserts)) continue;
        for (u8 character : inserts[next]) put(character);
        ++next;
    }
    return line;
}

Text shown_part(Text message, ErrorMessages how) {
    constexpr usize code_length = 10; // DMKxxxnnnT
    switch (how) {
    case ErrorMessages::On: return message;
    case ErrorMessages::Code: return message.substr(0, code_length);
    case ErrorMessages::Text: return message.substr(code_length + 1);
    case ErrorMessages::Off: break;
    }
    return {};
}

} // namespace cp
