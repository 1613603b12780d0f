/* The way back, for queue providers. */
#ifndef NSELF_HOST_DELIVERY_H
#define NSELF_HOST_DELIVERY_H

#include "../values.h"
#include "../host.h"
#include "../queue.h"

NSELF_BEGIN

#define NSELF_HOST_DELIVERY_ID "nself.host.delivery/1"

/* The way back, for queue providers: they keep leases, order and retries, the
 * host only knows where an instance is. */
typedef struct nself_host_delivery {
  uint32_t struct_size;
  uint32_t reserved;
  nself_operation (*job)(const nself_host *host, nself_string instance, const nself_job *job,
                         void *context, nself_operation_done done); /* [any] */
  nself_operation (*event)(const nself_host *host, nself_string instance,
                           const nself_event *event, void *context,
                           nself_operation_done done); /* [any] */
} nself_host_delivery;

NSELF_END

#endif /* NSELF_HOST_DELIVERY_H */
