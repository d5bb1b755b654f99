// Storage keys, one for each 2K block. GA22-7000-10 "Storage Key".
#pragma once

#include "s370/base/types.h"

namespace s370 {

namespace storage_key {
constexpr u8 access_mask = 0xF0, fetch_protect = 0x08, reference = 0x04, change = 0x02;

// May a program with `psw_key` store (fetch) under `key`?
constexpr bool may_store(u8 key, u8 psw_key) { return psw_key == 0 || key >> 4 == psw_key; }
constexpr bool may_fetch(u8 key, u8 psw_key) {
    return may_store(key, psw_key) || (key & fetch_protect) == 0;
}
} // namespace storage_key

} // namespace s370
