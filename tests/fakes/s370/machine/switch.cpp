#include "s370/machine/switch.h"

namespace fakes {
machine::Interruption (*when_running)(void* registers);
machine::Interruption (*when_waiting)();
} // namespace fakes

namespace machine {

Interruption run(void* registers) {
    return fakes::when_running != nullptr ? fakes::when_running(registers) : Interruption::None;
}
Interruption wait() {
    return fakes::when_waiting != nullptr ? fakes::when_waiting() : Interruption::None;
}
void stop(u32 code) { throw Stopped{code}; }

} // namespace machine
