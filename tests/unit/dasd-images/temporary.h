// A folder that is gone after the test, small volumes in it, and damage to them.
#pragma once

#include "dasd-images/cms_disk.h"

#include <cstdlib>
#include <filesystem>
#include <unistd.h>

class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "dasd-XXXXXX").string();
        path_ = mkdtemp(name.data());
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    std::string operator/(const std::string& name) const { return path_ + "/" + name; }

    std::string write(const std::string& name, const std::string& content) const {
        dasd::write_file(*this / name,
                         {reinterpret_cast<const u8*>(content.data()), content.size()});
        return *this / name;
    }

  private:
    std::string path_;
};

// The message with which `action` fails; empty when it does not.
template <typename Action>
std::string failure_of(Action action) {
    try {
        action();
    } catch (const dasd::Error& error) { return error.what(); }
    return {};
}

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// An image of one CMS disk that takes all of it.
class TestDisk {
  public:
    explicit TestDisk(u32 block_size, u32 cylinders = 1, const std::string& label = "TEST",
                      dasd::CkdImage::Kind kind = dasd::CkdImage::Kind::Plain)
        : image_(dasd::CkdImage::create(folder_ / "disk.ckd", s370::ckd::geometry_3350, cylinders,
                                        kind)),
          disk_(image_, {0, cylinders}) {
        dasd::format_cms_disk(disk_, label, block_size, cylinders);
    }
    dasd::Minidisk& operator*() { return disk_; }
    dasd::Minidisk* operator->() { return &disk_; }
    dasd::CkdImage& image() { return image_; }
    std::string path() const { return folder_ / "disk.ckd"; }
    std::unique_ptr<dasd::CmsDisk> open() { return dasd::CmsDisk::open(disk_); }

    // Overwrites bytes of a block.
    void damage(u32 block, u32 offset, const dasd::Bytes& bytes) {
        dasd::Bytes content = disk_.read(block);
        std::copy(bytes.begin(), bytes.end(), content.begin() + offset);
        disk_.write(block, content);
    }

  private:
    TemporaryFolder folder_;
    dasd::CkdImage image_;
    dasd::Minidisk disk_;
};

inline dasd::CmsFile make_file(const std::string& name, const std::string& type, u8 format,
                               const std::vector<u32>& lengths, u8 fill = 0xC1) {
    dasd::CmsFile file;
    file.id = dasd::make_file_id(name, type);
    file.format = format;
    file.record_length = 0;
    for (u32 length : lengths) {
        file.records.emplace_back(length, fill++);
        if (fill == 0) fill = 1;
        file.record_length = std::max(file.record_length, length);
    }
    return file;
}
