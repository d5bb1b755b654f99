#include "cms/program/exec_source.h"

namespace cms {

Text ExecSource::line(u32 number) const {
    if (number == 0 || number > count_) return {};
    u32 const start = starts_[number - 1];
    return Text(bytes_.data() + start, starts_[number] - start).without_trailing_blanks();
}

i32 ExecSource::load(const api::FileState& file) {
    fixed80_ = file.recfm == 'F'_e && file.record_length == 80;
    u32 const longest = std::max<u32>(file.record_length, 1);
    // A V file rarely fills its longest record: begin small and grow.
    if (!starts_.resize(file.records + 1)) return api::rc::storage;
    if (!bytes_.resize(std::max(longest, file.recfm == 'F'_e ? file.records * longest : 4096u)))
        return api::rc::storage;

    u32 end = 0;
    for (count_ = 0; count_ < file.records; ++count_) {
        if (bytes_.size() - end < longest && !bytes_.resize(bytes_.size() * 2 + longest))
            return api::rc::storage;
        u32 length = 0;
        i32 const code =
            api::read_record(file.id, count_ + 1, {bytes_.data() + end, longest}, length);
        if (code == api::rc::end_of_file) break;
        if (code != 0) {
            api::finis(file.id);
            return code;
        }
        starts_[count_] = end;
        end += length;
    }
    starts_[count_] = end;
    api::finis(file.id);
    return api::rc::ok;
}

} // namespace cms
