/* Reading all metrics, and the records exporters receive. */
#ifndef NSELF_HOST_TELEMETRY_H
#define NSELF_HOST_TELEMETRY_H

#include "../values.h"
#include "../host.h"
#include "log.h"
#include "metrics.h"
#include "tracing.h"

NSELF_BEGIN

#define NSELF_HOST_TELEMETRY_ID "nself.host.telemetry/1"

typedef struct nself_metric_point {
  nself_string name;
  nself_string help;
  nself_string unit;
  nself_fields labels;
  nself_metric_kind kind;
  uint32_t reserved;
  double value; /* histogram: the sum */
  uint64_t count;
  const double *bucket_bounds;
  const uint64_t *bucket_counts; /* cumulative; one more than bounds: +Inf */
  size_t bucket_count;           /* number of bounds */
} nself_metric_point;

typedef struct nself_log_record {
  uint64_t unix_time;
  nself_log_level level;
  uint32_t reserved;
  nself_string instance;
  nself_string message;
  nself_fields fields;
  nself_trace trace;
} nself_log_record;

typedef struct nself_span {
  nself_trace trace;
  uint8_t parent_span_id[8];
  nself_string instance;
  nself_string name;
  uint64_t start_unix_time;
  uint64_t end_unix_time;
  nself_status status;
  uint32_t reserved;
  nself_fields attributes;
} nself_span;

typedef void (*nself_points_done)(void *context, nself_status status, nself_string message,
                                  const nself_metric_point *points, size_t count); /* [loop] */

typedef struct nself_host_telemetry {
  uint32_t struct_size;
  uint32_t reserved;
  /* All metrics of the host and of every instance, as of now: what a scrape needs. [any] */
  nself_operation (*collect)(const nself_host *host, void *context, nself_points_done done);
} nself_host_telemetry;

NSELF_END

#endif /* NSELF_HOST_TELEMETRY_H */
