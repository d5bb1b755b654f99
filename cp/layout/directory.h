// The object directory: USER DIRECT compiled to pages that CP looks users up in
// (UDIRBLOK, UMACBLOK, UDEVBLOK).
//
// `pages` pages of 4096 bytes lie one after the other from the first page of a
// DRCT area (VolumeLabel::directory). Every page begins with a PageHeader of 64
// bytes; 63 slots of 64 bytes follow. Pages 0 to index_pages-1 hold IndexEntries,
// four to a slot, sorted by userid; the other pages hold the users: one UserEntry
// (two slots, never split over pages), then his DeviceEntries in the order of the
// source, one slot each, which go on in slot 0 of the next page.
//
// Userids and names are EBCDIC in upper case, padded with blanks. Passwords are
// stored with all bits inverted, so that a dump does not show them by accident.
#pragma once

#include "s370/base/be.h"
#include "s370/base/text.h"

namespace cp::directory {

constexpr u32 page_size = 4096, slot_size = 64;
constexpr u32 slots_per_page = page_size / slot_size - 1;
constexpr u32 page_mark = 0xC3D7E4C4; // "CPUD"
constexpr u32 largest_pages = 4096;
constexpr u32 largest_devices = 1024; // of one user

struct PageHeader {
    Be32 mark;        // 0: page_mark
    Be32 generation;  // 4: as in the label
    Be32 page;        // 8: its own number, from 0
    Be32 pages;       // 12: of the whole directory
    Be32 index_pages; // 16
    Be32 users;       // 20
    Be32 checksum;    // 24: of the page, see page_checksum
    u8 created[6];    // 28: YYMMDDHHMMSS in packed digits
    u8 reserved[30];  // 34
};
static_assert(sizeof(PageHeader) == slot_size);

struct IndexEntry {
    Name8 userid; // 0
    Be32 page;    // 8: of his UserEntry
    Be16 slot;    // 12: in that page, from 0
    Be16 devices; // 14: that he has
};
static_assert(sizeof(IndexEntry) == 16);
constexpr u32 index_entries_per_page = slots_per_page * slot_size / sizeof(IndexEntry);

struct Password {
    u8 masked[8];

    // Blank when the source names none.
    constexpr Name8 text() const {
        Name8 name;
        for (u32 i = 0; i < 8; ++i) name.bytes[i] = static_cast<u8>(~masked[i]);
        return name;
    }
    constexpr Password& operator=(Text text) {
        Name8 const name(text);
        for (u32 i = 0; i < 8; ++i) masked[i] = static_cast<u8>(~name.bytes[i]);
        return *this;
    }
};

namespace option {
constexpr u16 real_timer = 0x8000, ec_mode = 0x4000, isam = 0x2000, virtual_real = 0x1000,
              account = 0x0800, svc_off = 0x0400, block_multiplexer = 0x0200, cpu_id = 0x0100,
              affinity = 0x0080, link_no_password = 0x0040, st_first = 0x0020;
}

struct UserEntry {
    Name8 userid;            // 0
    Password password;       // 8: NOLOG when nobody can log on
    Be32 storage;            // 16: bytes, multiple of 4096
    Be32 max_storage;        // 20
    u8 classes;              // 24: class A is bit 0, H bit 7
    u8 priority;             // 25: 1 to 99
    u8 line_end;             // 26: editing characters, 0 = off
    u8 line_delete;          // 27
    u8 character_delete;     // 28
    u8 escape;               // 29
    Be16 options;            // 30
    Be24 cpu_serial;         // 32: with option::cpu_id
    u8 affinity;             // 35: with option::affinity
    Be16 devices;            // 36: how many DeviceEntries follow
    u8 reserved[2];          // 38
    Name8 account;           // 40: the userid unless an ACCOUNT statement says else
    Name8 distribution;      // 48: the same
    Name8 ipl;               // 56: name or virtual address; blank = no IPL statement
    Name<48> ipl_parameters; // 64
    u8 reserved2[16];        // 112

    constexpr bool has_class(char letter) const {
        return letter >= 'A' && letter <= 'H' && (classes >> ('H' - letter) & 1) != 0;
    }
};
static_assert(sizeof(UserEntry) == 2 * slot_size && offsetof(UserEntry, ipl) == 56);

enum class Statement : u8 { Console = 1, Minidisk, Spool, Dedicate, Link, Special };

namespace device_flag {
constexpr u8 reader = 0x80, // SPOOL 2540 READER
    punch = 0x40,           // SPOOL 2540 PUNCH
    temporary = 0x20,       // MDISK T-DISK: no start, no volume
    reserve_release = 0x10, // MDISK mode with suffix V
    by_volume = 0x08,       // DEDICATE names a volume, not a device
    tele = 0x04,            // SPECIAL TELE2
    bottom = 0x02;          // MDISK 2311B
}

struct DeviceEntry {
    Statement statement; // 0
    u8 spool_class;      // 1: EBCDIC letter or digit; CONSOLE and SPOOL
    Be16 address;        // 2: virtual
    Be16 type;           // 4: X'3350', X'1403'; 0 for LINK and DEDICATE
                         //    X'C1CA' is a CTCA, X'0080' a TIMER
    u8 flags;            // 6
    u8 reserved;         // 7
    Be16 first_cylinder; // 8: MDISK
    Be16 cylinders;      // 10
    Name<6> volume;      // 12: MDISK, DEDICATE by volume
    Name<2> mode;        // 18: R RR W WR M MR MW; MDISK, LINK
    Password read;       // 20: MDISK; ALL = no password needed
    Password write;      // 28
    Password multiple;   // 36
    Name8 link_userid;   // 44: LINK
    Be16 link_address;   // 52: LINK
    Be16 real_address;   // 54: DEDICATE
    u8 reserved2[8];     // 56
};
static_assert(sizeof(DeviceEntry) == slot_size && offsetof(DeviceEntry, read) == 20);

constexpr u16 type_ctca = 0xC1CA, type_timer = 0x0080;

// Sum over the words of a page, rotating, with the checksum field taken as zero.
constexpr u32 page_checksum(const u8* page) {
    u32 sum = 0;
    for (u32 i = 0; i < page_size; i += 4) {
        u32 const word =
            u32{page[i]} << 24 | u32{page[i + 1]} << 16 | u32{page[i + 2]} << 8 | u32{page[i + 3]};
        sum = (sum << 1 | sum >> 31) + (i == offsetof(PageHeader, checksum) ? 0 : word);
    }
    return sum;
}

} // namespace cp::directory
