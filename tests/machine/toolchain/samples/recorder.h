// What a sample computes, as words: compared with the same sample on the host.
//
// Values only, never bytes or addresses: the host is another machine.
#pragma once

using u8 = unsigned char;
using u16 = unsigned short;
using u32 = unsigned;
using u64 = unsigned long long;
using i8 = signed char;
using i16 = short;
using i32 = int;
using i64 = long long;

// Keeps the compiler from knowing a value.
template <class T>
[[gnu::noinline]] T hidden(T value) {
    asm volatile("" : "+m"(value));
    return value;
}

class Recorder {
  public:
    explicit Recorder(u32* results) : first_(results), next_(results + 1) {}
    ~Recorder() { *first_ = u32(next_ - first_) - 1; }
    Recorder(Recorder const&) = delete;
    Recorder& operator=(Recorder const&) = delete;

    void operator()(u32 value) { *next_++ = value; }
    void operator()(i32 value) { *next_++ = u32(value); }
    void operator()(bool value) { *next_++ = value ? 1 : 0; }
    void operator()(u64 value) {
        *next_++ = u32(value >> 32);
        *next_++ = u32(value);
    }
    void operator()(i64 value) { (*this)(u64(value)); }

  private:
    u32* first_;
    u32* next_;
};

// At most 65,536 words.
extern "C" void s370_test(u32* results);
