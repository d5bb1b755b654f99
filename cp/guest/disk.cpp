#include "cp/guest/disk.h"

#include "cp/base/free_storage.h"
#include "cp/guest/disk_translator.h"
#include "cp/guest/virtual_machine.h"

#include <algorithm>

namespace cp {

using namespace s370;

namespace {

constexpr u16 ended = status::channel_end | status::device_end;

// A program that keeps reading in its own CCWs is taken up again so often at most.
constexpr u32 most_resumes = 200;

const ckd::Geometry* geometry_of(u16 type) {
    for (const ckd::Geometry* g : {&ckd::geometry_3350, &ckd::geometry_3330, &ckd::geometry_3340}) {
        if (g->type == type) return g;
    }
    return nullptr;
}

u8 type_byte_of(u16 type) {
    switch (type) {
    case 0x3330: return 0x10;
    case 0x3340: return 0x01;
    default: return 0x08;
    }
}

} // namespace

Minidisk* attach_minidisk(VirtualMachine& vm, DeviceAddress address, const Extent& extent) {
    const ckd::Geometry* const geometry = geometry_of(extent.type);
    bool const sound = geometry != nullptr && extent.volume != nullptr && extent.cylinders != 0 &&
                       u32{extent.start} + extent.cylinders <= geometry->cylinders;
    if (!sound || vm.io.find(address) != nullptr) return nullptr;
    auto* const disk = free_storage::create<Minidisk>(vm, address, extent, *geometry);
    if (disk != nullptr) vm.io.attach(*disk);
    return disk;
}

Minidisk* attach_dedicated_disk(VirtualMachine& vm, DeviceAddress address, RealDevice& real) {
    const ckd::Geometry* const geometry = geometry_of(real.type());
    if (geometry == nullptr || real.device_class() != DeviceClass::Disk) return nullptr;
    Extent extent;
    extent.volume = &real;
    extent.cylinders = geometry->cylinders;
    extent.type = real.type();
    extent.dedicated = true;
    return attach_minidisk(vm, address, extent);
}

const Minidisk* dedicated_to(const RealDevice& real) {
    for (VirtualMachine& vm : virtual_machines) {
        for (VirtualDevice& device : vm.io.devices()) {
            const Minidisk* const disk = device.as_minidisk();
            if (disk != nullptr && disk->extent().dedicated && disk->extent().volume == &real)
                return disk;
        }
    }
    return nullptr;
}

DiskUsers disk_users(const RealDevice& volume, u16 start) {
    DiskUsers users;
    for (VirtualMachine& vm : virtual_machines) {
        for (VirtualDevice& device : vm.io.devices()) {
            const Minidisk* const disk = device.as_minidisk();
            if (disk == nullptr || disk->extent().volume != &volume) continue;
            if (disk->extent().start != start) continue;
            ++(disk->extent().read_only ? users.readers : users.writers);
        }
    }
    return users;
}

DeviceIdentity Minidisk::identity() const {
    return {device_class::disk, type_byte_of(extent_.type), extent_.type, "DASD"_e};
}

bool Minidisk::describe(u32 index, Line<80>& line) const {
    if (index != 0) return false;
    if (extent_.dedicated) {
        (line << "ON DASD "_e).hex(extent_.volume->address().value, 3);
        return true;
    }
    line.hex(extent_.type, 4);
    line << ' '_e << extent_.volser.padded() << ' '_e;
    line << (extent_.read_only ? "R/O "_e : "R/W "_e);
    line.decimal(extent_.cylinders, 3) << " CYL"_e;
    return true;
}

void Minidisk::start(const ProgramStart& program) {
    set_busy(true);
    spawn(run(program));
}

Task<> Minidisk::run(ProgramStart program) {
    Task<ProgramEnd> execution = execute(program);
    ProgramEnd const end = co_await execution;
    if (!end.gone) present(end.csw, end.program_controlled);
}

void Minidisk::reset() {
    VirtualDevice::reset();
    std::fill_n(sense_, ckd::sense_length, u8{0});
}

// Where the guest's device and its arm are, not where the real ones are.
void Minidisk::tell_position() {
    ckd::SensedPosition const sensed = ckd::sensed_position(extent_.type, position_);
    sense_[4] = sensed_unit();
    sense_[5] = sensed.low_cylinder;
    sense_[6] = sensed.rest;
}

Task<Minidisk::ProgramEnd> Minidisk::execute(ProgramStart program) {
    VirtualIo::Hold const hold(owner().io);
    DeviceOperation const operation(*this);
    DiskCursor cursor{.address = program.caw.address(), .key = program.caw.key()};
    if (program.ipl) {
        cursor = {.key = 0, .ipl = true, .ipl_cylinder = program.ipl_cylinder};
    } else {
        ChannelWalker walker(owner().storage, program);
        tell_position();
        if (give_sense(walker, sense_)) {
            if (!walker.goes_on(ended))
                co_return ProgramEnd{walker.csw(ended), walker.program_controlled()};
            cursor.address = walker.address() + 8;
        }
    }

    std::fill_n(sense_, ckd::sense_length, u8{0});
    for (u32 resumed = 0; resumed < most_resumes; ++resumed) {
        auto* const translator =
            free_storage::create<DiskTranslator>(owner().storage, *this, position_);
        if (translator == nullptr) break;
        translator->translate(cursor);
        if (translator->program() == nullptr) {
            free_storage::destroy(translator);
            break;
        }
        if (owner().tracer.traces(traced::ccw))
            owner().tracer.channel_program(translator->real_program(), true);
        Task<IoResult> request =
            extent_.volume->run(translator->program(), true, 0, translator->multitrack());
        IoResult const result = co_await request;
        if (operation.gone()) {
            free_storage::destroy(translator);
            co_return ProgramEnd{.gone = true};
        }
        note_real_end(result.csw);
        DiskTranslator::End const end = translator->finish(result, sense_);
        position_ = translator->position();
        free_storage::destroy(translator);
        if (!end.resume) co_return ProgramEnd{end.csw, end.program_controlled};
        cursor = end.cursor;
    }
    Csw const given_up{cursor.key, cursor.address, ended | status::channel_control_check, 0};
    co_return ProgramEnd{given_up};
}

} // namespace cp
