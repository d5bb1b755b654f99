using U32 = unsigned;
using U64 = unsigned long long;
extern "C" void s370_test(U32* results) {
    U32 volatile a = 0xFFFFFFFF, b = 7;
    *results++ = a * b; *results++ = a / b; *results++ = a % b;
    U64 volatile c = 0x123456789ABCDEF0, d = 0x12345;
    U64 q = c / d; *results++ = U32(q >> 32); *results++ = U32(q);
    q = c * d; *results++ = U32(q >> 32); *results++ = U32(q);
    for (U32 i = 0; i < b; ++i) *results++ = i * i;
}
