// The command processors that the table names, by the file that has them.
#pragma once

#include "cp/command/commands.h"

namespace cp {

// session_commands: who has the terminal, and for how long
Task<u32> begin_command(const Caller& caller, Fields operands);
Task<u32> disconnect_command(const Caller& caller, Fields operands);
Task<u32> force_command(const Caller& caller, Fields operands);
Task<u32> logoff_command(const Caller& caller, Fields operands);
Task<u32> sleep_command(const Caller& caller, Fields operands);
Task<u32> echo_command(const Caller& caller, Fields operands);

// message_commands: operands keep their case
Task<u32> message_command(const Caller& caller, Fields operands);
Task<u32> message_without_header_command(const Caller& caller, Fields operands);
Task<u32> warning_command(const Caller& caller, Fields operands);

// query, query_devices
Task<u32> query_command(const Caller& caller, Fields operands);
Task<u32> query_virtual(const Caller& caller, Fields operands);
Task<u32> query_real(const Caller& caller, Text operand);

// query_traps
Task<u32> query_traps(const Caller& caller, Fields operands);

// settings: SET, TERMINAL and what QUERY says of them
Task<u32> set_command(const Caller& caller, Fields operands);
Task<u32> terminal_command(const Caller& caller, Fields operands);
Task<u32> query_set(const Caller& caller);
Task<u32> query_terminal(const Caller& caller);

// configuration: DEFINE, DETACH, LINK
Task<u32> define_command(const Caller& caller, Fields operands);
Task<u32> detach_command(const Caller& caller, Fields operands);
Task<u32> link_command(const Caller& caller, Fields operands);

// machine_commands: the keys of the virtual machine's console
Task<u32> attention_command(const Caller& caller, Fields operands);
Task<u32> external_command(const Caller& caller, Fields operands);
Task<u32> ipl_command(const Caller& caller, Fields operands);
Task<u32> ready_command(const Caller& caller, Fields operands);
Task<u32> not_ready_command(const Caller& caller, Fields operands);
Task<u32> reset_command(const Caller& caller, Fields operands);
Task<u32> rewind_command(const Caller& caller, Fields operands);
Task<u32> system_command(const Caller& caller, Fields operands);

// trace: what the machine does, shown and stopped
Task<u32> trace_command(const Caller& caller, Fields operands);
Task<u32> address_stop_command(const Caller& caller, Fields operands);

// dump
Task<u32> dump_command(const Caller& caller, Fields operands);

// display, store
Task<u32> display_command(const Caller& caller, Fields operands);
Task<u32> display_real_command(const Caller& caller, Fields operands);
Task<u32> store_command(const Caller& caller, Fields operands);

// system_commands
Task<u32> indicate_command(const Caller& caller, Fields operands);
Task<u32> shutdown_command(const Caller& caller, Fields operands);

} // namespace cp
