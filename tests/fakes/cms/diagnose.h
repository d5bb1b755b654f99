// DIAGNOSE for CMS under test: each code does what a test has put here.
#pragma once

#include "s370/machine/diagnose.h"

#include <functional>
#include <map>

namespace fakes {

// Codes without an entry change nothing and give condition code 0.
extern std::map<u32, std::function<void(::machine::Diagnose&)>> diagnoses;

} // namespace fakes
