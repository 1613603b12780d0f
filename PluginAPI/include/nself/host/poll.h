/* Foreign file descriptors on the calling loop. */
#ifndef NSELF_HOST_POLL_H
#define NSELF_HOST_POLL_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_HOST_POLL_ID "nself.host.poll/1"

NSELF_FLAGS(nself_poll_events) {
  NSELF_POLL_READABLE = 1u << 0,
  NSELF_POLL_WRITABLE = 1u << 1,
  NSELF_POLL_HANGUP = 1u << 2 /* reported, never asked for; with READABLE, so read */
};

/* Repeats in every turn while the condition holds (level-triggered). [loop] */
typedef void (*nself_poll_ready)(void *context, nself_poll poll, nself_poll_events events);

/* Lets a library with a non-blocking socket of its own (libpq, hiredis, SMTP) run
 * on the host's loops without threads. All of it on one loop: the calling one. */
typedef struct nself_host_poll {
  uint32_t struct_size;
  uint32_t reserved;
  /* Watches `fd`, which stays the plugin's. id 0: refused (a regular file, watched
   * already, or not on a loop). Open it close-on-exec. [loop] */
  nself_poll (*watch)(const nself_host *host, int32_t fd, nself_poll_events events,
                      void *context, nself_poll_ready ready);
  /* Changes what is asked for; 0 pauses. [loop] the same one */
  void (*change)(const nself_host *host, nself_poll poll, nself_poll_events events);
  /* Ends it at once: no callback follows, context may be freed. Call it BEFORE
   * close(fd), or a reused descriptor hears the old one's events. [loop] the same */
  void (*stop)(const nself_host *host, nself_poll poll);
} nself_host_poll;

NSELF_END

#endif /* NSELF_HOST_POLL_H */
