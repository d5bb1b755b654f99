// What can be wrong in an EXEC file: the return codes of VM/370's EXEC and their texts.
#pragma once

#include "s370/base/text.h"

namespace cms {

enum class ExecError : u16 {
    None = 0,
    FileNotFound = 801,
    SkipOrGoto = 802,
    FileFormat = 803,
    TooManyArguments = 804,
    LoopNesting = 805,
    Reading = 806,
    Syntax = 807,
    Condition = 808,
    Assignment = 809,
    SpecialVariable = 810,
    ErrorAction = 811,
    Conversion = 812,
    TooManyTokens = 813,
    BuiltInFunction = 814,
    EndInLoop = 815,
    ControlWord = 816,
    Underflow = 817,
    Overflow = 818,
    SymbolCharacter = 819,
};

constexpr Text exec_error_text(ExecError error) {
    switch (error) {
    case ExecError::None: break;
    case ExecError::FileNotFound: return "FILE NOT FOUND"_e;
    case ExecError::SkipOrGoto: return "&SKIP OR &GOTO ERROR"_e;
    case ExecError::FileFormat: return "BAD FILE FORMAT"_e;
    case ExecError::TooManyArguments: return "TOO MANY ARGUMENTS"_e;
    case ExecError::LoopNesting: return "MAX DEPTH OF LOOP NESTING EXCEEDED"_e;
    case ExecError::Reading: return "ERROR READING FILE"_e;
    case ExecError::Syntax: return "INVALID SYNTAX"_e;
    case ExecError::Condition: return "INVALID FORM OF CONDITION"_e;
    case ExecError::Assignment: return "INVALID ASSIGNMENT"_e;
    case ExecError::SpecialVariable: return "MISUSE OF SPECIAL VARIABLE"_e;
    case ExecError::ErrorAction: return "ERROR IN &ERROR ACTION"_e;
    case ExecError::Conversion: return "CONVERSION ERROR"_e;
    case ExecError::TooManyTokens: return "TOO MANY TOKENS IN STATEMENT"_e;
    case ExecError::BuiltInFunction: return "MISUSE OF BUILT-IN FUNCTION"_e;
    case ExecError::EndInLoop: return "EOF FOUND IN LOOP"_e;
    case ExecError::ControlWord: return "INVALID CONTROL WORD"_e;
    case ExecError::Underflow: return "EXEC ARITHMETIC UNDERFLOW"_e;
    case ExecError::Overflow: return "EXEC ARITHMETIC OVERFLOW"_e;
    case ExecError::SymbolCharacter: return "SPECIAL CHARACTER IN VARIABLE SYMBOL"_e;
    }
    return {};
}

} // namespace cms
