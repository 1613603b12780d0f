/* C that Swift imports badly: thread-local storage, varargs, macros. */
#define _GNU_SOURCE
#include "host_shim.h"

static _Thread_local void *current_loop;

void *nself_shim_loop(void) { return current_loop; }
void nself_shim_set_loop(void *loop) { current_loop = loop; }

int nself_shim_open(const char *path, int flags, unsigned mode) {
  return open(path, flags, (mode_t)mode);
}

int nself_shim_set_nonblocking(int descriptor) {
  int flags = fcntl(descriptor, F_GETFL);
  return flags < 0 ? -1 : fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
}

void *nself_shim_dlopen(const char *path) {
  return dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
}

void nself_shim_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }
