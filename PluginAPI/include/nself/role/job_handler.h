/* Performing jobs. */
#ifndef NSELF_ROLE_JOB_HANDLER_H
#define NSELF_ROLE_JOB_HANDLER_H

#include "../values.h"
#include "../host.h"
#include "../queue.h"

NSELF_BEGIN

#define NSELF_ROLE_JOB_HANDLER_ID "nself.role.job_handler/1" /* BROKERED */

typedef struct nself_job_handler {
  uint32_t struct_size;
  uint32_t reserved;
  /* OK: finished. INVALID_ARGUMENT: give up. Others are tried again. [loop] */
  void (*perform)(void *self, const nself_job *job, nself_call call, nself_done done);
} nself_job_handler;

NSELF_END

#endif /* NSELF_ROLE_JOB_HANDLER_H */
