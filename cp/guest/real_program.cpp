#include "cp/guest/real_program.h"

#include "s370/base/bits.h"
#include "s370/machine/storage.h"

namespace cp {

using namespace s370;

RealProgram::~RealProgram() {
    for (Chunk* chunk : chunks_) free_storage::destroy(chunk);
    while (blocks_ != nullptr) {
        Block* const next = blocks_->next;
        free_storage::destroy(blocks_);
        blocks_ = next;
    }
}

u32 RealProgram::add(const Ccw& ccw, const Entry& entry, bool joined) {
    u32 slot = count_ % chunk_entries;
    // The last slots of a chunk are for what must lie together, and for the link.
    bool const link = slot >= chunk_entries - 8 && !joined;
    if (slot == chunk_entries - 1 && !link) return none;
    if (link || slot == 0) {
        u32 const number = link ? count_ / chunk_entries + 1 : count_ / chunk_entries;
        if (number == largest / chunk_entries) return none;
        chunks_[number] = free_storage::create<Chunk>();
        if (chunks_[number] == nullptr) return none;
        if (link) {
            this->ccw(count_) =
                Ccw(command::tic, machine::real_address(chunks_[number]->ccws), 0, 1);
            this->entry(count_) = Entry{entry.guest, Ending::None, 0, 0};
            count_ = number * chunk_entries;
        }
    }
    this->ccw(count_) = ccw;
    this->entry(count_) = entry;
    return count_++;
}

u32 RealProgram::index_of(u32 address) const {
    for (u32 number = 0; number < largest / chunk_entries && chunks_[number] != nullptr; ++number) {
        u32 const start = machine::real_address(chunks_[number]->ccws);
        if (address < start || address >= start + sizeof(Chunk::ccws)) continue;
        u32 const index = number * chunk_entries + (address - start) / u32{sizeof(Ccw)};
        return index < count_ ? index : none;
    }
    return none;
}

u8* RealProgram::take(u32 bytes) {
    bytes = round_up(bytes, 8);
    if (own_used_ + bytes <= sizeof own_) {
        u8* const place = own_ + own_used_;
        own_used_ += bytes;
        return place;
    }
    if (blocks_ == nullptr || blocks_->used + bytes > Block::space) {
        Block* const block = free_storage::create<Block>();
        if (block == nullptr) return nullptr;
        block->next = blocks_;
        block->used = 0;
        blocks_ = block;
    }
    u8* const place = blocks_->bytes + blocks_->used;
    blocks_->used += bytes;
    return place;
}

} // namespace cp
