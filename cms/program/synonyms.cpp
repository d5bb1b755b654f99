#include "cms/program/synonyms.h"

#include "cms/base/storage.h"

namespace cms {
namespace {

struct Synonym {
    EbcdicLiteral<9> command;
    u8 shortest;
};

constexpr Synonym standard[] = {
    {"ACCESS  ", 2}, {"ASSEMBLE", 1}, {"AMSERV  ", 2}, {"BASIC   ", 3}, {"COMPARE ", 3},
    {"COPYFILE", 4}, {"EDIT    ", 1}, {"ERASE   ", 4}, {"EXEC    ", 2}, {"FETCH   ", 3},
    {"FILEDEF ", 2}, {"GENMOD  ", 1}, {"GLOBAL  ", 2}, {"IDENTIFY", 2}, {"INCLUDE ", 2},
    {"LISTFILE", 1}, {"LOADMOD ", 5}, {"MACLIB  ", 3}, {"MODMAP  ", 3}, {"MOVEFILE", 4},
    {"OPTION  ", 2}, {"PRINT   ", 2}, {"PUNCH   ", 2}, {"QUERY   ", 1}, {"RELEASE ", 3},
    {"RENAME  ", 1}, {"READCARD", 4}, {"SCRIPT  ", 2}, {"SVCTRACE", 4}, {"SYNONYM ", 3},
    {"TXTLIB  ", 3}, {"TYPE    ", 1}, {"UPDATE  ", 1},
};

} // namespace

Name8 find_synonym(const Name8& name) {
    constexpr u8 off = optflags::no_standard_synonyms | optflags::no_abbreviations;
    if ((nucon().optflags & off) != 0) return {};
    Text const given = name.text();
    for (const Synonym& synonym : standard) {
        Text const command = Text(synonym.command.bytes, 8).without_trailing_blanks();
        if (given.size() >= synonym.shortest && given.size() < command.size() &&
            command.starts_with(given))
            return Name8(command);
    }
    return {};
}

} // namespace cms
