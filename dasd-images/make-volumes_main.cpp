// make-volumes MANIFEST FOLDER: makes the volumes that a manifest describes.
#include "dasd-images/manifest.h"
#include "dasd-images/program.h"

int main(int argc, char** argv) {
    if (argc != 3 || argv[1][0] == '-') {
        std::cerr << "usage: make-volumes MANIFEST FOLDER\n"
                     "Makes FOLDER/LABEL.ckd for each volume of the manifest; its form is in\n"
                     "dasd-images/manifest.h.\n";
        return 2;
    }
    return dasd::run_program("make-volumes", [&] {
        dasd::make_volumes(dasd::parse_manifest(argv[1]), argv[2]);
        return 0;
    });
}
