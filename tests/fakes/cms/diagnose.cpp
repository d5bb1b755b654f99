#include "cms/diagnose.h"

std::map<u32, std::function<void(machine::Diagnose&)>> fakes::diagnoses;

extern "C" void machine_diagnose(u32 code, machine::Diagnose* registers) {
    auto const found = fakes::diagnoses.find(code);
    registers->condition_code = 0;
    if (found != fakes::diagnoses.end()) found->second(*registers);
}
