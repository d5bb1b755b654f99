// Messages of CMS commands.
#pragma once

#include "cms/api/console.h"
#include "cms/api/files.h"
#include "cms/layout/message_text.h"

namespace cms::api {

// Types message `number` of severity `letter` from module DMS`module`.
void message(Text module, u32 number, u8 letter, Text text);

using Message = ComposedMessage<message>;

// `fn ft fm` with one blank between; empty parts are left out.
Line<30> spell(const FileId& id);

} // namespace cms::api
