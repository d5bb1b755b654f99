// check-volume VOLUME...: every track, and on a CP volume label, map and directory.
#include "dasd-images/object_directory.h"
#include "dasd-images/program.h"

namespace {

u32 check(const std::string& path) {
    auto image = dasd::CkdImage::open(path);
    image.check();
    dasd::CpVolume volume(image);
    auto const problems = volume.check();
    for (const std::string& problem : problems) std::cerr << path << ": " << problem << '\n';
    if (volume.directory().first_cylinder != 0)
        for (const std::string& userid : dasd::userids(volume))
            if (!dasd::find_user(volume, userid))
                dasd::fail(path, ": user ", userid, " is not found in the directory");
    return static_cast<u32>(problems.size());
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2 || argv[1][0] == '-') {
        std::cerr << "usage: check-volume VOLUME...\n"
                     "Proves that CP volumes are sound: every track, label, allocation map, "
                     "directory.\n";
        return 2;
    }
    return dasd::run_program("check-volume", [&] {
        u32 problems = 0;
        for (int i = 1; i < argc; ++i) problems += check(argv[i]);
        return problems == 0 ? 0 : 1;
    });
}
