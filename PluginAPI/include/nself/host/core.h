/* Calls, loops and worker threads. */
#ifndef NSELF_HOST_CORE_H
#define NSELF_HOST_CORE_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_HOST_CORE_ID "nself.host.core/1"
#define NSELF_LOOP_NONE UINT32_MAX

typedef struct nself_host_core {
  uint32_t struct_size;
  uint32_t reserved;
  /* Asks for an early end of an operation; its completion still comes. [any] */
  void (*cancel)(const nself_host *host, nself_operation operation);
  /* How many loops there are; the same for the life of the process. In an
   * isolated child: 1. [any] */
  uint32_t (*loop_count)(const nself_host *host);
  /* The index of the loop this thread runs, or NSELF_LOOP_NONE. On a loop,
   * blocking is forbidden. [any] */
  uint32_t (*current_loop)(const nself_host *host);
  /* The loop that serves `call`. [any] */
  uint32_t (*loop_of)(const nself_host *host, nself_call call);
  /* Runs `task` on a loop, never before this returns. The way back to [loop] from
   * a thread of one's own: run_on_loop(host, loop_of(host, call), ...). [any] */
  void (*run_on_loop)(const nself_host *host, uint32_t loop, void *context, nself_task task);
  /* Runs `task` once when everything that is ready in this turn of the loop has
   * been handled, before it waits: the place to flush what was queued. [loop] */
  void (*run_at_turn_end)(const nself_host *host, void *context, nself_task task);
  /* Runs `task` on the host's bounded pool of worker threads. RESOURCE_EXHAUSTED
   * when its queue is full: then the task does not run. [any] */
  nself_status (*run_blocking)(const nself_host *host, void *context, nself_task task);
  /* Asks the host to stop, destroy and create this instance again. [any] */
  void (*request_restart)(const nself_host *host, nself_string reason);
} nself_host_core;

NSELF_END

#endif /* NSELF_HOST_CORE_H */
