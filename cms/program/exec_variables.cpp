#include "cms/program/exec_variables.h"

namespace cms {

const Name8* ExecVariables::find(Text name) const {
    Name8 const key(name);
    for (u32 i = 0; i < count_; ++i)
        if (table_[i].name == key) return &table_[i].value;
    return nullptr;
}

bool ExecVariables::assign(Text name, Text value) {
    if (const Name8* known = find(name)) {
        *const_cast<Name8*>(known) = value;
        return true;
    }
    if (count_ == table_.size() && !table_.resize(count_ + 32)) return false;
    table_[count_++] = {Name8(name), Name8(value)};
    return true;
}

} // namespace cms
