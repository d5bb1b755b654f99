#include "cp/guest/guest_translation.h"

namespace cp {

using namespace s370;

namespace {

GuestTranslation exception(Program code) { return {.exception = code, .fault = code}; }

} // namespace

TranslationFormat translation_format(u32 cr0) {
    TranslationFormat format;
    if ((cr0 & cr0::page_size_mask) == cr0::pages_2k) format.page_bits = 11;
    if ((cr0 & cr0::page_size_mask) == cr0::pages_4k) format.page_bits = 12;
    if ((cr0 & cr0::segment_size_mask) == cr0::segments_64k) format.segment_bits = 16;
    if ((cr0 & cr0::segment_size_mask) == cr0::segments_1m) format.segment_bits = 20;
    return format;
}

u32 fault_address(u32 address, bool secondary) {
    constexpr u32 told = 0x80000002, block = 0x00FFFFFF & ~(key_block_size - 1);
    return (address & block) | (secondary ? told : 0);
}

GuestTranslation translate(VirtualMachine& vm, u32 address, u32 space) {
    TranslationFormat const format = translation_format(vm.cpu.cr[0]);
    if (!format.valid()) return exception(Program::TranslationSpecification);
    auto const [page_bits, segment_bits] = format;

    // A segment table of 1M segments is always long enough: it has one unit.
    u32 const segment = address >> segment_bits;
    u32 const segment_entry = (space & 0x00FFFFC0) + 4 * segment;
    if (segment_bits == 16 && segment / 16 > space >> 24)
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
    GuestPageEntry const entry{page_halfword, page_bits == 12};
    if (entry.invalid())
        return {.condition_code = 2, .address = page_entry, .fault = Program::PageTranslation};
    if (entry.malformed()) return exception(Program::TranslationSpecification);

    u32 const offset = address & ((1u << page_bits) - 1);
    return {.address = entry.frame() | offset,
            .segment_entry = found.bits,
            .page_table = found.page_table(),
            .store_protected = found.store_protected()};
}

} // namespace cp
