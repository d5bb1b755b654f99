// make-module ELF -o FILE.MODULE: a linked program as a MODULE for CMS.
#include "dasd-images/file_names.h"
#include "dasd-images/module_file.h"
#include "dasd-images/program.h"
#include "dasd-images/record_image.h"

#include <boost/program_options.hpp>

namespace {

namespace po = boost::program_options;

int run(int argc, char** argv) {
    std::string program, output;
    po::options_description options("make-module ELF -o FILE.MODULE");
    // clang-format off
    options.add_options()
        ("help,h", "say this")
        ("output,o", po::value(&output), "a record image, as cmsdisk put and make-volumes take it")
        ("system", "the program runs with the nucleus' key")
        ("program", po::value(&program), "a 31-bit program, linked at 20000 or above, or at E000");
    // clang-format on
    po::positional_options_description positional;
    positional.add("program", 1);
    po::variables_map given;
    po::store(po::command_line_parser(argc, argv).options(options).positional(positional).run(),
              given);
    po::notify(given);
    if (given.count("help") != 0) {
        std::cout << options;
        return 0;
    }
    if (program.empty() || output.empty()) dasd::fail("usage: make-module ELF -o FILE.MODULE");
    dasd::ModuleOptions const module_options{given.count("system") != 0};
    auto const id = dasd::pattern_from_path(output).id();
    auto const module = dasd::make_module(dasd::read_elf(program), id, module_options);
    dasd::write_file(output, dasd::to_record_image(module));
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    return dasd::run_program("make-module", [&] { return run(argc, argv); });
}
