#include "cms/api/storage.h"

#include "cms/api/svc.h"

namespace cms::api {
namespace {

constexpr u32 doublewords(u32 bytes) { return std::max<u32>(1, (bytes + 7) / 8); }

} // namespace

void* allocate(u32 bytes) {
    u32 const address = cms_dmsfree(doublewords(bytes), 0);
    return address == 0 ? nullptr : at_address<void>(address);
}

void release(void* block, u32 bytes) { cms_dmsfret(doublewords(bytes), address_of(block)); }

} // namespace cms::api
