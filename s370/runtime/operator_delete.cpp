// Every class with a virtual destructor refers to operator delete, even where
// nothing is ever deleted: objects lie in the free storage of CP and CMS and are
// given back there. A call is a program interruption.

[[gnu::weak]] void operator delete(void*, unsigned long) noexcept { __builtin_trap(); }
[[gnu::weak]] void operator delete(void*) noexcept { __builtin_trap(); }
