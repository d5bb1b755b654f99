// The calls by which a CMS program reaches the nucleus: SVC 202 and SVC 203.
//
// GC20-1818 VM/370 System Logic, "SVC Handling". A command or function is named
// by a parameter list of eight-byte tokens; register 15 comes back as the return
// code. svc.S holds the instructions; on the host nothing of this is linked, the
// wrappers above it (console, files, storage...) are replaced by tests/fakes.
#pragma once

#include "cms/layout/nucon.h"
#include "cms/layout/plists.h"
#include "cms/layout/work_areas.h"

extern "C" u8 cms_storage[]; // location 0

namespace cms::api {

// How a command was called: byte 0 of register 1.
enum class CallType : u8 {
    Program = call_type::program,
    ExecQuiet = call_type::exec_quiet,
    Terminal = call_type::terminal,
    Exec = call_type::exec,
};

// An address has 24 bits; the rest of a pointer exists on the host only, where
// nothing of this runs.
template <typename T = u8>
T* at_address(u32 address) {
    return reinterpret_cast<T*>(static_cast<std::uintptr_t>(address & 0xFFFFFF));
}
inline u32 address_of(const void* pointer) {
    return static_cast<u32>(reinterpret_cast<std::uintptr_t>(pointer)) & 0xFFFFFF;
}

inline Nucon& nucon() { return *reinterpret_cast<Nucon*>(cms_storage + at::nucon); }
inline Extsect& extsect() { return *reinterpret_cast<Extsect*>(cms_storage + at::extsect); }

// A parameter list of tokens. Tokens longer than eight characters are cut.
template <usize capacity>
class Plist {
  public:
    template <typename... Tokens>
    explicit Plist(Tokens... tokens) {
        (add(tokens), ...);
    }

    void add(Text token) {
        if (count_ == capacity) return;
        tokens_[count_++] = token;
        fence();
    }
    usize size() const { return count_; }
    const Name8* data() const { return tokens_; }

  private:
    void fence() { std::fill_n(tokens_[count_].bytes, 8, u8{0xFF}); }

    Name8 tokens_[capacity + 1];
    usize count_ = 0;
};

extern "C" {
// R1 = `plist_and_type`, R0 = `eplist`; the return code in R15 is the result.
i32 cms_svc202(u32 plist_and_type, u32 eplist);
// DMSFREE and DMSFRET of `doublewords` of user or nucleus storage; 0 = none left.
u32 cms_dmsfree(u32 doublewords, u32 nucleus);
i32 cms_dmsfret(u32 doublewords, u32 address);
// DMSKEY NUCLEUS when not 0, else DMSKEY RESET.
void cms_dmskey(u32 nucleus);
}

inline i32 svc202(const void* plist, CallType type = CallType::Program,
                  const Eplist* line = nullptr) {
    return cms_svc202(u32(type) << 24 | address_of(plist), line == nullptr ? 0 : address_of(line));
}

} // namespace cms::api
