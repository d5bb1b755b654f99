#include "session.h"

#include "cms/base/cp.h"
#include "cms/base/free_storage.h"
#include "cms/base/storage.h"
#include "cms/diagnose.h"
#include "cms/layout/devtab.h"
#include "s370/machine/control.h"
#include "s370/machine/storage.h"

#include <boost/test/unit_test.hpp>

#include <cstring>
#include <sstream>

using namespace cms;

namespace tests {
namespace {

constexpr u32 low_free = 0x5000, buffers = 0x20000; // what programs have: 128K
constexpr u32 plists = 0xE000;

std::vector<std::string> words(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> result;
    for (std::string word; in >> word;) result.push_back(word);
    while (result.size() < 3) result.emplace_back();
    return result;
}

template <usize n>
Name<n> name(const std::string& text) {
    Name<n> result;
    for (usize i = 0; i < std::min(n, text.size()); ++i) {
        result.bytes[i] = ebcdic::from_latin1(static_cast<u8>(text[i]));
    }
    return result;
}

std::string latin1(Text text) {
    std::string result;
    for (u8 c : text) result += static_cast<char>(ebcdic::to_latin1(c));
    return result;
}

// A plist in the machine's storage.
template <typename List>
List& place(const List& list) {
    auto* const at = at_address<List>(plists);
    std::memcpy(static_cast<void*>(at), &list, sizeof list);
    return *at;
}

template <typename List>
List with_fileid(const std::string& fileid) {
    auto const w = words(fileid);
    List list{};
    list.name = name<8>(w[0]);
    list.type = name<8>(w[1]);
    list.mode = name<2>(w[2]);
    return list;
}

} // namespace

Fscb fscb(const std::string& fileid) {
    auto list = with_fileid<Fscb>(fileid);
    list.items = u16{1};
    list.buffer = buffers;
    return list;
}

Session::Session(u32 storage, bool bare) : storage_(storage) {
    fakes::diagnoses.clear();
    fakes::answer_diagnoses();
    constexpr u64 virtual_machine = 0xFF00000000000000;
    fakes::cpu_id = fakes::real_cpu_id | (bare ? 0 : virtual_machine);
    ipl();
}

void Session::ipl() {
    fakes::clear_storage();
    find_cp();
    nucon().vmsize = storage_;
    nucon().adevtab = at::devtab;
    nucon().mainhigh = buffers + 0x10000;
    nucon().frerespg = u16{2};
    initialize_free_storage(low_free, at::transient_area, storage_ - 0x2000);
    files::initialize(&fixed<Adt, at::adt>(), fixed<Fvs, at::fvs>());
    nucon().iadt = at::adt;
}

i32 Session::access(u16 device, char letter, char extends, u8 flags) {
    files::AccessList list{};
    list.device = device;
    list.letter = ebcdic::from_latin1(static_cast<u8>(letter));
    list.extends = ebcdic::from_latin1(static_cast<u8>(extends));
    list.flags = flags;
    auto& placed = place(list);
    i32 const rc = files::access(placed);
    last_access = placed;
    return rc;
}

i32 Session::release(char letter) {
    files::ReleaseList list{};
    list.letter = ebcdic::from_latin1(static_cast<u8>(letter));
    return files::release(place(list));
}

i32 Session::format(u16 device, u32 block_size, u32 cylinders) {
    files::FormatList list{};
    list.device = device;
    list.block_size = block_size;
    list.cylinders = cylinders;
    list.label = name<6>("TSTDSK");
    auto& placed = place(list);
    i32 const rc = files::format(placed);
    last_format = placed;
    return rc;
}

i32 Session::read(const std::string& fileid, u32 item, std::string& record, u32 size, u32 items) {
    Fscb list = fscb(fileid);
    list.item = static_cast<u16>(item);
    list.size = size;
    list.items = static_cast<u16>(items);
    auto& placed = place(list);
    i32 const rc = files::rdbuf(placed);
    u32 const moved = rc == 0 || rc == 8 ? u32{placed.bytes_read} : 0;
    auto const* const at = at_address<char>(buffers);
    record.assign(at, moved);
    return rc;
}

i32 Session::write(const std::string& fileid, u32 item, const std::string& data, char format,
                   u32 items) {
    Fscb list = fscb(fileid);
    list.item = static_cast<u16>(item);
    list.size = static_cast<u32>(data.size());
    list.items = static_cast<u16>(items);
    list.format = ebcdic::from_latin1(static_cast<u8>(format));
    std::memcpy(at_address(buffers), data.data(), data.size());
    return files::wrbuf(place(list));
}

i32 Session::finis(const std::string& fileid) {
    return files::finis(place(with_fileid<files::FileList>(fileid)));
}
i32 Session::state(const std::string& fileid) {
    return files::state(place(with_fileid<files::StateList>(fileid)));
}
i32 Session::statew(const std::string& fileid) {
    return files::statew(place(with_fileid<files::StateList>(fileid)));
}
const Fvs& Session::found() const { return fixed<Fvs, at::fvs>(); }

i32 Session::point(const std::string& fileid, u16 write_item, u16 read_item) {
    auto list = with_fileid<files::PointList>(fileid);
    list.write_pointer = write_item;
    list.read_pointer = read_item;
    return files::point(place(list));
}

i32 Session::erase(const std::string& fileid) {
    return files::erase(place(with_fileid<files::FileList>(fileid)));
}

i32 Session::rename(const std::string& from, const std::string& to) {
    auto const f = words(from), t = words(to);
    files::RenameList list{};
    list.old_name = name<8>(f[0]);
    list.old_type = name<8>(f[1]);
    list.old_mode = name<8>(f[2]);
    list.new_name = name<8>(t[0]);
    list.new_type = name<8>(t[1]);
    list.new_mode = name<8>(t[2]);
    return files::rename(place(list));
}

Records Session::contents(const std::string& fileid) {
    Records result;
    std::string record;
    i32 rc = 0;
    while ((rc = read(fileid, 0, record)) == 0) result.push_back(record);
    BOOST_CHECK_EQUAL(rc, 12);
    finis(fileid);
    return result;
}

i32 Session::make(const std::string& fileid, const Records& records, char format) {
    for (const std::string& record : records) {
        if (i32 const rc = write(fileid, 0, record, format); rc != 0) return rc;
    }
    return finis(fileid);
}

std::vector<std::string> Session::directory(char letter) {
    std::vector<std::string> result;
    Adt const* const adt = files::find_disk(ebcdic::from_latin1(static_cast<u8>(letter)));
    if (adt == nullptr || adt->first_hyperblock == 0) return result;
    auto const& prefix = *at_address<HyperblockPrefix>(adt->first_hyperblock);
    u32 const entry_size = prefix.entry_size, data_size = prefix.data_size;
    u32 left = adt->files;
    for (u32 data = adt->first_hyperblock + 8; data != 0 && left > 0;) {
        for (u32 i = 0; i + entry_size <= data_size && left > 0; i += entry_size) {
            auto const& file = *at_address<FileStatus>(data + i);
            if (file.name.bytes[0] == 0) continue;
            result.push_back(latin1(file.name.text()) + " " + latin1(file.type.text()) + " " +
                             latin1(file.mode.text()));
            --left;
        }
        data = at_address<HyperblockLinks>(data + data_size)->next;
    }
    return result;
}

u32 Session::free_storage() const {
    u32 total = nucon().freelowe;
    auto const& lists = fixed<Frdsect, at::dmsfrt>();
    for (const FreeList* list : {&lists.low_nucleus, &lists.high_nucleus}) {
        for (u32 at = list->first; at != 0; at = *at_address<Be32>(at))
            total += *at_address<Be32>(at + 4);
    }
    return total;
}

} // namespace tests
