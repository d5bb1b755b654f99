#include "tests/machine/streams/witness.h"

#include "s370/base/text.h"
#include "s370/machine/key.h"
#include "s370/machine/storage.h"
#include "tests/machine/streams/layout.h"
#include "tests/machine/streams/processor.h"
#include "tests/machine/streams/random.h"

namespace streams {
namespace {

bool own(u32 address) {
    return address < 0x1000 || (address >= machine::real_address(streams_begin) &&
                                address < machine::real_address(streams_end));
}
u8 key_of(u32 address) { return static_cast<u8>(Random::mixed(address) & 0xF8); }

// The first address that is not as it was left; the size of storage: all are.
u32 find_change() {
    for (u32 at = 0; at < storage_size; at += 4) {
        if (own(at)) continue;
        if (*machine::real<u32>(at) != Random::mixed(at)) return at;
        if (at % key_block == 0 && (machine::storage_key(at) & 0xF8) != key_of(at)) return at;
    }
    return storage_size;
}

void print(Text text, u32 address) {
    Line<120> line(text);
    line.hex(address, 6).at(120);
    streams_print(line.text().data());
}

} // namespace

void watch() {
    for (u32 at = 0; at < storage_size; at += 4) {
        if (own(at)) continue;
        *machine::real<u32>(at) = Random::mixed(at);
        if (at % key_block == 0) machine::set_storage_key(at, key_of(at));
    }
    streams_drain();
    print("FILLED TO "_e, storage_size);
    for (;;) {
        streams_wait();
        u32 const changed = find_change();
        print(changed == storage_size ? "UNCHANGED TO "_e : "CHANGED AT "_e, changed);
    }
}

} // namespace streams
