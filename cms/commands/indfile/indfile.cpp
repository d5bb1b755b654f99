#include "cms/commands/indfile/indfile.h"

#include "cms/api/display.h"
#include "cms/commands/indfile/cut.h"
#include "cms/commands/indfile/dft.h"
#include "cms/commands/indfile/records.h"
#include "s370/arch/ds3270.h"
#include "s370/arch/file_transfer.h"

namespace cms::indfile {
namespace {

constexpr u32 input_size = s370::file_transfer::dft::most_buffer;

Ending put(const Request& request, Link& link) {
    RecordWriter writer(request);
    Ending ending = writer.open();
    if (ending != Ending::Complete) return ending;
    Outcome outcome = link.open();
    while (outcome == Outcome::Done) {
        std::span<const u8> bytes;
        outcome = link.receive(bytes);
        if (outcome != Outcome::Done) break;
        ending = writer.write(bytes);
        if (ending != Ending::Complete) break;
    }
    if (outcome == Outcome::Ended) ending = writer.close();
    if (outcome == Outcome::Refused || outcome == Outcome::Broken) ending = Ending::Canceled;
    if (!is_good(ending)) writer.discard();
    if (outcome != Outcome::Broken) link.close();
    return ending;
}

// Gathers records, so that each message to the terminal is full.
class Gathered {
  public:
    Gathered(Link& link, std::span<u8> buffer) : link_(link), buffer_(buffer) {}
    Outcome add(std::span<const u8> bytes) {
        while (!bytes.empty()) {
            usize const fits = std::min(bytes.size(), buffer_.size() - used_);
            std::copy_n(bytes.data(), fits, buffer_.data() + used_);
            used_ += fits;
            bytes = bytes.subspan(fits);
            if (used_ < buffer_.size()) break;
            if (Outcome const outcome = flush(); outcome != Outcome::Done) return outcome;
        }
        return Outcome::Done;
    }
    Outcome flush() {
        auto const all = buffer_.first(std::exchange(used_, usize{0}));
        return all.empty() ? Outcome::Done : link_.send(all);
    }

  private:
    Link& link_;
    std::span<u8> buffer_;
    usize used_ = 0;
};

Ending get(const Request& request, Link& link) {
    FileState file;
    i32 const code = api::state(request.file, file);
    if (code == api::rc::not_found) return Ending::NotFound;
    if (code == api::rc::disk) return Ending::NotAccessed;
    if (code != 0) return Ending::BadFileName;
    RecordSource source(request, file);
    api::Array<u8> buffer(link.piece());
    if (!source.ok() || !buffer.ok()) return Ending::NoStorage;
    Gathered gathered(link, {buffer.data(), buffer.size()});
    Outcome outcome = link.open();
    Ending ending = Ending::Complete;
    while (outcome == Outcome::Done) {
        std::span<const u8> bytes;
        RecordSource::Next const next = source.next(bytes);
        if (next == RecordSource::Next::Failed) ending = Ending::ReadError;
        if (next != RecordSource::Next::Bytes) break;
        outcome = gathered.add(bytes);
    }
    if (outcome == Outcome::Done) outcome = gathered.flush();
    if (outcome != Outcome::Broken) {
        Outcome const closed = link.close();
        if (outcome == Outcome::Done) outcome = closed;
    }
    return outcome == Outcome::Done ? ending : Ending::Canceled;
}

// True when the terminal has been told how it ended.
bool transfer(const Request& request, Ending& ending, std::span<u8> input) {
    Screen screen(input);
    // The keyboard stays locked: a key that is pressed all the same ends the transfer.
    constexpr u8 empty[] = {s370::ds3270::graphic(s370::ds3270::wcc::reset)};
    if (!screen.show(empty)) return false;
    DftLink dft(screen);
    CutLink cut(screen);
    Outcome const asked = dft.query();
    if (asked == Outcome::Broken) return false;
    Link& link = asked == Outcome::Done ? static_cast<Link&>(dft) : cut;
    bool const wrong = ending != Ending::Complete;
    if (!wrong) ending = request.put ? put(request, link) : get(request, link);
    Line<80> const text = message(ending, request);
    return link.tell(text.text(), is_good(ending)) == Outcome::Done;
}

i32 run(const Parameters& parameters) {
    Request request;
    Ending ending = parse(parameters, request);
    api::Array<u8> input(input_size);
    if (!input.ok()) ending = Ending::NoStorage;
    bool told = false;
    if (api::is_display() && input.ok())
        told = transfer(request, ending, {input.data(), input.size()});
    else if (ending == Ending::Complete)
        ending = Ending::Canceled;
    if (!told) {
        if (ending == Ending::Complete) ending = Ending::Canceled;
        Line<80> const text = message(ending, request);
        api::type_line(text.text().substr(0, text.size() - 1));
    }
    return return_code(ending);
}

} // namespace
} // namespace cms::indfile

i32 indfile_command(const cms::Parameters& parameters) { return cms::indfile::run(parameters); }
