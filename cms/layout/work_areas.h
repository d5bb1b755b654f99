// The work areas of the nucleus that SYSREF names, and where each lies in storage.
//
// GC20-1818 VM/370 System Logic, "Data Areas". Programs reach them through the
// words of SYSREF; the addresses are those of VM/370's own nucleus.
#pragma once

#include "cms/layout/plists.h"
#include "s370/arch/ccw.h"

namespace cms {

// Interface of the SVC handler (ASVCSECT). `hndsvc` entries are AL1(svc),AL3(routine).
struct Svcsect {
    Be32 hndsvc_doublewords; // X'00': JNUMB
    Be32 hndsvc_first;       // X'04': JFIRST
    Be32 reserved_08;
    Be32 hndsvc_last; // X'0C': JLAST
    u8 flags;         // X'10': SFLAG
    u8 reserved_11;
    Be16 abend_code;         // X'12': SVCAB
    Be32 current_allocation; // X'14': CURRALOC
    Be32 last_allocation;    // X'18': LASTALOC
    Be32 depth;              // X'1C': DEPTH
    Be32 trace_routine;      // X'20': ADMSOVS
    u8 reserved_24[8];
    u8 trace_state; // X'2C': OVSTAT
    u8 reserved_2d[3];
    Be32 save[16]; // X'30': SVCSAVE
    u8 reserved_70[8];
    u8 static_ssave[176]; // X'78': NRMSAV
    u8 reserved_128[52];
    Be32 count; // X'15C': SVCOUNT
    u8 reserved_160[16];
    u8 load_plist[56];    // X'170'
    u8 loadmod_plist[56]; // X'1A8': MODLIST
    Be32 registers[16];   // X'1E0': RGPRS
    u8 reserved_220[32];
    u8 static_usave[96]; // X'240': NRMUSAV
};
static_assert(offsetof(Svcsect, depth) == 0x1C && offsetof(Svcsect, static_ssave) == 0x78);
static_assert(offsetof(Svcsect, count) == 0x15C && offsetof(Svcsect, registers) == 0x1E0);
static_assert(sizeof(Svcsect) == 0x2A0);

namespace sflag {
constexpr u8 system = 0x80, transient = 0x40, nucleus = 0x20, reentered = 0x01;
}

// External interruptions (AEXTSECT).
struct Extsect {
    Be32 save[16];     // X'00': EXSAVE
    u8 blip_plist[16]; // X'40'
    u8 blip_on;        // X'50': TIMCHAR, 0 = BLIP is off
    u8 reserved_51[19];
    Be32 timer_start; // X'64': TIMINIT
    Be32 save1[16];   // X'68': EXSAVE1
    u8 user_psw[8];   // X'A8': EXTPSW, of the routine that TRAP names
    u8 reserved_b0[24];
    Be32 stimer_exit; // X'C8'
    u8 flags;         // X'CC'
    u8 reserved_cd[3];
};
static_assert(offsetof(Extsect, user_psw) == 0xA8 && sizeof(Extsect) == 0xD0);

// I/O interruptions (AIOSECT).
struct Iosect {
    Be32 save[16];   // X'00': IOSAVE
    Be32 table_size; // X'40': IONTABL, doublewords of the HNDINT table
    Be32 first;      // X'44': AUSRITBL
    Be32 reserved_48;
    Be32 last; // X'4C': AUSRILST
    u8 reserved_50[32];
    u8 psw[8]; // X'70': IOPSW
    u8 reserved_78[24];
};
static_assert(offsetof(Iosect, first) == 0x44 && sizeof(Iosect) == 0x90);

// Program interruptions (APGMSECT).
struct Pgmsect {
    u8 reserved_00[8];
    Be32 spie_exit; // X'08': PICADDR
    u8 old_psw[8];  // X'0C'
    u8 reserved_14[40];
    Be32 save[16]; // X'3C': PSAVE
    Be32 stae;     // X'7C': SCBPTR
    u8 reserved_80[16];
    Be32 pie; // X'90': AUPIE
    u8 reserved_94[12];
};
static_assert(offsetof(Pgmsect, save) == 0x3C && sizeof(Pgmsect) == 0xA0);

// Lists of the free-storage manager (ADMSFRT). A free block begins with the
// address of the next and its own size in bytes.
struct FreeList {
    Be32 first;   // 0
    Be32 blocks;  // 4: how many
    Be32 largest; // 8: at most this many bytes in one block
    u8 flags;     // 12: 20 high 10 nucleus
    u8 key;       // 13: of its pages
    u8 code;      // 14: of its pages in the page table
    u8 reserved;  // 15
};
static_assert(sizeof(FreeList) == 16);

struct Frdsect {
    FreeList low_nucleus;  // X'00': FREELN
    FreeList low_user;     // X'10': FREELU
    FreeList high_nucleus; // X'20': FREEHN
    FreeList high_user;    // X'30': FREEHU
    Be32 pages;            // X'40': AFREETAB, a byte for each page: page_use
    Be32 low_end;          // X'44': FREELOW1
    Be32 caller;           // X'48'
    u8 flags1;             // X'4C'
    u8 flags2;             // X'4D'
    u8 reserved[2];
};
static_assert(offsetof(Frdsect, pages) == 0x40);

enum class PageUse : u8 { UserFree = 1, NucleusFree = 2, Transient = 3, UserArea = 4, System = 5 };

// Plists ready for programs (AOPSECT), in storage that programs may write.
struct Opsect {
    u8 file[60];        // X'00': in the shape of an FSCB
    Name8 file_token;   // X'3C'
    WaitrdPlist waitrd; // X'44'
    Be32 reserved_54;
    Name8 conwait;      // X'58'
    TyplinPlist typlin; // X'60'
    u8 wait[20];        // X'70'
    CardPlist cardrd;   // X'84'
    CardPlist cardph;   // X'94'
    PrintPlist printr;  // X'A4'
    u8 tapeio[32];      // X'B4'
    u8 closio[68];      // X'D4'
    Be32 exec_level;    // X'118': EXLEVEL
    Be32 reserved_11c;
    Be32 exec_number;  // X'120'
    Be32 exec_address; // X'124'
    u8 reserved_128[24];
};
static_assert(offsetof(Opsect, typlin) == 0x60 && offsetof(Opsect, cardrd) == 0x84);
static_assert(offsetof(Opsect, printr) == 0xA4 && offsetof(Opsect, exec_level) == 0x118);
static_assert(sizeof(Opsect) == 0x140);

// CMS SUBSET (ASUBSECT).
struct Subsect {
    u8 ready[40];         // X'00': buffer of the ready message
    CmstimePlist cmstime; // X'28'
    u8 stars[20];         // X'40'
    u8 saved[28];         // X'54'
    Be32 error_number;    // X'70'
    Be32 reserved_74;
    u8 time[40]; // X'78'
};
static_assert(offsetof(Subsect, error_number) == 0x70 && sizeof(Subsect) == 0xA0);

// CALLs of SYNONYM: user synonym table control words (AUSABRV).
struct Usabrv {
    Be32 table;    // 0: of user synonyms, 0 = none
    Be32 entries;  // 4
    Be32 system;   // 8
    Be32 reserved; // 12
};

namespace at {
constexpr u32 nucon = 0, sysref = 0x600, devtab = 0x13A0, adt = 0x16C0, aft = 0x2220,
              extsect = 0x2570, iosect = 0x2640, pgmsect = 0x26D0, svcsect = 0x2770,
              diosect = 0x2A10, fvs = 0x2F10, cvt = 0x3130, dmsfrt = 0x3380, sysnames = 0x34C8,
              usabrv = 0x34E8, abwsect = 0x3500, user_half_page = 0x3800, opsect = 0x3BA0,
              dmserl = 0x3CE0, tsoblks = 0x3D60, subsect = 0x3DF0, usersect = 0x3E90,
              nucleus_data = 0x4000, transient_area = 0xE000, nucleus = 0x10000,
              user_area = 0x20000;
} // namespace at

} // namespace cms
