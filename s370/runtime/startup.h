// What a program owes the compiler before its first line of C++ that counts on globals.
//
// The linker script keeps `.init_array` between the symbols __init_array_start and
// __init_array_end, and clears `.bss` (or the loader does).
#pragma once

// Runs the constructors of globals that the compiler could not make constant, in the
// order of the link. Needs a stack. Assembler calls it too.
extern "C" void s370_run_static_initialisers();
