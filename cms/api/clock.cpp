#include "cms/api/clock.h"

#include "cms/api/svc.h"
#include "cp/api/diagnose_codes.h"
#include "s370/machine/diagnose.h"

namespace cms::api {

Clock read_clock() {
    struct alignas(8) {
        Name8 date;
        Name8 time;
        Be64 virtual_cpu;
        Be64 total_cpu;
    } answer;
    machine::Diagnose registers;
    registers.rx = address_of(&answer);
    machine::diagnose(cp::diagnose_code::pseudo_timer, registers);
    return {answer.date, answer.time, {answer.virtual_cpu}, {answer.total_cpu}};
}

} // namespace cms::api
