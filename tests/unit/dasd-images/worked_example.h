// What the worked examples of both formats share, and bytes as their tables print them.
#pragma once

#include "tests/unit/dasd-images/temporary.h"

inline dasd::Timestamp const example_time{80, false, 1, 15, 9, 30, 0};

inline dasd::Bytes hex(const std::string& digits) {
    dasd::Bytes bytes;
    std::string pair;
    for (char c : digits) {
        if (c == ' ') continue;
        pair += c;
        if (pair.size() < 2) continue;
        bytes.push_back(static_cast<u8>(std::stoul(pair, nullptr, 16)));
        pair.clear();
    }
    return bytes;
}

inline bool holds(dasd::Minidisk& disk, u32 block, u32 offset, const std::string& digits) {
    dasd::Bytes const expected = hex(digits);
    const dasd::Bytes& content = disk.read(block);
    return std::equal(expected.begin(), expected.end(), content.begin() + offset);
}

inline dasd::CmsFile note() {
    dasd::CmsFile file = make_file("NOTE", "DATA", cms::variable_format, {600, 600, 20}, 0xC1);
    file.changed = example_time;
    return file;
}
