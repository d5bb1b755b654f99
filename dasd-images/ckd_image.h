// A disk image as Hercules keeps it: one file, plain (CKD_P370) or compressed
// (CKD_C370, zlib). It may have fewer cylinders than its device.
//
// Tracks that were read are kept decoded; every track is checked when it is read.
#pragma once

#include "dasd-images/track_store.h"

#include <unordered_map>

namespace dasd {

class CkdImage {
  public:
    enum class Kind { Plain, Compressed };

    static CkdImage open(const std::string& path, File::Mode mode = File::Mode::Read);
    // Every track must be written.
    static CkdImage create(const std::string& path, const Geometry& geometry, u32 cylinders,
                           Kind kind);

    const std::string& path() const { return path_; }
    const Geometry& geometry() const { return store_->shape().geometry; }
    u32 cylinders() const { return store_->shape().cylinders; }

    Track& read(Address address);
    // The data of one record; fails, naming it, when there is none.
    Bytes& record(Address address, u8 number);
    // Writes a track; also one that read() returned and the caller changed.
    void write(const Track& track);
    // Orders what was written before what will be; durable: even when power fails.
    void flush();
    void set_durable(bool durable) { durable_ = durable; }

    // Fails at the first track that is damaged.
    void check();

    // Tracks that are kept in some other way.
    CkdImage(std::string name, std::unique_ptr<TrackStore> store)
        : path_(std::move(name)), store_(std::move(store)) {}

  private:
    u32 index(Address address) const;

    std::string path_;
    std::unique_ptr<TrackStore> store_;
    std::unordered_map<u32, Track> tracks_;
    bool durable_ = false;
};

// Null when we do not know the device.
const Geometry* find_geometry(u32 type);

} // namespace dasd
