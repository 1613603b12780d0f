/* C that Swift imports badly: thread-local storage, varargs, macros. */
#ifndef NSELF_HOST_SHIM_H
#define NSELF_HOST_SHIM_H

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

/* The loop this thread runs, or null; and the call that is being served on it. */
void *nself_shim_loop(void);
void nself_shim_set_loop(void *loop);

/* open(2), fcntl(2) and ioctl(2) are variadic. -1 and errno on failure. */
int nself_shim_open(const char *path, int flags, unsigned mode);
int nself_shim_set_nonblocking(int descriptor);

/* recv(2) and send(2) of a nonblocking socket, without signals; -1 and errno on failure. */
ssize_t nself_shim_receive(int descriptor, void *bytes, size_t size);
/* Takes up to `size` bytes out of a TCP socket without copying them anywhere. */
ssize_t nself_shim_drop(int descriptor, size_t size);
ssize_t nself_shim_send(int descriptor, const void *bytes, size_t size);

/* accept4(2), which the importer does not see: nonblocking, closed on exec. */
int nself_shim_accept(int descriptor, struct sockaddr *address, socklen_t *size);

/* Ignores SIGPIPE, blocks SIGTERM, SIGINT and SIGHUP in this thread and those it starts,
 * and returns a non-blocking descriptor they are read from; -1 on failure. */
int nself_shim_signals(void);
/* The next signal that has arrived there, or 0. */
int nself_shim_next_signal(int descriptor);

/* RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE: missing libraries show at load, no symbols
 * mix, and nothing is ever unmapped. */
void *nself_shim_dlopen(const char *path);

/* Names the calling thread for ps, top and debuggers (15 characters at most). */
void nself_shim_name_thread(const char *name);

#endif /* NSELF_HOST_SHIM_H */
