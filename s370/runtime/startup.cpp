#include "s370/runtime/startup.h"

using Initialiser = void (*)();

extern "C" {
extern Initialiser const __init_array_start[];
extern Initialiser const __init_array_end[];

void s370_run_static_initialisers() {
    for (auto const* each = __init_array_start; each != __init_array_end; ++each) { (*each)(); }
}
}
