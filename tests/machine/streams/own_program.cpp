#include "tests/machine/streams/own_program.h"

#include "s370/machine/storage.h"
#include "tests/machine/streams/arena.h"

#include <cstring>

namespace streams {
namespace {

u32 kept[0x10000 / 4];

u32 constant_end() { return machine::real_address(streams_constant_end); }

} // namespace

void keep_program() {
    u32 const begin = machine::real_address(streams_begin);
    std::memcpy(kept, streams_begin, constant_end() - begin);
}

bool restore_program() {
    Ignored ignored;
    u32 const begin = machine::real_address(streams_begin),
              variables = machine::real_address(streams_variables), behind = variables + unit;
    bool const first = restore_to(begin, kept, variables - begin, ignored);
    return restore_to(behind, &kept[(behind - begin) / 4], constant_end() - behind, ignored) ||
           first;
}

} // namespace streams
