#include "cp/base/run_clock.h"

namespace cp {

constinit RunClock run_clock;

} // namespace cp
