#include "cms/commands/edit/buffer.h"

#include "s370/base/bits.h"

namespace cms::edit {
namespace {

constexpr u32 chunk_size = 8192;

} // namespace

Buffer::Buffer() {
    top_.next = &end_;
    end_.previous = &top_;
}

u32 Buffer::number(const EditLine* line) {
    u32 n = 0;
    for (EditLine* at = &top_; at != line; at = at->next) ++n;
    return n;
}

EditLine* Buffer::take() {
    if (free_ != nullptr) {
        EditLine* const line = free_;
        free_ = line->next;
        return line;
    }
    u32 const size = round_up(u32{sizeof(EditLine)} + width_, 8);
    if (left_in_chunk_ < size) {
        if (chunks_used_ == chunks_.size() && !chunks_.resize(chunks_used_ + 64)) return nullptr;
        if (!chunks_[chunks_used_].resize(chunk_size)) return nullptr;
        ++chunks_used_;
        left_in_chunk_ = chunk_size;
    }
    u8* const place = chunks_[chunks_used_ - 1].data() + (chunk_size - left_in_chunk_);
    left_in_chunk_ -= size;
    return new (place) EditLine{};
}

EditLine* Buffer::insert(EditLine* where, Text text) {
    EditLine* const line = take();
    if (line == nullptr) return nullptr;
    if (where == &end_) where = end_.previous;
    line->previous = where;
    line->next = where->next;
    where->next->previous = line;
    where->next = line;
    ++count_;
    replace(line, text);
    return line;
}

EditLine* Buffer::remove(EditLine* line) {
    EditLine* const next = line->next;
    line->previous->next = next;
    next->previous = line->previous;
    line->next = free_;
    free_ = line;
    --count_;
    return next;
}

void Buffer::replace(EditLine* line, Text text) {
    text = text.substr(0, width_).without_trailing_blanks();
    std::copy(text.begin(), text.end(), line->bytes());
    line->length = static_cast<u16>(text.size());
}

} // namespace cms::edit
