/* Jobs, as a caller sees them. */
#ifndef NSELF_HOST_QUEUE_H
#define NSELF_HOST_QUEUE_H

#include "../values.h"
#include "../host.h"
#include "../queue.h"

NSELF_BEGIN

#define NSELF_HOST_QUEUE_ID "nself.host.queue/1"

typedef struct nself_host_queue {
  uint32_t struct_size;
  uint32_t reserved;
  /* Answers when the job is stored. id, attempt are the provider's to give. [any] */
  nself_operation (*enqueue)(const nself_host *host, const nself_job *job, void *context,
                             nself_operation_done done);
  nself_operation (*remove)(const nself_host *host, nself_string queue, nself_string key,
                            void *context, nself_operation_done done); /* [any] */
  /* Has the jobs of `queue` brought to nself_job_handler, `parallel` at a time.
   * Within configure(APPLY), as with routes. [control] */
  nself_status (*handle)(const nself_host *host, nself_string queue, uint32_t parallel,
                         nself_error *error);
} nself_host_queue;

NSELF_END

#endif /* NSELF_HOST_QUEUE_H */
