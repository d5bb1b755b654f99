#include "tests/fakes/host_storage.h"

#include <cstring>

namespace {
alignas(4096) u8 storage[fakes::host_storage_size];
}

u8* machine::host_storage = storage;

void fakes::clear_host_storage() { std::memset(storage, 0, sizeof storage); }
