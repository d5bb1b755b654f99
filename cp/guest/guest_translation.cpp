#include "cp/guest/guest_translation.h"

namespace cp {

using namespace s370;

GuestTranslation translate(VirtualMachine& vm, u32 address) {
    u32 const cr0 = vm.cpu.cr[0], cr1 = vm.cpu.cr[1];
    u32 const page_bits = (cr0 & cr0::page_size_mask) == cr0::pages_2k   ? 11
                          : (cr0 & cr0::page_size_mask) == cr0::pages_4k ? 12
                                                                         : 0;
    u32 const segment_format = cr0 & cr0::segment_size_mask;
    if (page_bits == 0 ||
        (segment_format != cr0::segments_64k && segment_format != cr0::segments_1m))
        return {Program::TranslationSpecification};
    u32 const segment_bits = segment_format == cr0::segments_64k ? 16 : 20;

    // The lengths count in sixteenths of the largest table.
    u32 const segment = address >> segment_bits;
    u32 const segment_entry = ((cr1 & 0x00FFFFC0) + 4 * segment) & 0xFFFFFF;
    u32 const per_sixteenth = segment_bits == 16 ? 16 : 1;
    if (segment / per_sixteenth > cr1 >> 24) return {Program::None, 3, segment_entry};
    Be32 segment_word;
    if (!vm.storage.read({segment_entry}, segment_word)) return {Program::Addressing};
    SegmentEntry const found{segment_word};
    if (found.invalid()) return {Program::None, 1, segment_entry};

    u32 const page = (address & ((1u << segment_bits) - 1)) >> page_bits;
    u32 const page_entry = (found.page_table() + 2 * page) & 0xFFFFFF;
    u32 const pages_per_sixteenth = 1u << (segment_bits - page_bits) >> 4;
    if (page / pages_per_sixteenth > found.length_less_one()) return {Program::None, 3, page_entry};
    Be16 page_halfword;
    if (!vm.storage.read({page_entry}, page_halfword)) return {Program::Addressing};

    // 2K pages have one more bit of address, and so the invalid bit further right.
    u16 const entry = page_halfword;
    u16 const invalid = page_bits == 12 ? 0x0008 : 0x0004;
    u16 const frame_mask = page_bits == 12 ? 0xFFF0 : 0xFFF8;
    if ((entry & invalid) != 0) return {Program::None, 2, page_entry};
    u32 const offset = address & ((1u << page_bits) - 1);
    return {Program::None, 0, (u32{entry} & frame_mask) << 8 | offset};
}

} // namespace cp
