// Free storage in doublewords: DMSFREE, DMSFRET, STRINIT (DMSFRE, DMSSMN).
//
// GC20-1818 VM/370 System Logic, "Free Storage Management". User storage has key
// E, nucleus storage key F. Low storage lies between the nucleus' data and the
// transient area; high storage is taken a page at a time from below the loader
// tables, FREELOWE, and given back there when whole pages are free again.
#pragma once

#include "s370/base/types.h"

namespace cms {

enum class StorageType : u8 { User, Nucleus };
enum class StorageArea : u8 { Any, Low, High };

// Return codes of DMSFREE and DMSFRET.
namespace free_rc {
constexpr i32 ok = 0, none = 1, user_chain = 2, nucleus_chain = 3, bad_size = 4, fret_size = 5,
              bad_block = 6, not_doubleword = 7;
}

struct FreeRequest {
    u32 doublewords = 0;
    u32 at_least = 0; // less than `doublewords`: the largest block between the two
    StorageType type = StorageType::Nucleus;
    StorageArea area = StorageArea::Any;
};

struct FreeGrant {
    i32 rc = free_rc::none;
    u32 address = 0;
    u32 doublewords = 0;
};

// Low storage is [low, low_end), loader tables begin at `high_end`.
void initialize_free_storage(u32 low, u32 low_end, u32 high_end);

FreeGrant dmsfree(const FreeRequest& request);
i32 dmsfret(u32 address, u32 doublewords);

// All user storage is free again, at the end of an abend.
void release_user_storage();

// The nucleus' own use: null when there is none.
void* allocate_nucleus(u32 bytes);
void release_nucleus(void* block, u32 bytes);

// Sets the key of all 2K blocks that [from, to) touches.
void set_keys(u32 from, u32 to, u8 key);
constexpr u8 user_key = 0xE0, nucleus_key = 0xF0;

// STRINIT: GETMAIN storage begins behind the program again.
void strinit();

} // namespace cms
