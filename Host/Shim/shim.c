/* C that Swift imports badly: thread-local storage, varargs, macros. */
#define _GNU_SOURCE
#include "host_shim.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

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

int nself_shim_accept(int descriptor, struct sockaddr *address, socklen_t *size) {
  return accept4(descriptor, address, size, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int nself_shim_signals(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGHUP);
  signal(SIGPIPE, SIG_IGN);
  pthread_sigmask(SIG_BLOCK, &set, NULL);
  return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int nself_shim_next_signal(int descriptor) {
  struct signalfd_siginfo info;
  return read(descriptor, &info, sizeof info) == sizeof info ? (int)info.ssi_signo : 0;
}

void *nself_shim_dlopen(const char *path) {
  return dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
}

void nself_shim_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }
