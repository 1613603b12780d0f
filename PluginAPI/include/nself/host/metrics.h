/* Metrics of an instance. */
#ifndef NSELF_HOST_METRICS_H
#define NSELF_HOST_METRICS_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_HOST_METRICS_ID "nself.host.metrics/1"

NSELF_ENUM(uint32_t, nself_metric_kind) {
  NSELF_METRIC_COUNTER = 0,
  NSELF_METRIC_GAUGE = 1,
  NSELF_METRIC_HISTOGRAM = 2
};

typedef struct nself_metric_spec {
  nself_metric_kind kind;
  uint32_t reserved;
  nself_string name; /* Prometheus rules; the host adds "nself_plugin_" */
  nself_string help;
  nself_string unit; /* UCUM: "s", "By", "1" */
  const double *bucket_bounds; /* histogram only; null: default buckets */
  size_t bucket_count;
} nself_metric_spec;

typedef struct nself_host_metrics {
  uint32_t struct_size;
  uint32_t reserved;
  /* Registers a series with fixed labels. The same name and labels give the same
   * handle. RESOURCE_EXHAUSTED past the instance's limit of series. [any] */
  nself_status (*define)(const nself_host *host, const nself_metric_spec *spec,
                         nself_fields labels, nself_metric *metric);
  /* Adds to a counter or gauge, or observes a histogram. Kept per loop, lock-free. [any] */
  void (*record)(const nself_host *host, nself_metric metric, double value);
  void (*set)(const nself_host *host, nself_metric metric, double value); /* gauge [any] */
} nself_host_metrics;

NSELF_END

#endif /* NSELF_HOST_METRICS_H */
