// DIAGNOSE, what a virtual machine asks of CP: codes and the layouts in storage.
//
// GC20-1807 "DIAGNOSE Instruction in a Virtual Machine"; registers and condition codes:
// docs/diagnose.md. Register pairs are Rx, Rx+1 and Ry, Ry+1.
#pragma once

#include "s370/base/be.h"
#include "s370/base/text.h"

namespace cp::diagnose_code {

constexpr u16 extended_identification = 0x00, examine_real_storage = 0x04, console_function = 0x08,
              pseudo_timer = 0x0C, release_pages = 0x10, spool_input = 0x14, disk_io = 0x18,
              clear_error_recording = 0x1C, general_io = 0x20, device_type = 0x24,
              channel_modification = 0x28, error_recording_start = 0x2C,
              error_recording_page = 0x30, system_dump = 0x34, symbol_table = 0x38,
              directory_swap = 0x3C, give_way = 0x44, account = 0x4C, save_network_program = 0x50,
              interrupt_key = 0x54, display = 0x58, edit_message = 0x5C, storage_size = 0x60,
              saved_system = 0x64, vmcf = 0x68, image_library = 0x74, directory_update = 0x84;
constexpr u16 installation_first = 0x100, last = 0x1FC;

} // namespace cp::diagnose_code

namespace cp {

// Code 00.
struct ExtendedIdentification {
    Name8 system;          // 0: "VM/370"
    u8 version[3];         // 8: version, level, PLC
    u8 version_code;       // 11: of STIDP
    Be16 longest_logout;   // 12: MCEL
    Be16 cpu_address;      // 14
    Name8 userid;          // 16
    u8 program_product[8]; // 24
};
static_assert(sizeof(ExtendedIdentification) == 32);

// Code 08: byte 0 of Ry, the rest is the length.
namespace console_flag {
constexpr u32 reject_passwords = 0x80000000, response_buffer = 0x40000000, flags = 0xFF000000;
}
constexpr u32 longest_command = 132, longest_response = 8192;
constexpr u8 command_separator = 0x15;

// Code 0C.
struct PseudoTimer {
    Name8 date;        // 0: mm/dd/yy
    Name8 time;        // 8: hh:mm:ss
    Be64 virtual_time; // 16: microseconds
    Be64 total_time;   // 24
};
static_assert(sizeof(PseudoTimer) == 32);

// Codes 18 and 20: in register 15.
namespace io_return {
constexpr u32 done = 0, not_attached = 1, not_disk = 2, read_only = 3, no_cylinder = 4,
              not_aligned = 5, outside_storage = 6, invalid_ccw = 7, zero_count = 8,
              count_too_large = 9, bad_buffer = 10, bad_number = 11, bad_head_seek = 12,
              io_error = 13;
constexpr u32 unit_exception = 2, wrong_length = 3; // code 20
} // namespace io_return
constexpr u32 most_transfers = 15, longest_transfer = 2048;

// Code 64: in Ry, byte 3.
namespace saved_system_function {
constexpr u32 load_shared = 0x00, load_nonshared = 0x04, purge = 0x08, find = 0x0C;
}

} // namespace cp
