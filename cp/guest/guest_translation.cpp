#include "cp/guest/guest_translation.h"

namespace cp {

using namespace s370;

namespace {

GuestTranslation exception(Program code) { return {.exception = code, .fault = code}; }

// 2K pages have one more bit of address, and so the invalid bit further right.
struct Entry {
    u16 bits;
    bool large; // 4K
    bool invalid() const { return (bits & (large ? 0x0008 : 0x0004)) != 0; }
    bool malformed() const { return !large && (bits & 0x0002) != 0; }
    // With 4K pages the two bits that must be zero are high bits of the address on
    // machines with more than 16M, as the real one is.
    u32 frame() const {
        return large ? u32{bits & 0xFFF0u} << 8 | u32{bits & 0x0006u} << 23
                     : u32{bits & 0xFFF8u} << 8;
    }
};

} // namespace

TranslationFormat translation_format(u32 cr0) {
    TranslationFormat format;
    if ((cr0 & cr0::page_size_mask) == cr0::pages_2k) format.page_bits = 11;
    if ((cr0 & cr0::page_size_mask) == cr0::pages_4k) format.page_bits = 12;
    if ((cr0 & cr0::segment_size_mask) == cr0::segments_64k) format.segment_bits = 16;
    if ((cr0 & cr0::segment_size_mask) == cr0::segments_1m) format.segment_bits = 20;
    return format;
}

GuestTranslation translate(VirtualMachine& vm, u32 address) {
    TranslationFormat const format = translation_format(vm.cpu.cr[0]);
    if (!format.valid()) return exception(Program::TranslationSpecification);
    auto const [page_bits, segment_bits] = format;
    u32 const cr1 = vm.cpu.space();

    // A segment table of 1M segments is always long enough: it has one unit.
    u32 const segment = address >> segment_bits;
    u32 const segment_entry = (cr1 & 0x00FFFFC0) + 4 * segment;
    if (segment_bits == 16 && segment / 16 > cr1 >> 24)
        return {
            .condition_code = 3, .address = segment_entry, .fault = Program::SegmentTranslation};
    Be32 segment_word;
    if (!vm.storage.read({segment_entry}, segment_word)) return exception(Program::Addressing);
    SegmentEntry const found{segment_word};
    if (found.invalid())
        return {
            .condition_code = 1, .address = segment_entry, .fault = Program::SegmentTranslation};
    if ((found.bits & SegmentEntry::must_be_zero) != 0)
        return exception(Program::TranslationSpecification);

    // The length counts in sixteenths of the largest table; the machine at hand takes one other
    // than the least for the greatest.
    u32 const page = (address & ((1u << segment_bits) - 1)) >> page_bits;
    u32 const page_entry = found.page_table() + 2 * page;
    u32 const pages_per_sixteenth = 1u << (segment_bits - page_bits) >> 4;
    if (!vm.storage.contains({page_entry}, 2)) return exception(Program::Addressing);
    if (found.length_less_one() == 0 && page >= pages_per_sixteenth)
        return {.condition_code = 3, .address = page_entry, .fault = Program::PageTranslation};
    Be16 page_halfword;
    vm.storage.read({page_entry}, page_halfword);
    Entry const entry{page_halfword, page_bits == 12};
    if (entry.invalid())
        return {.condition_code = 2, .address = page_entry, .fault = Program::PageTranslation};
    if (entry.malformed()) return exception(Program::TranslationSpecification);

    u32 const offset = address & ((1u << page_bits) - 1);
    return {.address = entry.frame() | offset,
            .page_table = found.page_table(),
            .store_protected = found.store_protected()};
}

} // namespace cp
