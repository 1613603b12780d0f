/* A queue provider. */
#ifndef NSELF_ROLE_QUEUE_H
#define NSELF_ROLE_QUEUE_H

#include "../values.h"
#include "../host.h"
#include "../queue.h"

NSELF_BEGIN

#define NSELF_ROLE_QUEUE_ID "nself.role.queue/1" /* BROKERED */

/* Who takes part: what `handle` and `subscribe` were told, of all instances. */
typedef struct nself_queue_consumer {
  nself_string instance;
  nself_string queue;   /* set: it handles the jobs of this queue */
  nself_string pattern; /* set: it consumes events of these topics, as `group` */
  nself_string group;
  uint32_t parallel;
  uint32_t reserved;
} nself_queue_consumer;

typedef struct nself_role_queue {
  uint32_t struct_size;
  uint32_t reserved;
  void (*enqueue)(void *self, const nself_job *job, nself_call call, nself_done done); /* [loop] */
  void (*remove)(void *self, nself_string queue, nself_string key, nself_call call,
                 nself_done done); /* [loop] */
  void (*publish)(void *self, const nself_event *event, nself_call call,
                  nself_done done); /* [loop] */
  /* Replaces the list of consumers; at start and after each change. [control] */
  void (*consumers)(void *self, const nself_queue_consumer *consumers, size_t count);
} nself_role_queue;

NSELF_END

#endif /* NSELF_ROLE_QUEUE_H */
