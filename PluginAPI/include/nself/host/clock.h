/* Time and timers. */
#ifndef NSELF_HOST_CLOCK_H
#define NSELF_HOST_CLOCK_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_HOST_CLOCK_ID "nself.host.clock/1"

typedef struct nself_host_clock {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t (*monotonic)(const nself_host *host); /* [any] */
  uint64_t (*unix_time)(const nself_host *host); /* [any] */
  /* Runs `task` on the calling loop (elsewhere: loop 0) after `delay`, then every
   * `period` unless that is 0. [any] */
  nself_timer (*schedule)(const nself_host *host, uint64_t delay, uint64_t period,
                          void *context, nself_task task);
  /* Stops a timer. `stopped` (may be null) runs when the task can run no more:
   * only then is its context free to be freed. [any] */
  void (*cancel)(const nself_host *host, nself_timer timer, nself_task stopped);
} nself_host_clock;

NSELF_END

#endif /* NSELF_HOST_CLOCK_H */
