// Messages of the nucleus, edited as CP SET EMSG says (DMSERR).
#pragma once

#include "cms/layout/message_text.h"

namespace cms {

// Types message `number` of severity `letter` from module DMS`module`.
void type_message(Text module, u32 number, u8 letter, Text text);
// Types a line that begins with a message code, edited.
void type_edited(Text line);

using Message = ComposedMessage<type_message>;

} // namespace cms
