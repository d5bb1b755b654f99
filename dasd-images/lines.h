// Text of the host as records of CMS and back: lines, UTF-8 or ISO 8859-1 to EBCDIC.
//
// A record loses its trailing blanks on the way to the host and, when F, gets
// them back. CMS has no empty records: an empty line is a record of one blank.
#pragma once

#include "dasd-images/cms_file.h"

namespace dasd {

struct RecordForm {
    u8 format = cms::fixed_format;
    u32 record_length = 80; // F only
};

// F 80 when no line is longer, else V.
RecordForm usual_form(const Bytes& text);

// Fails, naming the line, when it is too long or has a character that EBCDIC 037 has not.
std::vector<Bytes> lines_to_records(const Bytes& text, const RecordForm& form);
Bytes records_to_lines(const std::vector<Bytes>& records); // UTF-8

// Bytes as they are, cut at `record_length`; the last F record is filled with zeros.
std::vector<Bytes> cut_to_records(const Bytes& bytes, const RecordForm& form);
Bytes join(const std::vector<Bytes>& records);

} // namespace dasd
