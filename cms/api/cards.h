// Cards to the virtual punch: CARDPH.
#pragma once

#include "s370/base/text.h"

namespace cms::api {

// Punches a card of 80 columns, blank behind the text.
i32 punch_card(Text text);

} // namespace cms::api
