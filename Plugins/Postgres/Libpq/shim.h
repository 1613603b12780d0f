/* libpq as Swift sees it. */
#include <libpq-fe.h>
#include <dlfcn.h>
#include <netdb.h>

/* libpq prints notices to stderr unless told otherwise; they are ours to drop. */
static inline void nself_postgres_ignore_notice(void *context, const PGresult *result) {
  (void)context;
  (void)result;
}
static inline void nself_postgres_quiet(PGconn *connection) {
  (void)PQsetNoticeReceiver(connection, nself_postgres_ignore_notice, 0);
}

#include <stdbool.h>
#include <string.h>
static inline bool nself_postgres_equal(const char *a, const char *b, size_t size) {
  return size == 0 || memcmp(a, b, size) == 0;
}
/* Copies `size` bytes and a zero; false when a zero is among them. */
static inline bool nself_postgres_copy_text(char *to, const void *from, size_t size) {
  if (size != 0) memcpy(to, from, size);
  to[size] = 0;
  return size == 0 || memchr(to, 0, size) == NULL;
}

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#ifndef POSIX_SPAWN_SETSID /* glibc shows it to _GNU_SOURCE only, which Swift's modules are built without */
#define POSIX_SPAWN_SETSID 0x80
#endif
/* Runs a program with nothing inherited but `output` (a file, cut to nothing first) as its standard
 * output and error, in a session of its own, so that a Ctrl-C for the host is not for it. */
static inline int nself_postgres_spawn(pid_t *child, char *const arguments[], char *const environment[],
                                       const char *output) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  sigset_t all, none;
  int problem;
  (void)sigfillset(&all);
  (void)sigemptyset(&none);
  posix_spawn_file_actions_init(&files);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&files, 1, 2);
  posix_spawn_file_actions_addclosefrom_np(&files, 3);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
  problem = posix_spawn(child, arguments[0], &files, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return problem;
}
