#include "cms/commands/device.h"

namespace cms::errors {

i32 invalid_device(Text module, Text device) {
    Message(module, 17, 'E'_e) << "INVALID DEVICE ADDRESS '"_e << device << "'"_e;
    return api::rc::parameter;
}

i32 no_device(Text module) {
    api::message(module, 28, 'E'_e, "NO DEVICE SPECIFIED"_e);
    return api::rc::parameter;
}

} // namespace cms::errors
