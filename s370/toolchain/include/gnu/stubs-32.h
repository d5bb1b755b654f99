// Empty: the host's C library headers ask for it, and Debian has no 31-bit C library.
