// Query replies: what the terminal tells a host that asks.
//
// GA23-0059 "Query reply". Equal to those of the x3270 family for the same model,
// screen size and code page, since that is what hosts have been tried with.
#pragma once

#include "terminal/model/data_stream.h"

namespace terminal {

// All of them, as one record.
Bytes query_reply(const Features& features);
// Those of `codes` that there are; the null reply when there are none.
Bytes query_list_reply(const Features& features, std::span<const u8> codes);

} // namespace terminal
