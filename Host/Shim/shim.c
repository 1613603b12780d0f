/* C that Swift imports badly: thread-local storage, varargs, macros. */
#define _GNU_SOURCE
#include "host_shim.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Always part of the program, never of a library: one instruction instead of a call. */
static _Thread_local void *current_loop __attribute__((tls_model("initial-exec")));

void *nself_shim_loop(void) { return current_loop; }
void nself_shim_set_loop(void *loop) { current_loop = loop; }

int nself_shim_open(const char *path, int flags, unsigned mode) {
  return open(path, flags, (mode_t)mode);
}

int nself_shim_set_nonblocking(int descriptor) {
  int flags = fcntl(descriptor, F_GETFL);
  return flags < 0 ? -1 : fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
}

/* As system calls: the library's functions are cancellation points, which costs as much as the
 * rest of what they do outside the kernel. */
ssize_t nself_shim_receive(int descriptor, void *bytes, size_t size) {
  return syscall(SYS_recvfrom, descriptor, bytes, size, 0, (void *)0, (void *)0);
}
ssize_t nself_shim_drop(int descriptor, size_t size) {
  return syscall(SYS_recvfrom, descriptor, (void *)0, size, MSG_TRUNC, (void *)0, (void *)0);
}
ssize_t nself_shim_send(int descriptor, const void *bytes, size_t size) {
  return syscall(SYS_sendto, descriptor, bytes, size, MSG_NOSIGNAL, (void *)0, 0);
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
