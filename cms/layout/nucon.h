// NUCON: page 0 of a CMS virtual machine, which programs read and write by offset.
//
// GC20-1818 VM/370 System Logic, "NUCON". Each field keeps VM/370's name so that
// it is found again there. Bytes 0 to 159 are the CPU's (s370/arch/low_storage.h).
// What follows X'CB0' in page 0 is the nucleus' own (NucleusWork below).
#pragma once

#include "s370/arch/ccw.h"
#include "s370/base/be.h"
#include "s370/base/text.h"

#include <cstddef>

namespace cms {

// clang-format off
struct Nucon {
    Be64 iplpsw;                  //    0: X'000' IPL PSW
    Be64 rstopsw;                 //    8: X'008' IPL CCW 1
    Be32 acmscvt;                 //   16: X'010' -> simulated OS CVT
    Be32 asysref;                 //   20: X'014' -> SYSREF (0600)
    Be64 extopsw;                 //   24: X'018'
    Be64 svcopsw;                 //   32: X'020'
    Be64 pgmopsw;                 //   40: X'028'
    Be64 mckopsw;                 //   48: X'030'
    Be64 ioopsw;                  //   56: X'038'
    Be64 csw;                     //   64: X'040'
    Be32 caw;                     //   72: X'048'
    Be32 nucrsv1;                 //   76: X'04C' reserved
    Be32 timer;                   //   80: X'050' interval timer
    Be32 nucrsv2;                 //   84: X'054' reserved
    Be64 extnpsw;                 //   88: X'058'
    Be64 svcnpsw;                 //   96: X'060'
    Be64 pgmnpsw;                 //  104: X'068'
    Be64 mcknpsw;                 //  112: X'070'
    Be64 ionpsw;                  //  120: X'078'
    u8 nucrsv3[16];               //  128: X'080' reserved
    Be32 nucrsv4;                 //  144: X'090' reserved
    Be16 monclass;                //  148: X'094' monitor class
    Be16 percode;                 //  150: X'096' PER code
    Be32 peraddr;                 //  152: X'098' PER addr
    Be32 moncode;                 //  156: X'09C' monitor code
    u8 nucrsv5[32];               //  160: X'0A0' reserved
    u8 lowsave[160];              //  192: X'0C0' DEBUG/dump copy of low 160 bytes
    Be64 fprlog[4];               //  352: X'160' FPR 0,2,4,6 save
    Be32 gprlog[16];              //  384: X'180' GPR 0-15 save (also used by SVC exit path)
    Be32 ecrlog[16];              //  448: X'1C0' CR save
    u8 systemid[32];              //  512: X'200' banner text, e.g. CMS VERSION 6.0 - mm/dd/yy hh:mm
    u8 instalid[64];              //  544: X'220' installation heading text
    Name8 sysname;                //  608: X'260' name of saved system IPLed, CMS
    Be16 ipladdr;                 //  616: X'268' IPL device addr (X0190)
    Be16 sysaddr;                 //  618: X'26A' system disk addr (X0190)
    u8 device[4];                 //  620: X'26C' 4-char name of last interrupting device (CON1)
    Be32 nucrsv6;                 //  624: X'270' reserved
    u8 feibm[12];                 //  628: X'274' component id text 5749DMS00
    Name8 currdate;               //  640: X'280' MM/DD/YY
    Name8 currtime;               //  648: X'288' HH:MM:SS
    Be32 currvirt;                //  656: X'290' virtual CPU used (us, low word)
    Be32 currcput;                //  660: X'294' total CPU used
    Be32 lastvirt;                //  664: X'298' previous CURRVIRT
    Be32 lastcput;                //  668: X'29C' previous CURRCPUT
    Name8 lastcmnd;               //  672: X'2A0' last command name
    Name8 prevcmnd;               //  680: X'2A8' command before it
    Name8 lastexec;               //  688: X'2B0' last EXEC name
    Name8 prevexec;               //  696: X'2B8' EXEC before it
    Name8 lastlmod;               //  704: X'2C0' last MODULE loaded in user area
    Name8 lasttmod;               //  712: X'2C8' MODULE now in transient area (search key for SVC 202)
    Name8 datipcms;               //  720: X'2D0' date at IPL
    Be64 clkvalmd;                //  728: X'2D8' TOD value at midnight
    Be32 macdirc[8];              //  736: X'2E0' 8 words: -> in-core MACLIB directories
    u8 maclibl[72];               //  768: X'300' GLOBAL MACLIB names: 8 x CL8 + fence (-1)
    Be32 txlibsv;                 //  840: X'348' library-chain save TXTLIB
    Be32 maclbsv;                 //  844: X'34C' library-chain save MACLIB
    Be32 totlibs;                 //  848: X'350' bytes of library chains
    Be32 txtdirc;                 //  852: X'354' -> TXTLIB directories
    u8 txtlibs[72];               //  856: X'358' GLOBAL TXTLIB names, as MACLIBL
    Be32 grs015;                  //  928: X'3A0' A(GPRLOG)
    Be32 loc0176;                 //  932: X'3A4' A(LOWSAVE)
    Be32 firstdmp;                //  936: X'3A8' dump from
    Be32 lastdmp;                 //  940: X'3AC' dump to
    Be32 frs06;                   //  944: X'3B0' A(FPRLOG)
    Be32 dmptit;                  //  948: X'3B4' A(DMPTITLE)+...
    u8 reserved_3b8[4];           //  952: X'3B8'
    u8 dmptitle[132];             //  956: X'3BC' dump heading
    Be32 glbltabl;                // 1088: X'440' -> global table (word at 440; zero in image)
    u8 reserved_444[2];           // 1092: X'444'
    Be16 svc_202;                 // 1094: X'446' instruction SVC 202, followed by AL4(44C) and BR R14 at 44C
    Be32 err_202;                 // 1096: X'448' AL4 address word of the callable SVC 202 stub
    u8 reserved_44c[4];           // 1100: X'44C'
    u8 batflags;                  // 1104: X'450' see flags
    u8 batflag2;                  // 1105: X'451' see flags
    u8 batflag3;                  // 1106: X'452' 80=CP LINK failed
    u8 reserved_453[1];           // 1107: X'453'
    Be32 abatproc;                // 1108: X'454' batch monitor entry
    Be32 abatabnd;                // 1112: X'458' batch abend entry
    Be32 abatlimt;                // 1116: X'45C' -> batch limit table (BATLSECT)
    Be32 auserrst;                // 1120: X'460' user restart entry (0=none)
    Be32 nuserfwd;                // 1124: X'464' word for user
    Be32 nucrsv7;                 // 1128: X'468' reserved
    Be32 doslbsv;                 // 1132: X'46C' library-chain save DOSLIB
    Be32 dosdirc[8];              // 1136: X'470' 8 words: DOSLIB directories
    u8 doslibl[72];               // 1168: X'490' GLOBAL DOSLIB names
    u8 dosflags;                  // 1240: X'4D8' see flags
    u8 dosrc;                     // 1241: X'4D9' DOS return code
    u8 reserved_4da[2];           // 1242: X'4DA'
    Be32 altasave;                // 1244: X'4DC' -> LTA save area
    Be32 abgcom;                  // 1248: X'4E0' -> DOS partition comm region (BGCOM)
    Be32 asyscom;                 // 1252: X'4E4' -> DOS system comm region
    Be32 adosdcss;                // 1256: X'4E8' -> CMSDOS segment
    Be32 svc12sav;                // 1260: X'4EC' work
    Be32 dosfirst;                // 1264: X'4F0' first DOSCB (DLBL)
    Be16 dosnum;                  // 1268: X'4F4' count of DOSCB
    Be16 doskpart;                // 1270: X'4F6' K bytes of DOS partition
    Be32 appsave;                 // 1272: X'4F8' -> problem program save area
    Be32 dostrans;                // 1276: X'4FC' -> DOS transient area
    Be32 mainlist;                // 1280: X'500' first free block of GETMAIN storage
    Be32 mainstrt;                // 1284: X'504' start of GETMAIN storage
    Be32 freelist;                // 1288: X'508' start of system free storage (=NUCEND)
    Be32 freenum;                 // 1292: X'50C' block count
    Be32 mainhigh;                // 1296: X'510' high end of GETMAIN use (grows up)
    Be32 freelowe;                // 1300: X'514' low end of high free storage (grows down; =VMSIZE-loader tables at start)
    Be32 freelowr;                // 1304: X'518' end of low free storage (=transient area E000)
    Be32 freeuppr;                // 1308: X'51C' upper limit
    Be32 anucend;                 // 1312: X'520' end of nucleus data (4D00 in image)
    Be32 ausrarea;                // 1316: X'524' start of user area (20000)
    Be32 currsave;                // 1320: X'528' -> current SSAVE (0 at depth 0)
    Be16 code203;                 // 1324: X'52C' halfword code of last SVC 203
    Be16 frerespg;                // 1326: X'52E' pages kept between MAINHIGH and FREELOWE (2)
    Be32 admsfrt;                 // 1328: X'530' -> DMSFRE work area (FRDSECT)
    Be32 vcadtlkp;                // 1332: X'534' BALR entry ADTLKP
    Be32 vcadtnxt;                // 1336: X'538' BALR entry ADTNXT
    Be32 vcadtlkw;                // 1340: X'53C' BALR entry ADTLKW
    Be32 currioop;                // 1344: X'540' current console I/O block
    Be32 pendread;                // 1348: X'544' pending console read
    Be32 pendwrit;                // 1352: X'548' pending write (init CONSTACK)
    Be32 fstfinrd;                // 1356: X'54C' first finished-read (stacked line) buffer
    Be32 lstfinrd;                // 1360: X'550' last finished-read buffer
    Be32 aintrtbl;                // 1364: X'554' user input translate table
    Be32 aoutrtbl;                // 1368: X'558' user output translate table
    Be16 numfinrd;                // 1372: X'55C' number of stacked lines
    Be16 numpndwr;                // 1374: X'55E' number of pending writes
    Be32 vmsize;                  // 1376: X'560' virtual storage size
    Be32 aldrtbls;                // 1380: X'564' hi byte = loader-table pages; AL3 = top of loader tables
    Be32 strtaddr;                // 1384: X'568' entry addr of loaded program (first word of MODULE header)
    Be32 frstloc;                 // 1388: X'56C' first byte of program
    Be32 lastloc;                 // 1392: X'570' end of program
    Be32 loccnt;                  // 1396: X'574' loader location counter
    Be32 ldraddr;                 // 1400: X'578' return addr for loader
    Be32 ldrrtcd;                 // 1404: X'57C' loader return code
    Be64 psw;                     // 1408: X'580' user start PSW
    Be32 ldrflags;                // 1416: X'588' loader flags (sect 7)
    Be32 prhold;                  // 1420: X'58C' pseudo-register total
    Be16 tbent;                   // 1424: X'590' loader table entries in use
    u8 unres;                     // 1426: X'592' unresolved flag byte
    u8 modflgs;                   // 1427: X'593' see flags
    Be32 get1;                    // 1428: X'594' work
    Name8 dsym;                   // 1432: X'598' work
    Be32 jsym;                    // 1440: X'5A0' unique symbol base
    u8 nxtsym;                    // 1444: X'5A4' next unique symbol char
    u8 reserved_5a5[7];           // 1445: X'5A5'
    Be32 aliasent;                // 1452: X'5AC' alias entry for dynamic load
    Be32 dynaend;                 // 1456: X'5B0' dynamic-load high mark
    Be32 osmodldw;                // 1460: X'5B4' dwords of OS-simulation module
    u8 reserved_5b8[8];           // 1464: X'5B8'
    Be32 fcbfirst;                // 1472: X'5C0' first CMSCB (FILEDEF chain)
    Be16 fcbnum;                  // 1476: X'5C4' count of CMSCBs
    u8 reserved_5c6[1];           // 1478: X'5C6'
    u8 ossflags;                  // 1479: X'5C7' see flags
    u8 reserved_5c8[4];           // 1480: X'5C8'
    Be32 linklast;                // 1484: X'5CC' last OS LINK block
    Be32 linkstrt;                // 1488: X'5D0' entry of last LINKed module
    Be32 taxeaddr;                // 1492: X'5D4' STAX exit element
    Be32 atsocppl;                // 1496: X'5D8' -> CPPL (TSO style)
    Be32 dcbsav;                  // 1500: X'5DC' DCB restore addr
    u8 optflags;                  // 1504: X'5E0' see flags
    u8 misflags;                  // 1505: X'5E1' see flags
    u8 msgflags;                  // 1506: X'5E2' see flags
    u8 dbgflags;                  // 1507: X'5E3' see flags
    u8 reserved_5e4[2];           // 1508: X'5E4'
    u8 execflag;                  // 1510: X'5E6' 80 = EXEC running
    u8 protflag;                  // 1511: X'5E7' see flags
    u8 tsoflags;                  // 1512: X'5E8' 80 = read cancelled by attention
    u8 subflag;                   // 1513: X'5E9' see flags
    u8 dcssflag;                  // 1514: X'5EA' see flags
    u8 reserved_5eb[1];           // 1515: X'5EB'
    Be32 asysnams;                // 1516: X'5EC' -> segment name table: CL8 CMSSEG, CMSVSAM, CMSAMS, CMSDOS
    Be32 acmsseg;                 // 1520: X'5F0' addr of CMSSEG
    Be32 admslio;                 // 1524: X'5F4' loader I/O entry
    Be32 vcfstlkp;                // 1528: X'5F8' BALR FSTLKP
    Be32 vcfstlkw;                // 1532: X'5FC' BALR FSTLKW
    Be32 afvs;                    // 1536: X'600' -> FVS
    Be32 aopsect;                 // 1540: X'604' -> OPSECT plists
    Be32 adevtab;                 // 1544: X'608' -> DEVTAB
    Be32 afstlkp;                 // 1548: X'60C' FSTLKP
    Be32 agetclk;                 // 1552: X'610' time routine
    Be32 afstlkw;                 // 1556: X'614' FSTLKW (R/W disks only)
    Be32 apie;                    // 1560: X'618' -> PIE
    Be32 aiadt;                   // 1564: X'61C' -> IADT word
    Be32 auser;                   // 1568: X'620' -> USERSECT (18F user words)
    Be32 ardtk;                   // 1572: X'624' read disk blocks
    Be32 ascann;                  // 1576: X'628' tokenizer, R0=len R1=line
    Be32 asstat;                  // 1580: X'62C' S-disk directory
    Be32 atabend;                 // 1584: X'630' end of DEVTAB
    Be32 asubsect;                // 1588: X'634' -> SUBSECT
    Be32 aosmodl;                 // 1592: X'638' OS simulation module
    Be32 awrtk;                   // 1596: X'63C' write disk blocks
    Be32 astrinit;                // 1600: X'640' STRINIT
    Be32 iadt;                    // 1604: X'644' -> first ADT
    Be32 afree;                   // 1608: X'648' old FREE (R0=dwords)
    Be32 afret;                   // 1612: X'64C' old FRET (R0=dwords,R1=addr)
    Be32 admspioc;                // 1616: X'650' printer CCW builder
    Be32 apgmsect;                // 1620: X'654' -> PGMSECT
    Be32 aiosect;                 // 1624: X'658' -> IOSECT
    Be32 admpexec;                // 1628: X'65C' dump routine
    Be32 adiosect;                // 1632: X'660' -> DIOSECT
    Be32 aabnsvc;                 // 1636: X'664' abend SVC routine
    Be32 admserl;                 // 1640: X'668' -> shared DMSERR plist area
    Be32 admscrd;                 // 1644: X'66C' console read
    Be32 admsfreb;                // 1648: X'670' DMSFREE/DMSFRET BALR entry
    Be32 asvcsect;                // 1652: X'674' -> SVCSECT
    Be32 aadtlkp;                 // 1656: X'678' ADT by mode letter
    Be32 aupufd;                  // 1660: X'67C' close all + update directories
    Be32 astatext;                // 1664: X'680' S-disk directory extension
    Be32 aosret;                  // 1668: X'684' return point for OS SVC routines
    Be32 acmsret;                 // 1672: X'688' return point for SVC 202/203 routines
    Be32 ascano;                  // 1676: X'68C' tokenizer old form (R1->F len + text)
    Be32 aexec;                   // 1680: X'690' EXEC
    Be32 astart;                  // 1684: X'694' START
    Be32 aadtlkw;                 // 1688: X'698' ADT by mode, R/W
    Be32 ausabrv;                 // 1692: X'69C' -> synonym table control words
    Be32 aextsect;                // 1696: X'6A0' -> EXTSECT
    Be32 ascbptr;                 // 1700: X'6A4' -> STAE SCB pointer
    Be32 admsros;                 // 1704: X'6A8' OS-disk support addr
    Be16 ldmsros;                 // 1708: X'6AC' its dwords
    Be16 cdmsros;                 // 1710: X'6AE' its use count
    Be32 aactlkp;                 // 1712: X'6B0' AFT lookup
    Be32 aactnxt;                 // 1716: X'6B4' next AFT
    Be32 aactfree;                // 1720: X'6B8' get AFT
    Be32 aactfret;                // 1724: X'6BC' release AFT
    Be32 aadtnxt;                 // 1728: X'6C0' next ADT
    Be32 atrklkp;                 // 1732: X'6C4' allocate 800-byte block
    Be32 atrklkpx;                // 1736: X'6C8' free 800-byte block
    Be32 aqqtrk;                  // 1740: X'6CC' allocate 200-byte (2314) / block
    Be32 aqqtrkx;                 // 1744: X'6D0' free it
    Be32 aerase;                  // 1748: X'6D4' ERASE
    Be32 atypsrch;                // 1752: X'6D8' common-filetype bit
    Be32 aupdisk;                 // 1756: X'6DC' write directory
    Be32 akillex;                 // 1760: X'6E0' kill execution
    Be32 atfinis;                 // 1764: X'6E4' temporary close
    Be32 ardbuf;                  // 1768: X'6E8' RDBUF
    Be32 awrbuf;                  // 1772: X'6EC' WRBUF
    Be32 afinis;                  // 1776: X'6F0' FINIS
    Be32 astate;                  // 1780: X'6F4' STATE
    Be32 astatew;                 // 1784: X'6F8' STATEW
    Be32 apoint;                  // 1788: X'6FC' POINT
    s370::Ccw conccws[2];         // 1792: X'700' console CCW pair
    Be32 coninblk;                // 1808: X'710' console input block: link; +4 CCW op 0A; +5 length 134
    u8 reserved_714[2];           // 1812: X'714'
    u8 coninbuf[134];             // 1814: X'716' console input text
    u8 reserved_79c[4];           // 1948: X'79C'
    u8 cmndline[160];             // 1952: X'7A0' command line text
    Name8 exec_token;             // 2112: X'840' CL8 EXEC
    u8 cmndlist[536];             // 2120: X'848' tokenized plist (8 bytes before it = CL8 EXEC so an EXEC call plist starts at 840)
    u8 constack[320];             // 2656: X'A60' console write stack
    Be32 freesave[16];            // 2976: X'BA0' DMSFREE reg save
    Be32 balrsave[16];            // 3040: X'BE0' tokenizer/CP reg save
    Be32 waitsave[16];            // 3104: X'C20' WAIT reg save
    Be16 pctvsam;                 // 3168: X'C60' 50
    u8 reserved_c62[6];           // 3170: X'C62'
    Be32 adikqlab;                // 3176: X'C68'
    Be32 ndikqlab;                // 3180: X'C6C'
    Be32 arurtbl;                 // 3184: X'C70' VSAM table
    Be32 admsvib;                 // 3188: X'C74' VSAM interface entry
    Be32 avipwork;                // 3192: X'C78'
    u8 vsamflg1;                  // 3196: X'C7C' see flags
    u8 reserved_c7d[3];           // 3197: X'C7D'
    Be32 avsamsys;                // 3200: X'C80'
    Be32 aamssys;                 // 3204: X'C84'
    Be32 avsreoj;                 // 3208: X'C88'
    Be32 avsrwork;                // 3212: X'C8C'
    Be32 acblist;                 // 3216: X'C90'
    u8 reserved_c94[4];           // 3220: X'C94'
    Be32 aabwsect;                // 3224: X'C98' abend work area
    Be32 admszit;                 // 3228: X'C9C'
    Be32 nucplist[4];             // 3232: X'CA0' CE/309: EPLIST built by tokenizer (cmd,beg,end,0)
};

// Bits of the flag bytes.
namespace batflags { constexpr u8 running = 0x80; }
namespace misflags {
constexpr u8 halt_wanted = 0x80, halt_tracing = 0x40, release_pages = 0x20, graphic = 0x10,
             quiet_read = 0x08, no_d_disk = 0x04, from_svc_handler = 0x02, attention = 0x01;
}
namespace optflags {
constexpr u8 no_implied_exec = 0x80, no_implied_cp = 0x40, no_standard_synonyms = 0x20,
             no_abbreviations = 0x10, no_page_release = 0x08, no_vm_read = 0x04;
}
namespace msgflags {
constexpr u8 no_typing_exec = 0x80, no_typing = 0x40, no_ready = 0x20, short_ready = 0x10,
             red_errors = 0x08, no_error_messages = 0x04, no_text = 0x02, line_feed = 0x01;
}
namespace execflag { constexpr u8 running = 0x80; }
namespace protflag {
constexpr u8 off = 0x80, system_transient = 0x40, system_user = 0x20;
}
namespace subflag { constexpr u8 reject = 0x08, returning = 0x04, init = 0x02, active = 0x01; }
namespace dbgflags { constexpr u8 executing = 0x80, recursion = 0x02; }
namespace modflgs { constexpr u8 no_map = 0x80; }

// Registers and PSWs of the interruption handlers (cms/entry.S, which knows these offsets).
struct NucleusWork {
    Be32 svc_registers[16];      // X'CB0'
    Be32 io_registers[16];       // X'CF0'
    Be32 program_registers[16];  // X'D30'
    Be32 external_registers[16]; // X'D70'
    Be32 nucleus_stack;          // X'DB0': where the nucleus may push, growing down
    Be32 interruption_stack;     // X'DB4': the same for I/O and external interruptions
    Be64 return_psw;             // X'DB8': loaded by a program's return to CMSRET
    Be64 program_psw;            // X'DC0': loaded to start a program
    Be32 program_gprs[16];       // X'DC8': for and from a program
    Be64 wait_psw;               // X'E08': waits enabled
    Be32 high_nucleus;           // X'E10': from here on is nucleus again, and loader tables
    Be32 stack_top;              // X'E14': of the nucleus' stack
    Be32 stack_low;              // X'E18': what is below is not to be used
};

constexpr u32 nucleus_work_address = 0xCB0;
static_assert(nucleus_work_address + offsetof(NucleusWork, nucleus_stack) == 0xDB0);
static_assert(nucleus_work_address + offsetof(NucleusWork, stack_low) == 0xE18);
// clang-format on

static_assert(offsetof(Nucon, iplpsw) == 0x0);
static_assert(offsetof(Nucon, rstopsw) == 0x8);
static_assert(offsetof(Nucon, acmscvt) == 0x10);
static_assert(offsetof(Nucon, asysref) == 0x14);
static_assert(offsetof(Nucon, extopsw) == 0x18);
static_assert(offsetof(Nucon, svcopsw) == 0x20);
static_assert(offsetof(Nucon, pgmopsw) == 0x28);
static_assert(offsetof(Nucon, mckopsw) == 0x30);
static_assert(offsetof(Nucon, ioopsw) == 0x38);
static_assert(offsetof(Nucon, csw) == 0x40);
static_assert(offsetof(Nucon, caw) == 0x48);
static_assert(offsetof(Nucon, nucrsv1) == 0x4C);
static_assert(offsetof(Nucon, timer) == 0x50);
static_assert(offsetof(Nucon, nucrsv2) == 0x54);
static_assert(offsetof(Nucon, extnpsw) == 0x58);
static_assert(offsetof(Nucon, svcnpsw) == 0x60);
static_assert(offsetof(Nucon, pgmnpsw) == 0x68);
static_assert(offsetof(Nucon, mcknpsw) == 0x70);
static_assert(offsetof(Nucon, ionpsw) == 0x78);
static_assert(offsetof(Nucon, nucrsv3) == 0x80);
static_assert(offsetof(Nucon, nucrsv4) == 0x90);
static_assert(offsetof(Nucon, monclass) == 0x94);
static_assert(offsetof(Nucon, percode) == 0x96);
static_assert(offsetof(Nucon, peraddr) == 0x98);
static_assert(offsetof(Nucon, moncode) == 0x9C);
static_assert(offsetof(Nucon, nucrsv5) == 0xA0);
static_assert(offsetof(Nucon, lowsave) == 0xC0);
static_assert(offsetof(Nucon, fprlog) == 0x160);
static_assert(offsetof(Nucon, gprlog) == 0x180);
static_assert(offsetof(Nucon, ecrlog) == 0x1C0);
static_assert(offsetof(Nucon, systemid) == 0x200);
static_assert(offsetof(Nucon, instalid) == 0x220);
static_assert(offsetof(Nucon, sysname) == 0x260);
static_assert(offsetof(Nucon, ipladdr) == 0x268);
static_assert(offsetof(Nucon, sysaddr) == 0x26A);
static_assert(offsetof(Nucon, device) == 0x26C);
static_assert(offsetof(Nucon, nucrsv6) == 0x270);
static_assert(offsetof(Nucon, feibm) == 0x274);
static_assert(offsetof(Nucon, currdate) == 0x280);
static_assert(offsetof(Nucon, currtime) == 0x288);
static_assert(offsetof(Nucon, currvirt) == 0x290);
static_assert(offsetof(Nucon, currcput) == 0x294);
static_assert(offsetof(Nucon, lastvirt) == 0x298);
static_assert(offsetof(Nucon, lastcput) == 0x29C);
static_assert(offsetof(Nucon, lastcmnd) == 0x2A0);
static_assert(offsetof(Nucon, prevcmnd) == 0x2A8);
static_assert(offsetof(Nucon, lastexec) == 0x2B0);
static_assert(offsetof(Nucon, prevexec) == 0x2B8);
static_assert(offsetof(Nucon, lastlmod) == 0x2C0);
static_assert(offsetof(Nucon, lasttmod) == 0x2C8);
static_assert(offsetof(Nucon, datipcms) == 0x2D0);
static_assert(offsetof(Nucon, clkvalmd) == 0x2D8);
static_assert(offsetof(Nucon, macdirc) == 0x2E0);
static_assert(offsetof(Nucon, maclibl) == 0x300);
static_assert(offsetof(Nucon, txlibsv) == 0x348);
static_assert(offsetof(Nucon, maclbsv) == 0x34C);
static_assert(offsetof(Nucon, totlibs) == 0x350);
static_assert(offsetof(Nucon, txtdirc) == 0x354);
static_assert(offsetof(Nucon, txtlibs) == 0x358);
static_assert(offsetof(Nucon, grs015) == 0x3A0);
static_assert(offsetof(Nucon, loc0176) == 0x3A4);
static_assert(offsetof(Nucon, firstdmp) == 0x3A8);
static_assert(offsetof(Nucon, lastdmp) == 0x3AC);
static_assert(offsetof(Nucon, frs06) == 0x3B0);
static_assert(offsetof(Nucon, dmptit) == 0x3B4);
static_assert(offsetof(Nucon, dmptitle) == 0x3BC);
static_assert(offsetof(Nucon, glbltabl) == 0x440);
static_assert(offsetof(Nucon, svc_202) == 0x446);
static_assert(offsetof(Nucon, err_202) == 0x448);
static_assert(offsetof(Nucon, batflags) == 0x450);
static_assert(offsetof(Nucon, batflag2) == 0x451);
static_assert(offsetof(Nucon, batflag3) == 0x452);
static_assert(offsetof(Nucon, abatproc) == 0x454);
static_assert(offsetof(Nucon, abatabnd) == 0x458);
static_assert(offsetof(Nucon, abatlimt) == 0x45C);
static_assert(offsetof(Nucon, auserrst) == 0x460);
static_assert(offsetof(Nucon, nuserfwd) == 0x464);
static_assert(offsetof(Nucon, nucrsv7) == 0x468);
static_assert(offsetof(Nucon, doslbsv) == 0x46C);
static_assert(offsetof(Nucon, dosdirc) == 0x470);
static_assert(offsetof(Nucon, doslibl) == 0x490);
static_assert(offsetof(Nucon, dosflags) == 0x4D8);
static_assert(offsetof(Nucon, dosrc) == 0x4D9);
static_assert(offsetof(Nucon, altasave) == 0x4DC);
static_assert(offsetof(Nucon, abgcom) == 0x4E0);
static_assert(offsetof(Nucon, asyscom) == 0x4E4);
static_assert(offsetof(Nucon, adosdcss) == 0x4E8);
static_assert(offsetof(Nucon, svc12sav) == 0x4EC);
static_assert(offsetof(Nucon, dosfirst) == 0x4F0);
static_assert(offsetof(Nucon, dosnum) == 0x4F4);
static_assert(offsetof(Nucon, doskpart) == 0x4F6);
static_assert(offsetof(Nucon, appsave) == 0x4F8);
static_assert(offsetof(Nucon, dostrans) == 0x4FC);
static_assert(offsetof(Nucon, mainlist) == 0x500);
static_assert(offsetof(Nucon, mainstrt) == 0x504);
static_assert(offsetof(Nucon, freelist) == 0x508);
static_assert(offsetof(Nucon, freenum) == 0x50C);
static_assert(offsetof(Nucon, mainhigh) == 0x510);
static_assert(offsetof(Nucon, freelowe) == 0x514);
static_assert(offsetof(Nucon, freelowr) == 0x518);
static_assert(offsetof(Nucon, freeuppr) == 0x51C);
static_assert(offsetof(Nucon, anucend) == 0x520);
static_assert(offsetof(Nucon, ausrarea) == 0x524);
static_assert(offsetof(Nucon, currsave) == 0x528);
static_assert(offsetof(Nucon, code203) == 0x52C);
static_assert(offsetof(Nucon, frerespg) == 0x52E);
static_assert(offsetof(Nucon, admsfrt) == 0x530);
static_assert(offsetof(Nucon, vcadtlkp) == 0x534);
static_assert(offsetof(Nucon, vcadtnxt) == 0x538);
static_assert(offsetof(Nucon, vcadtlkw) == 0x53C);
static_assert(offsetof(Nucon, currioop) == 0x540);
static_assert(offsetof(Nucon, pendread) == 0x544);
static_assert(offsetof(Nucon, pendwrit) == 0x548);
static_assert(offsetof(Nucon, fstfinrd) == 0x54C);
static_assert(offsetof(Nucon, lstfinrd) == 0x550);
static_assert(offsetof(Nucon, aintrtbl) == 0x554);
static_assert(offsetof(Nucon, aoutrtbl) == 0x558);
static_assert(offsetof(Nucon, numfinrd) == 0x55C);
static_assert(offsetof(Nucon, numpndwr) == 0x55E);
static_assert(offsetof(Nucon, vmsize) == 0x560);
static_assert(offsetof(Nucon, aldrtbls) == 0x564);
static_assert(offsetof(Nucon, strtaddr) == 0x568);
static_assert(offsetof(Nucon, frstloc) == 0x56C);
static_assert(offsetof(Nucon, lastloc) == 0x570);
static_assert(offsetof(Nucon, loccnt) == 0x574);
static_assert(offsetof(Nucon, ldraddr) == 0x578);
static_assert(offsetof(Nucon, ldrrtcd) == 0x57C);
static_assert(offsetof(Nucon, psw) == 0x580);
static_assert(offsetof(Nucon, ldrflags) == 0x588);
static_assert(offsetof(Nucon, prhold) == 0x58C);
static_assert(offsetof(Nucon, tbent) == 0x590);
static_assert(offsetof(Nucon, unres) == 0x592);
static_assert(offsetof(Nucon, modflgs) == 0x593);
static_assert(offsetof(Nucon, get1) == 0x594);
static_assert(offsetof(Nucon, dsym) == 0x598);
static_assert(offsetof(Nucon, jsym) == 0x5A0);
static_assert(offsetof(Nucon, nxtsym) == 0x5A4);
static_assert(offsetof(Nucon, aliasent) == 0x5AC);
static_assert(offsetof(Nucon, dynaend) == 0x5B0);
static_assert(offsetof(Nucon, osmodldw) == 0x5B4);
static_assert(offsetof(Nucon, fcbfirst) == 0x5C0);
static_assert(offsetof(Nucon, fcbnum) == 0x5C4);
static_assert(offsetof(Nucon, ossflags) == 0x5C7);
static_assert(offsetof(Nucon, linklast) == 0x5CC);
static_assert(offsetof(Nucon, linkstrt) == 0x5D0);
static_assert(offsetof(Nucon, taxeaddr) == 0x5D4);
static_assert(offsetof(Nucon, atsocppl) == 0x5D8);
static_assert(offsetof(Nucon, dcbsav) == 0x5DC);
static_assert(offsetof(Nucon, optflags) == 0x5E0);
static_assert(offsetof(Nucon, misflags) == 0x5E1);
static_assert(offsetof(Nucon, msgflags) == 0x5E2);
static_assert(offsetof(Nucon, dbgflags) == 0x5E3);
static_assert(offsetof(Nucon, execflag) == 0x5E6);
static_assert(offsetof(Nucon, protflag) == 0x5E7);
static_assert(offsetof(Nucon, tsoflags) == 0x5E8);
static_assert(offsetof(Nucon, subflag) == 0x5E9);
static_assert(offsetof(Nucon, dcssflag) == 0x5EA);
static_assert(offsetof(Nucon, asysnams) == 0x5EC);
static_assert(offsetof(Nucon, acmsseg) == 0x5F0);
static_assert(offsetof(Nucon, admslio) == 0x5F4);
static_assert(offsetof(Nucon, vcfstlkp) == 0x5F8);
static_assert(offsetof(Nucon, vcfstlkw) == 0x5FC);
static_assert(offsetof(Nucon, afvs) == 0x600);
static_assert(offsetof(Nucon, aopsect) == 0x604);
static_assert(offsetof(Nucon, adevtab) == 0x608);
static_assert(offsetof(Nucon, afstlkp) == 0x60C);
static_assert(offsetof(Nucon, agetclk) == 0x610);
static_assert(offsetof(Nucon, afstlkw) == 0x614);
static_assert(offsetof(Nucon, apie) == 0x618);
static_assert(offsetof(Nucon, aiadt) == 0x61C);
static_assert(offsetof(Nucon, auser) == 0x620);
static_assert(offsetof(Nucon, ardtk) == 0x624);
static_assert(offsetof(Nucon, ascann) == 0x628);
static_assert(offsetof(Nucon, asstat) == 0x62C);
static_assert(offsetof(Nucon, atabend) == 0x630);
static_assert(offsetof(Nucon, asubsect) == 0x634);
static_assert(offsetof(Nucon, aosmodl) == 0x638);
static_assert(offsetof(Nucon, awrtk) == 0x63C);
static_assert(offsetof(Nucon, astrinit) == 0x640);
static_assert(offsetof(Nucon, iadt) == 0x644);
static_assert(offsetof(Nucon, afree) == 0x648);
static_assert(offsetof(Nucon, afret) == 0x64C);
static_assert(offsetof(Nucon, admspioc) == 0x650);
static_assert(offsetof(Nucon, apgmsect) == 0x654);
static_assert(offsetof(Nucon, aiosect) == 0x658);
static_assert(offsetof(Nucon, admpexec) == 0x65C);
static_assert(offsetof(Nucon, adiosect) == 0x660);
static_assert(offsetof(Nucon, aabnsvc) == 0x664);
static_assert(offsetof(Nucon, admserl) == 0x668);
static_assert(offsetof(Nucon, admscrd) == 0x66C);
static_assert(offsetof(Nucon, admsfreb) == 0x670);
static_assert(offsetof(Nucon, asvcsect) == 0x674);
static_assert(offsetof(Nucon, aadtlkp) == 0x678);
static_assert(offsetof(Nucon, aupufd) == 0x67C);
static_assert(offsetof(Nucon, astatext) == 0x680);
static_assert(offsetof(Nucon, aosret) == 0x684);
static_assert(offsetof(Nucon, acmsret) == 0x688);
static_assert(offsetof(Nucon, ascano) == 0x68C);
static_assert(offsetof(Nucon, aexec) == 0x690);
static_assert(offsetof(Nucon, astart) == 0x694);
static_assert(offsetof(Nucon, aadtlkw) == 0x698);
static_assert(offsetof(Nucon, ausabrv) == 0x69C);
static_assert(offsetof(Nucon, aextsect) == 0x6A0);
static_assert(offsetof(Nucon, ascbptr) == 0x6A4);
static_assert(offsetof(Nucon, admsros) == 0x6A8);
static_assert(offsetof(Nucon, ldmsros) == 0x6AC);
static_assert(offsetof(Nucon, cdmsros) == 0x6AE);
static_assert(offsetof(Nucon, aactlkp) == 0x6B0);
static_assert(offsetof(Nucon, aactnxt) == 0x6B4);
static_assert(offsetof(Nucon, aactfree) == 0x6B8);
static_assert(offsetof(Nucon, aactfret) == 0x6BC);
static_assert(offsetof(Nucon, aadtnxt) == 0x6C0);
static_assert(offsetof(Nucon, atrklkp) == 0x6C4);
static_assert(offsetof(Nucon, atrklkpx) == 0x6C8);
static_assert(offsetof(Nucon, aqqtrk) == 0x6CC);
static_assert(offsetof(Nucon, aqqtrkx) == 0x6D0);
static_assert(offsetof(Nucon, aerase) == 0x6D4);
static_assert(offsetof(Nucon, atypsrch) == 0x6D8);
static_assert(offsetof(Nucon, aupdisk) == 0x6DC);
static_assert(offsetof(Nucon, akillex) == 0x6E0);
static_assert(offsetof(Nucon, atfinis) == 0x6E4);
static_assert(offsetof(Nucon, ardbuf) == 0x6E8);
static_assert(offsetof(Nucon, awrbuf) == 0x6EC);
static_assert(offsetof(Nucon, afinis) == 0x6F0);
static_assert(offsetof(Nucon, astate) == 0x6F4);
static_assert(offsetof(Nucon, astatew) == 0x6F8);
static_assert(offsetof(Nucon, apoint) == 0x6FC);
static_assert(offsetof(Nucon, conccws) == 0x700);
static_assert(offsetof(Nucon, coninblk) == 0x710);
static_assert(offsetof(Nucon, coninbuf) == 0x716);
static_assert(offsetof(Nucon, cmndline) == 0x7A0);
static_assert(offsetof(Nucon, exec_token) == 0x840);
static_assert(offsetof(Nucon, cmndlist) == 0x848);
static_assert(offsetof(Nucon, constack) == 0xA60);
static_assert(offsetof(Nucon, freesave) == 0xBA0);
static_assert(offsetof(Nucon, balrsave) == 0xBE0);
static_assert(offsetof(Nucon, waitsave) == 0xC20);
static_assert(offsetof(Nucon, pctvsam) == 0xC60);
static_assert(offsetof(Nucon, adikqlab) == 0xC68);
static_assert(offsetof(Nucon, ndikqlab) == 0xC6C);
static_assert(offsetof(Nucon, arurtbl) == 0xC70);
static_assert(offsetof(Nucon, admsvib) == 0xC74);
static_assert(offsetof(Nucon, avipwork) == 0xC78);
static_assert(offsetof(Nucon, vsamflg1) == 0xC7C);
static_assert(offsetof(Nucon, avsamsys) == 0xC80);
static_assert(offsetof(Nucon, aamssys) == 0xC84);
static_assert(offsetof(Nucon, avsreoj) == 0xC88);
static_assert(offsetof(Nucon, avsrwork) == 0xC8C);
static_assert(offsetof(Nucon, acblist) == 0xC90);
static_assert(offsetof(Nucon, aabwsect) == 0xC98);
static_assert(offsetof(Nucon, admszit) == 0xC9C);
static_assert(offsetof(Nucon, nucplist) == 0xCA0);
static_assert(sizeof(Nucon) == 0xCB0);

} // namespace cms
