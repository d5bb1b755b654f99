#include "cms/api/cards.h"

#include "cms/api/svc.h"
#include "cms/layout/plists.h"

namespace cms::api {

i32 punch_card(Text text) {
    Name<80> const card(text);
    CardPlist list{};
    list.function = "CARDPH"_e;
    list.buffer = {0, address_of(card.bytes)};
    return svc202(&list);
}

} // namespace cms::api
