// A CMS minidisk of 512-, 1024-, 2048- or 4096-byte blocks (cms/layout/edf.h).
#pragma once

#include "dasd-images/cms_disk.h"
#include "dasd-images/edf_tree.h"

namespace dasd {

class EdfDisk : public CmsDisk {
  public:
    static std::unique_ptr<EdfDisk> open(Minidisk& disk);
    static void format(Minidisk& disk, const std::string& label, u32 block_size, u32 cylinders);

    std::string label() const override;
    u32 block_size() const override { return disk_.block_size(); }
    u32 total_blocks() const override { return map_.total(); }
    u32 used_blocks() const override { return map_.used(); }
    std::vector<FileInfo> files() const override;
    CmsFile get(const FileId& id) override;
    void put(const CmsFile& file, bool sparse) override;
    void erase(const FileId& id) override;
    void commit() override;
    std::vector<std::string> check() override;

  private:
    using Status = cms::edf::FileStatus;

    explicit EdfDisk(Minidisk& disk) : disk_(disk) {}
    void read_label();
    void read_directory();
    void read_map();
    Status find_directory_status();
    void give_up(const EdfTree& tree);
    Bytes map_bytes() const;
    Bytes directory_bytes() const;

    Minidisk& disk_;
    cms::edf::Label label_{};
    Status directory_{}, allocation_{}; // the first two entries
    std::vector<Status> statuses_;      // the others, those in use
    BlockMap map_;
};

} // namespace dasd
