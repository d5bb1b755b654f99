// Interruption codes. GA22-7000-10 "Interruptions".
#pragma once

#include "s370/base/types.h"

namespace s370 {

enum class Program : u16 {
    None = 0x0000,
    Operation = 0x0001,
    PrivilegedOperation = 0x0002,
    Execute = 0x0003,
    Protection = 0x0004,
    Addressing = 0x0005,
    Specification = 0x0006,
    Data = 0x0007,
    FixedOverflow = 0x0008,
    FixedDivide = 0x0009,
    DecimalOverflow = 0x000A,
    DecimalDivide = 0x000B,
    ExponentOverflow = 0x000C,
    ExponentUnderflow = 0x000D,
    Significance = 0x000E,
    FloatingDivide = 0x000F,
    SegmentTranslation = 0x0010,
    PageTranslation = 0x0011,
    TranslationSpecification = 0x0012,
    SpecialOperation = 0x0013,
    MonitorCall = 0x0040,
    PerEvent = 0x0080, // or-ed into the others
};

// Was the instruction completed in spite of its exception, stores and all?
constexpr bool completes(Program code) {
    switch (code) {
    case Program::None:
    case Program::Specification: // of the PSW that it loads
    case Program::FixedOverflow:
    case Program::DecimalOverflow:
    case Program::ExponentOverflow:
    case Program::ExponentUnderflow:
    case Program::Significance:
    case Program::MonitorCall: return true;
    default: return false;
    }
}

enum class External : u16 {
    IntervalTimer = 0x0080, // or-ed with key and signals in one interruption
    InterruptKey = 0x0040,
    EmergencySignal = 0x1201,
    ExternalCall = 0x1202,
    ClockComparator = 0x1004,
    CpuTimer = 0x1005,
};

} // namespace s370
