#!/usr/bin/env python3
"""Appends to the image of the CMS nucleus the addresses of all words that point
into its movable part: a count, then a word each (cms/high_nucleus.cpp reads them).

usage: relocations.py nucleus.elf image.bin     (linked with --emit-relocs)
"""
import struct
import sys

SHT_SYMTAB, SHT_RELA, SHF_ALLOC, R_390_32 = 2, 4, 2, 4
DIFFERENCES = {3, 12, 14, 5, 18, 20}  # 12-bit, 16-bit and PC-relative kinds, which the move leaves right


def sections(elf):
    offset, = struct.unpack_from('>I', elf, 32)
    size, count, _ = struct.unpack_from('>HHH', elf, 46)
    names = ('name', 'type', 'flags', 'addr', 'offset', 'size', 'link', 'info', 'align', 'entsize')
    return [dict(zip(names, struct.unpack_from('>10I', elf, offset + i * size))) for i in range(count)]


def symbols(elf, table, strings):
    result = []
    for at in range(table['offset'], table['offset'] + table['size'], 16):
        name, value, _, _, _, _ = struct.unpack_from('>IIIBBH', elf, at)
        end = elf.index(b'\0', strings['offset'] + name)
        result.append((elf[strings['offset'] + name:end].decode(), value))
    return result


def main():
    elf = open(sys.argv[1], 'rb').read()
    parts = sections(elf)
    table = next(s for s in parts if s['type'] == SHT_SYMTAB)
    names = symbols(elf, table, parts[table['link']])
    value = dict(names)
    low, high = value['cms_high_start'], value['cms_high_end']

    words = []
    for part in parts:
        if part['type'] != SHT_RELA or not parts[part['info']]['flags'] & SHF_ALLOC:
            continue
        for at in range(part['offset'], part['offset'] + part['size'], 12):
            where, info, addend = struct.unpack_from('>IIi', elf, at)
            target, kind = names[info >> 8][1] + addend, info & 255
            within = low <= where < high
            if kind == R_390_32:
                if low <= target <= high and names[info >> 8][1] != 0:
                    words.append(where)
            elif kind not in DIFFERENCES:
                sys.exit(f'relocations.py: {where:06x}: relocation of kind {kind} cannot be moved')
            elif within != (low <= target < high) and kind in {5, 18, 20}:
                sys.exit(f'relocations.py: {where:06x}: relative reference across the movable part')
    with open(sys.argv[2], 'ab') as image:
        image.write(struct.pack(f'>I{len(words)}I', len(words), *sorted(words)))


main()
