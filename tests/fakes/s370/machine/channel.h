// Real devices for tests: each has a program that answers SIO.
//
// A device that answers 0 finishes by a CSW in `finished`, which a test hands on
// as the interruption (fakes::interrupt()), or TIO finds.
#pragma once

#include "s370/arch/ccw.h"

#include <functional>
#include <map>

namespace fakes {

struct Device {
    // SIO: condition code; may fill `csw`. `ccws` points to the channel program.
    std::function<u8(const s370::Ccw* ccws, s370::Csw& csw)> start;
    s370::Csw finished{};
    bool pending = false; // `finished` has not been taken yet
    u32 start_ios = 0;
};
extern std::map<u16, Device> devices;

// Low storage as the I/O interruption of `address` leaves it. False: nothing pending there.
bool interrupt(u16 address);
// A device that moves nothing and ends every program well.
u8 ends_well(const s370::Ccw* ccws, s370::Csw& csw);

} // namespace fakes
