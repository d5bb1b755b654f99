// The supervisor call (DMSITS): SVC 202 calls a command, SVC 203 a service.
//
// GC20-1818 VM/370 System Logic, "SVC Handling". Register contents, call types,
// the error-address word and the codes are VM/370's.
#pragma once

#include "cms/base/function.h"
#include "cms/layout/ssave.h"

namespace cms {

// Calls a function, a program or a MODULE as SVC 202 does, and returns its
// register 15; -3: there is none of that name. The plist's first token names it.
i32 call_command(u32 plist_and_type, u32 r0 = 0);

// The state of the caller, from its SVC on until it goes on.
Ssave* current_save();

// Frees the save areas of all calls, which will not return.
void forget_calls();

i32 hndsvc_function(FunctionCall& call);
void clear_svc_handlers();

// Codes of call_command() that are not the called program's own (MISFLAGS from_svc_handler).
namespace call_rc {
constexpr i32 not_found = -3, in_subset = -2, bad_module = -4, other_environment = -5;
}

} // namespace cms
