// A CMS file as a file of the host that keeps its records: what make-module
// writes, what `cmsdisk get --records` writes, and what `put` recognizes.
//
// 16 bytes: "CMSRECS1", 'F' or 'V', three zeros, the record length as a word;
// then each record, a halfword of length before it. Integers are big-endian.
#pragma once

#include "dasd-images/cms_file.h"

namespace dasd {

bool is_record_image(const Bytes& bytes);
Bytes to_record_image(const CmsFile& file);
// Sets format, record length and records of `file`; fails when the image is damaged.
void from_record_image(const Bytes& bytes, CmsFile& file);

} // namespace dasd
