/* Events, as a caller sees them. */
#ifndef NSELF_HOST_EVENTS_H
#define NSELF_HOST_EVENTS_H

#include "../values.h"
#include "../host.h"
#include "../queue.h"

NSELF_BEGIN

#define NSELF_HOST_EVENTS_ID "nself.host.events/1"

typedef struct nself_host_events {
  uint32_t struct_size;
  uint32_t reserved;
  /* Tells whoever listens in this process, now and once: no storage, no retry, no
   * answer. For changes of data on their way to live queries. data is moved. [any] */
  void (*emit)(const nself_host *host, nself_string topic, nself_buffer *data);
  /* Hears what is emitted under "db.change.*" until unlisten, on this loop. [any] */
  nself_subscription (*listen)(const nself_host *host, nself_string pattern, void *context,
                               nself_noticed noticed);
  void (*unlisten)(const nself_host *host, nself_subscription subscription); /* [any] */
  /* Stores an event with the queue provider and answers then. It reaches every
   * subscribed group at least once, also after a crash. [any] */
  nself_operation (*publish)(const nself_host *host, nself_string topic, nself_bytes data_json,
                             void *context, nself_operation_done done);
  /* Has published events brought to nself_event_consumer, one group sharing them.
   * Within configure(APPLY), as with routes. [control] */
  nself_status (*subscribe)(const nself_host *host, nself_string pattern, nself_string group,
                            nself_error *error);
} nself_host_events;

NSELF_END

#endif /* NSELF_HOST_EVENTS_H */
