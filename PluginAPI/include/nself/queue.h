/* Shapes of jobs and events. */
#ifndef NSELF_QUEUE_H
#define NSELF_QUEUE_H

#include "values.h"
#include "host/tracing.h"

NSELF_BEGIN

typedef struct nself_job {
  nself_string id;
  nself_string queue;
  nself_string key; /* while a job with this key waits, no second one is added */
  uint64_t run_at;  /* unix time; 0: now */
  uint32_t attempt; /* 1 for the first run */
  uint32_t max_attempts;
  nself_bytes payload_json;
  nself_trace trace;
} nself_job;

typedef struct nself_event {
  nself_string id;    /* equal in every delivery of this event */
  nself_string topic; /* "storage.object.created" */
  nself_string source;
  uint64_t unix_time;
  uint32_t attempt;   /* 1 for the first delivery */
  uint32_t reserved;
  nself_bytes data_json;
  nself_trace trace;
} nself_event;

NSELF_END

#endif /* NSELF_QUEUE_H */
