// The variables that a CMS EXEC assigns itself: `&NAME` and up to eight characters.
#pragma once

#include "cms/api/storage.h"
#include "s370/base/text.h"

namespace cms {

class ExecVariables {
  public:
    // The value of `name` (with its ampersand); null when it was never assigned.
    const Name8* find(Text name) const;
    // False when there is no storage for one more.
    [[nodiscard]] bool assign(Text name, Text value);

  private:
    struct Variable {
        Name8 name;
        Name8 value;
    };
    api::Array<Variable> table_;
    u32 count_ = 0;
};

} // namespace cms
