/* Consuming events. */
#ifndef NSELF_ROLE_EVENT_CONSUMER_H
#define NSELF_ROLE_EVENT_CONSUMER_H

#include "../values.h"
#include "../host.h"
#include "../queue.h"

NSELF_BEGIN

#define NSELF_ROLE_EVENT_CONSUMER_ID "nself.role.event_consumer/1" /* BROKERED */

typedef struct nself_event_consumer {
  uint32_t struct_size;
  uint32_t reserved;
  /* The same answers as a job. [loop] */
  void (*deliver)(void *self, const nself_event *event, nself_call call, nself_done done);
} nself_event_consumer;

NSELF_END

#endif /* NSELF_ROLE_EVENT_CONSUMER_H */
