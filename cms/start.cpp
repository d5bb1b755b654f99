// CMS begins here after IPL (DMSINI): page 0 and the tables are made, the system
// disk is accessed, and the terminal gets the banner.
#include "cms/base/cp.h"
#include "cms/base/free_storage.h"
#include "cms/base/storage.h"
#include "cms/files/functions.h"
#include "cms/high_nucleus.h"
#include "cms/io/console.h"
#include "cms/io/devices.h"
#include "cms/shell/shell.h"
#include "cms/shell/startup_disks.h"

#include <cstring>

extern "C" {
[[noreturn]] void cms_start(u32 ipl_device); // called by cms/entry.S
void cms_begin();                            // goes on with a stack
u32 cms_find_storage_size();
void cms_svc_entry();
void cms_io_entry();
void cms_external_entry();
void cms_program_entry();
void cms_program_returned();
void cms_waited();
[[noreturn]] void cms_run_on_fresh_stack(void (*function)());
extern u8 cms_interruption_stack_end[], cms_data_end[], cms_return_point[];
}

namespace cms {
namespace {

constexpr u64 disabled_wait = u64{0x0002} << 48;
constexpr u64 enabled_wait = u64{0xFF02} << 48;
constexpr u32 default_system_disk = 0x190;
constexpr u8 loader_table_pages = 2;
// Twenty nested calls, some of them of EXEC; the reserve is for what finds it too little.
constexpr u32 small_machine = 0x60000, stack_bytes = 0xA000, small_stack_bytes = 0x5000;
constexpr u32 stack_reserve = 0xA00;

template <typename Function>
u64 psw_of(Function* function) {
    return address_of(reinterpret_cast<const void*>(function));
}

void make_page_0() {
    Nucon& page0 = nucon();
    // From the interruptions' places on; below lies what IPL left.
    std::memset(&fixed<u8, 0x80>(), 0, at::nucleus_data - 0x80);
    page0.extnpsw = psw_of(cms_external_entry);
    page0.svcnpsw = psw_of(cms_svc_entry);
    page0.pgmnpsw = psw_of(cms_program_entry);
    page0.ionpsw = psw_of(cms_io_entry);
    page0.mcknpsw = disabled_wait | 0x00DEAD;
    page0.asysref = at::sysref;

    NucleusWork& work = nucleus_work();
    work.interruption_stack = address_of(cms_interruption_stack_end);
    work.return_psw = psw_of(cms_program_returned);
    work.wait_psw = enabled_wait | psw_of(cms_waited);

    // The SVC 202 that programs branch to: SVC 202, DC AL4(*+4), BR R14.
    page0.svc_202 = u16{0x0ACA};
    page0.err_202 = 0x44Cu;
    fixed<Be16, 0x44C>() = u16{0x07FE};
}

void make_sysref() {
    Nucon& page0 = nucon();
    page0.afvs = at::fvs;
    page0.aopsect = at::opsect;
    page0.auser = at::usersect;
    page0.asubsect = at::subsect;
    page0.apgmsect = at::pgmsect;
    page0.aiosect = at::iosect;
    page0.adiosect = at::diosect;
    page0.admserl = at::dmserl;
    page0.asvcsect = at::svcsect;
    page0.aextsect = at::extsect;
    page0.ausabrv = at::usabrv;
    page0.aabwsect = at::abwsect;
    page0.asysnams = at::sysnames;
    page0.iadt = at::adt;
    page0.aiadt = address_of(&page0.iadt);
    page0.acmscvt = at::cvt;
    page0.pendwrit = address_of(page0.constack);
}

// Routines that programs branch to through SYSREF. Those with a function's parameter
// list go through the callable SVC 202; what is not there ends its caller with DMSITS134S.
void make_routines() {
    constexpr u32 call_202 = 0x446, old_free = 0xE20, old_fret = 0xE28, unsupported = 0xE30;
    constexpr u16 code[] = {0x0ACB, 0xFFFF, 0x07FE, 0,  // SVC 203, DC H'-1', BR 14
                            0x0ACB, 0xFFFE, 0x07FE, 0,  // the same with -2
                            0x0ACB, 0x0003, 0x07FE, 0}; // OS services
    auto* at = &fixed<Be16, old_free>();
    for (u16 halfword : code) *at++ = halfword;

    Nucon& page0 = nucon();
    for (Be32* word : {&page0.ardbuf, &page0.awrbuf, &page0.afinis, &page0.astate, &page0.astatew,
                       &page0.apoint, &page0.aerase, &page0.aexec, &page0.astart, &page0.admscrd})
        *word = call_202;
    page0.afree = old_free;
    page0.afret = old_fret;
    page0.acmsret = page0.aosret = address_of(cms_return_point);
    for (Be32* word :
         {&page0.vcadtlkp, &page0.vcadtnxt, &page0.vcadtlkw, &page0.vcfstlkp, &page0.vcfstlkw,
          &page0.afstlkp,  &page0.afstlkw,  &page0.agetclk,  &page0.ardtk,    &page0.awrtk,
          &page0.ascann,   &page0.ascano,   &page0.astrinit, &page0.admspioc, &page0.admpexec,
          &page0.aabnsvc,  &page0.admsfreb, &page0.aadtlkp,  &page0.aadtlkw,  &page0.aadtnxt,
          &page0.aupufd,   &page0.aactlkp,  &page0.aactnxt,  &page0.aactfree, &page0.aactfret,
          &page0.atrklkp,  &page0.atrklkpx, &page0.aqqtrk,   &page0.aqqtrkx,  &page0.atypsrch,
          &page0.aupdisk,  &page0.akillex,  &page0.atfinis,  &page0.admslio})
        *word = unsupported;
}

void make_storage() {
    Nucon& page0 = nucon();
    u32 const top = page0.vmsize;
    set_keys(0, at::user_half_page, nucleus_key);
    set_keys(at::user_half_page, at::nucleus_data, user_key);
    set_keys(at::nucleus_data, at::transient_area, nucleus_key);
    set_keys(at::transient_area, at::nucleus, user_key);
    set_keys(at::nucleus, at::user_area, nucleus_key);
    u32 const high = place_high_nucleus(top - loader_table_pages * page_size);
    u32 const stack = high - (top > small_machine ? stack_bytes : small_stack_bytes);
    NucleusWork& work = nucleus_work();
    work.high_nucleus = high;
    work.stack_top = high;
    work.stack_low = stack + stack_reserve;
    set_keys(at::user_area, stack, user_key);
    set_keys(stack, top, nucleus_key);
    page0.aldrtbls = u32{loader_table_pages} << 24 | top;
    page0.ausrarea = at::user_area;
    page0.loccnt = at::user_area;
    page0.anucend = address_of(cms_data_end);
    strinit();
    initialize_free_storage(address_of(cms_data_end), at::transient_area, stack);
}

void make_devices(u32 ipl_device) {
    Nucon& page0 = nucon();
    initialize_devices();
    s370::DeviceAddress const console = console_address();
    set_console(console);
    device_table()[devtab::console].device = console.value;
    if (ipl_device == 0) ipl_device = default_system_disk;
    page0.ipladdr = static_cast<u16>(ipl_device);
    page0.sysaddr = page0.ipladdr;
    std::copy_n("CON1"_e.data(), 4, page0.device);
}

// `Cambridge/370 CMS - mm/dd/yy hh:mm`
void type_banner() {
    Nucon& page0 = nucon();
    Times const now = times();
    page0.currdate = page0.datipcms = now.date;
    page0.currtime = now.time;
    page0.lastvirt = page0.currvirt = static_cast<u32>(now.virtual_time);
    page0.lastcput = page0.currcput = static_cast<u32>(now.total_time);
    page0.sysname = "CMS"_e;
    Line<60> banner;
    banner << "Cambridge/370 CMS - "_e << now.date;
    std::fill_n(page0.systemid, sizeof page0.systemid, ' '_e);
    std::copy_n(banner.text().data(), banner.size(), page0.systemid);
    banner << ' '_e << now.time.padded().substr(0, 5);
    type_line(banner);
}

} // namespace
} // namespace cms

void cms_start(u32 ipl_device) {
    using namespace cms;
    make_page_0();
    find_cp();
    u32 const told = cp_storage_size();
    nucon().vmsize = told != 0 ? told : cms_find_storage_size();
    make_sysref();
    make_routines();
    make_storage();
    make_devices(ipl_device);
    cms_run_on_fresh_stack(cms_begin);
}

void cms_begin() {
    using namespace cms;
    files::initialize(&fixed<Adt, at::adt>(), fixed<Fvs, at::fvs>());
    type_banner();
    if (!access_at_startup(nucon().sysaddr, 'S'_e, {}))
        type_line("DMSINS SYSTEM DISK CANNOT BE ACCESSED"_e);
    command_loop();
}
