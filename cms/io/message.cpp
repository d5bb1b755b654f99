#include "cms/io/message.h"

#include "cms/base/cp.h"
#include "cms/base/storage.h"
#include "cms/io/console.h"

namespace cms {

void type_edited(Text line) {
    if ((nucon().msgflags & msgflags::no_error_messages) != 0) return;
    Text const edited = edit_message(line);
    if (!edited.empty()) type_line(edited);
}

void type_message(Text module, u32 number, u8 letter, Text text) {
    type_edited(spell_message(module, number, letter, text));
}

} // namespace cms
