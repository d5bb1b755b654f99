/* Preloaded into Hercules: between a record from a terminal and the attention for it lies a
   millisecond, so that channel programs that start there are common (docs/corrections.md). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <sys/types.h>
#include <time.h>

static __thread int received;

ssize_t recv(int socket, void* bytes, size_t most, int flags) {
    ssize_t (*real)(int, void*, size_t, int) = dlsym(RTLD_NEXT, "recv");
    ssize_t const got = real(socket, bytes, most, flags);
    received = got > 2;
    return got;
}

int pthread_mutex_unlock(pthread_mutex_t* mutex) {
    static int (*real)(pthread_mutex_t*);
    if (real == NULL) real = dlsym(RTLD_NEXT, "pthread_mutex_unlock");
    int const result = real(mutex);
    if (received) {
        struct timespec const gap = {0, 1000000};
        received = 0;
        nanosleep(&gap, NULL);
    }
    return result;
}
