// A CMS minidisk of 800-byte blocks, as VM/370 has them (cms/layout/cdf.h).
#pragma once

#include "cms/layout/cdf.h"
#include "dasd-images/cms_disk.h"

namespace dasd {

// The blocks of one file.
struct CdfChain {
    std::vector<u32> data;  // in order; 0 = hole
    std::vector<u32> links; // the first chain link and the others
};
// Fails, naming the block, when a number cannot be right.
CdfChain read_chain(Minidisk& disk, const cms::FileStatus& status, u32 total_blocks);

class CdfDisk : public CmsDisk {
  public:
    static std::unique_ptr<CdfDisk> open(Minidisk& disk);
    static void format(Minidisk& disk, const std::string& label, u32 cylinders);

    std::string label() const override;
    u32 block_size() const override { return cms::cdf::block_size; }
    u32 total_blocks() const override { return map_.total(); }
    u32 used_blocks() const override { return map_.used(); }
    std::vector<FileInfo> files() const override;
    CmsFile get(const FileId& id) override;
    void put(const CmsFile& file, bool sparse) override;
    void erase(const FileId& id) override;
    void commit() override;
    std::vector<std::string> check() override;

  private:
    using Status = cms::FileStatus;

    explicit CdfDisk(Minidisk& disk) : disk_(disk) {}
    void read_master_directory();
    void read_mask();
    void read_directory();
    u32 mask_size() const { return (map_.total() + 7) / 8; }
    u32 extensions_needed() const;
    Bytes read_data(const CdfChain& chain);
    u32 write_chain(std::span<const u8> bytes, bool sparse, u32& data_blocks);
    void reserve_directory(usize files);
    void give_up(const CdfChain& chain);
    Bytes mask_bytes() const;

    Minidisk& disk_;
    cms::cdf::Label label_{};
    cms::cdf::MasterDirectory master_{};
    std::vector<u32> directory_blocks_, mask_blocks_; // that master_ names
    std::vector<u32> next_directory_blocks_;          // for the next commit
    std::vector<Status> statuses_;
    BlockMap map_;
};

} // namespace dasd
