// directory USER.DIRECT VOLUME: compiles the directory onto the system volume.
#include "dasd-images/object_directory.h"
#include "dasd-images/program.h"

namespace {

int compile(const char* source, const char* path) {
    auto image = dasd::CkdImage::open(path, dasd::File::Mode::Update);
    image.set_durable(true);
    dasd::CpVolume volume(image);
    auto const errors = dasd::compile_directory(volume, source);
    for (const std::string& error : errors) std::cerr << error << '\n';
    std::cout << (errors.empty() ? "EOJ DIRECTORY UPDATED\n" : "EOJ DIRECTORY NOT UPDATED\n");
    return errors.empty() ? 0 : 2;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3 || argv[1][0] == '-') {
        std::cerr << "usage: directory USER.DIRECT VOLUME\n"
                     "Compiles USER.DIRECT into the object directory of a system volume.\n"
                     "Errors come as FILE:LINE: DMKDIRnnnE ..., and then nothing is written.\n";
        return argc == 2 && std::string(argv[1]) == "--help" ? 0 : 2;
    }
    return dasd::run_program("directory", [&] { return compile(argv[1], argv[2]); });
}
