// QUERY DISK mode|*|MAX|R/W and QUERY SEARCH.
#pragma once

#include "cms/commands/command.h"

namespace cms {

i32 query_disk(const Parameters& parameters);
i32 query_search();

} // namespace cms
