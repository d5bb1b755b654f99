// Assigned storage locations, real addresses 0 to 511.
//
// GA22-7000-10 "Assigned Storage Locations". The same for the real machine,
// for a virtual machine's page 0 and for CMS's NUCON.
#pragma once

#include "s370/base/be.h"

#include <cstddef>

namespace s370 {

struct LowStorage {
    Be64 restart_new_psw;        //   0: also the IPL PSW
    Be64 restart_old_psw;        //   8: also IPL CCW 1
    Be64 ipl_ccw2;               //  16
    Be64 external_old_psw;       //  24
    Be64 svc_old_psw;            //  32
    Be64 program_old_psw;        //  40
    Be64 machine_check_old_psw;  //  48
    Be64 io_old_psw;             //  56
    Be64 csw;                    //  64
    Be32 caw;                    //  72
    Be32 reserved_76;            //  76
    BeI32 interval_timer;        //  80
    Be32 reserved_84;            //  84
    Be64 external_new_psw;       //  88
    Be64 svc_new_psw;            //  96
    Be64 program_new_psw;        // 104
    Be64 machine_check_new_psw;  // 112
    Be64 io_new_psw;             // 120
    Be32 reserved_128;           // 128
    Be16 cpu_address;            // 132
    Be16 external_code;          // 134: EC mode
    Be16 svc_ilc;                // 136
    Be16 svc_code;               // 138
    Be16 program_ilc;            // 140
    Be16 program_code;           // 142
    Be32 translation_address;    // 144
    Be16 monitor_class;          // 148
    Be16 per_code;               // 150
    Be32 per_address;            // 152
    Be32 monitor_code;           // 156
    u8 reserved_160[8];          // 160
    Be32 channel_id;             // 168
    Be32 io_extended_logout;     // 172
    Be32 limited_channel_logout; // 176
    u8 reserved_180[4];          // 180
    Be16 io_address_zero;        // 184
    Be16 io_address;             // 186
    u8 reserved_188[28];         // 188
    Be64 saved_cpu_timer;        // 216: store status and machine check
    Be64 saved_clock_comparator; // 224
    Be64 machine_check_code;     // 232
    u8 reserved_240[8];          // 240
    Be32 failing_address;        // 248
    Be32 region_code;            // 252
    Be64 saved_psw;              // 256: store status
    Be32 saved_prefix;           // 264
    u8 reserved_268[20];         // 268
    u8 access_registers[64];     // 288: of later architectures; status has zeros there
    Be64 saved_fpr[4];           // 352
    Be32 saved_gpr[16];          // 384
    Be32 saved_cr[16];           // 448
};

static_assert(offsetof(LowStorage, csw) == 64);
static_assert(offsetof(LowStorage, interval_timer) == 80);
static_assert(offsetof(LowStorage, io_new_psw) == 120);
static_assert(offsetof(LowStorage, external_code) == 134);
static_assert(offsetof(LowStorage, translation_address) == 144);
static_assert(offsetof(LowStorage, io_address) == 186);
static_assert(offsetof(LowStorage, saved_cpu_timer) == 216);
static_assert(offsetof(LowStorage, saved_fpr) == 352);
static_assert(sizeof(LowStorage) == 512);

} // namespace s370
